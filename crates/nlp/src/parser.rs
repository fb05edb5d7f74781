//! The dependency parser: arc-eager moves with sentence breaks.
//!
//! In: rows of the tokens of one document. Out: for each token the head and the label, projective, with lifted labels marked.
//! Follows spaCy v3's `ArcEager`, with its rules on which move a state allows.

use crate::{
    Deprel, LoadError,
    kernel::Kernel,
    transition::{NOBODY, Scorer, Scores, Tokens},
    weights::Weights,
};

/// Places of a state: two of the buffer, three of the stack, three children.
const PLACES: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

/// A move with its label.
#[derive(Debug, Clone, Copy)]
struct Move {
    kind: Kind,
    label: Label,
}

/// A relation; where the arc was lifted to make the tree projective, also the relation of the head that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) deprel: Deprel,
    pub(crate) lifted_from: Option<Deprel>,
}

/// What the parser says of one token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arc {
    /// Number of the head; the token's own for a root.
    pub(crate) head: u32,
    pub(crate) label: Label,
}

/// The parser's moves and weights.
pub(crate) struct Parser {
    moves: Vec<Move>,
    /// For each set of kinds that a state can allow, what is added to the scores.
    masks: Vec<Vec<f32>>,
    scorer: Scorer<PLACES>,
}

/// A state of the transition system, and room to work in.
#[derive(Default)]
pub(crate) struct State {
    heads: Vec<u32>,
    moves: Vec<u8>,
    stack: Vec<u32>,
    /// Tokens put back in front of the buffer, the foremost last.
    returned: Vec<u32>,
    /// First token of the buffer that was never touched.
    next: usize,
    starts: Vec<bool>,
    unshiftable: Vec<bool>,
    /// Last child on the left and on the right of each token, and the child before each child.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    previous: Vec<u32>,
}

impl State {
    fn reset(&mut self, count: usize) {
        for list in [&mut self.heads, &mut self.last_left, &mut self.last_right, &mut self.previous] {
            list.clear();
            list.resize(count, NOBODY);
        }
        for list in [&mut self.starts, &mut self.unshiftable] {
            list.clear();
            list.resize(count, false);
        }
        self.moves.clear();
        self.moves.resize(count, 0);
        self.stack.clear();
        self.returned.clear();
        self.next = 0;
    }

    fn remaining(&self) -> usize {
        self.heads.len() - self.next + self.returned.len()
    }

    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    fn buffer(&self, at: usize) -> u32 {
        let returned = self.returned.len();
        if at < returned {
            return self.returned[returned - 1 - at];
        }
        let token = self.next + at - returned;
        if token < self.heads.len() { token as u32 } else { NOBODY }
    }

    fn stack(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NOBODY, |at| self.stack[at])
    }

    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    fn shift(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next as u32 - 1
        });
        self.stack.push(token);
    }

    /// Pops the stack; a token without head goes back to the buffer unless it is the last.
    fn reduce(&mut self) {
        let top = self.stack(0);
        if self.heads[top as usize] == NOBODY && self.stack.len() > 1 {
            self.unshiftable[top as usize] = true;
            self.returned.push(top);
        }
        self.stack.pop();
    }

    fn attach(&mut self, head: u32, child: u32, number: u8) {
        let old = self.heads[child as usize];
        if old != NOBODY {
            let list = if old > child { &mut self.last_left } else { &mut self.last_right };
            if list[old as usize] == child {
                list[old as usize] = self.previous[child as usize];
            }
        }
        let list = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.previous[child as usize] = list[head as usize];
        list[head as usize] = child;
        self.heads[child as usize] = head;
        self.moves[child as usize] = number;
    }

    /// The tokens that the scorer looks at.
    fn places(&self) -> [u32; PLACES] {
        let child = |list: &[u32], token: u32| list.get(token as usize).copied().unwrap_or(NOBODY);
        let (first, top) = (self.buffer(0), self.stack(0));
        [
            first,
            self.buffer(1),
            top,
            self.stack(1),
            self.stack(2),
            child(&self.last_left, first),
            child(&self.last_left, top),
            child(&self.last_right, top),
        ]
    }

    /// Which kinds of move the state allows: a bit for each, in the order of [`Kind`].
    fn allowed(&self, first: u32, second: u32) -> usize {
        let starts = |token: u32| self.starts.get(token as usize).copied().unwrap_or(false);
        let blocked = self.unshiftable.get(first as usize).copied().unwrap_or(false);
        let (empty, remaining) = (self.stack.is_empty(), self.remaining());
        let arc = !empty && remaining > 0 && !starts(first);
        let shift = empty || remaining >= 2 && !starts(first) && !blocked;
        let sentence = remaining >= 2 && second == first + 1 && !starts(second);
        [shift, !empty, arc, arc, sentence].iter().rev().fold(0, |bits, &allowed| bits << 1 | usize::from(allowed))
    }
}

impl Parser {
    pub(crate) fn load(weights: &Weights) -> Result<Self, LoadError> {
        let mut moves: Vec<Move> = Vec::new();
        for name in weights.labels("parser.moves")? {
            let (kind, label) = match name.split_once('-') {
                Some(("L", label)) => (Kind::Left, label),
                Some(("R", label)) => (Kind::Right, label),
                Some(("B", label)) => (Kind::Break, label),
                None if name == "S" => (Kind::Shift, "ROOT"),
                None if name == "D" => (Kind::Reduce, "ROOT"),
                _ => return Err(LoadError::Label { label: name.to_owned() }),
            };
            let deprel =
                |name: &str| Deprel::from_name(name).ok_or_else(|| LoadError::Label { label: name.to_owned() });
            let label = match label.split_once("||") {
                Some((label, from)) => Label { deprel: deprel(label)?, lifted_from: Some(deprel(from)?) },
                None => Label { deprel: deprel(label)?, lifted_from: None },
            };
            moves.push(Move { kind, label });
        }
        let scorer = Scorer::load(weights, "parser", moves.len())?;
        let masks = (0..32).map(|bits| scorer.mask(|number| bits >> moves[number].kind as usize & 1 == 1)).collect();
        Ok(Self { moves, masks, scorer })
    }

    /// Forgets what was made of the rows of other documents.
    pub(crate) fn restart(&self, room: &mut Scores) {
        self.scorer.restart(room);
    }

    /// Appends an arc for each token of one document.
    #[allow(clippy::cast_possible_truncation, reason = "there are 106 moves, and documents are cut up long before")]
    #[inline(always)]
    pub(crate) fn parse<K: Kernel>(
        &self,
        kernel: K,
        tokens: Tokens<'_>,
        state: &mut State,
        room: &mut Scores,
        arcs: &mut Vec<Arc>,
    ) {
        state.reset(tokens.count);
        while !state.stack.is_empty() || state.remaining() > 0 {
            let places = state.places();
            let [first, second, top, ..] = places;
            let mask = &self.masks[state.allowed(first, second)];
            let number = self.scorer.best(kernel, tokens, places, mask, room);
            match self.moves[number].kind {
                Kind::Shift => state.shift(),
                Kind::Reduce => state.reduce(),
                Kind::Left => {
                    state.attach(first, top, number as u8);
                    state.unshiftable[first as usize] = false;
                    state.stack.pop();
                }
                Kind::Right => {
                    state.attach(top, first, number as u8);
                    state.shift();
                }
                Kind::Break => state.starts[second as usize] = true,
            }
        }
        let root = Label { deprel: Deprel::Root, lifted_from: None };
        arcs.extend(state.heads.iter().zip(&state.moves).enumerate().map(|(token, (&head, &number))| match head {
            NOBODY => Arc { head: token as u32, label: root },
            head => Arc { head, label: self.moves[usize::from(number)].label },
        }));
    }
}
