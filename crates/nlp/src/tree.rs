//! From projective arcs to the tree as it was annotated, and to sentence starts.
//!
//! In: arcs of one document, some lifted: `X||Y` says that the true head is below, with relation `Y`. Out: heads, relations
//! and sentence starts, as spaCy's `deprojectivize` and `set_children_from_heads` give them.

use crate::parser::Arc;

/// Rounds of widening after which spaCy gives up on a crossing tree.
const MOST_ROUNDS: usize = 12;

/// Room to work in.
#[derive(Default)]
pub(crate) struct Trees {
    /// First and last token of each subtree.
    edges: Vec<(u32, u32)>,
    children: Vec<u32>,
    child_starts: Vec<u32>,
    /// Tokens that were moved to another head.
    moved: Vec<u32>,
    level: Vec<u32>,
    next_level: Vec<u32>,
    starts: Vec<bool>,
}

impl Trees {
    /// Puts lifted arcs back and marks sentence starts. `is_space` tells white space by token.
    pub(crate) fn finish(&mut self, arcs: &mut [Arc], is_space: impl Fn(usize) -> bool, starts: &mut Vec<bool>) {
        self.widen(arcs);
        if arcs.iter().any(|arc| arc.label.lifted_from.is_some()) {
            self.link(arcs);
            for token in 0..arcs.len() {
                self.reattach(token, arcs, &is_space);
            }
            self.widen(arcs);
        }
        starts.extend_from_slice(&self.starts);
    }

    /// Finds the edges of all subtrees, then the first token of each tree.
    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    fn widen(&mut self, arcs: &[Arc]) {
        self.edges.clear();
        self.edges.extend((0..arcs.len() as u32).map(|token| (token, token)));
        for _ in 0..MOST_ROUNDS {
            for token in (0..arcs.len()).chain((0..arcs.len()).rev()) {
                let (first, last) = self.edges[token];
                let edge = &mut self.edges[arcs[token].head as usize];
                *edge = (edge.0.min(first), edge.1.max(last));
            }
            self.mark(arcs);
            if self.heads_are_inside(arcs) {
                break;
            }
        }
    }

    fn mark(&mut self, arcs: &[Arc]) {
        self.starts.clear();
        self.starts.resize(arcs.len(), false);
        for (token, arc) in arcs.iter().enumerate() {
            if arc.head as usize == token {
                self.starts[self.edges[token].0 as usize] = true;
            }
        }
    }

    /// Whether every head lies in the sentence of its token.
    fn heads_are_inside(&self, arcs: &[Arc]) -> bool {
        let mut start = 0;
        for end in 1..arcs.len() {
            if self.starts[end] || end + 1 == arcs.len() {
                if arcs[start..end].iter().any(|arc| !(start..=end).contains(&(arc.head as usize))) {
                    return false;
                }
                start = end;
            }
        }
        true
    }

    /// Lists the children of each token.
    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    fn link(&mut self, arcs: &[Arc]) {
        self.moved.clear();
        self.child_starts.clear();
        self.child_starts.resize(arcs.len() + 2, 0);
        for arc in arcs {
            self.child_starts[arc.head as usize + 2] += 1;
        }
        for token in 0..arcs.len() {
            self.child_starts[token + 2] += self.child_starts[token + 1];
        }
        self.children.clear();
        self.children.resize(arcs.len(), 0);
        for (token, arc) in arcs.iter().enumerate() {
            let at = &mut self.child_starts[arc.head as usize + 1];
            self.children[*at as usize] = token as u32;
            *at += 1;
        }
    }

    /// Looks for the true head of a lifted token: the nearest one below its head, left to right, with the relation sought.
    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    fn reattach(&mut self, token: usize, arcs: &mut [Arc], is_space: &impl Fn(usize) -> bool) {
        let Arc { head, label } = arcs[token];
        let Some(sought) = label.lifted_from else { return };
        arcs[token].label.lifted_from = None;
        self.level.clear();
        self.level.push(head);
        while !self.level.is_empty() {
            self.next_level.clear();
            for &parent in &self.level {
                let first = self.next_level.len();
                let range =
                    self.child_starts[parent as usize] as usize..self.child_starts[parent as usize + 1] as usize;
                let now = |&child: &u32| arcs[child as usize].head == parent && child != parent;
                let (left, right) = self.edges[parent as usize];
                let joined = self.moved.iter().copied().filter(now).filter(|child| (left..=right).contains(child));
                self.next_level.extend(self.children[range].iter().copied().filter(now).chain(joined));
                self.next_level[first..].sort_unstable();
                let mut kept = first;
                for at in first..self.next_level.len() {
                    let child = self.next_level[at];
                    if is_space(child as usize)
                        || child as usize == token
                        || at > first && self.next_level[at - 1] == child
                    {
                        continue;
                    }
                    let found = arcs[child as usize].label;
                    if found.deprel == sought && found.lifted_from.is_none() {
                        arcs[token].head = child;
                        self.moved.push(token as u32);
                        return;
                    }
                    self.next_level[kept] = child;
                    kept += 1;
                }
                self.next_level.truncate(kept);
            }
            std::mem::swap(&mut self.level, &mut self.next_level);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Deprel, parser::Label};

    fn arc(head: u32, deprel: Deprel, lifted_from: Option<Deprel>) -> Arc {
        Arc { head, label: Label { deprel, lifted_from } }
    }

    #[test]
    fn a_lifted_arc_goes_back_to_the_head_it_names() {
        // "aid came from Oslo": "from" was lifted from the subject to the verb.
        let mut arcs = [
            arc(1, Deprel::Nsubj, None),
            arc(1, Deprel::Root, None),
            arc(1, Deprel::Prep, Some(Deprel::Nsubj)),
            arc(2, Deprel::Pobj, None),
        ];
        let mut starts = Vec::new();
        Trees::default().finish(&mut arcs, |_| false, &mut starts);
        assert_eq!(arcs.map(|arc| arc.head), [1, 1, 0, 2]);
        assert!(arcs.iter().all(|arc| arc.label.lifted_from.is_none()));
        assert_eq!(starts, [true, false, false, false]);
    }

    #[test]
    fn a_sentence_starts_where_a_tree_does() {
        let mut arcs = [arc(1, Deprel::Nsubj, None), arc(1, Deprel::Root, None), arc(2, Deprel::Root, None)];
        let mut starts = Vec::new();
        Trees::default().finish(&mut arcs, |_| false, &mut starts);
        assert_eq!(starts, [true, false, true]);
    }
}
