//! The entity recogniser: one move a token, of the scheme begin, inside, last, unit, outside.
//!
//! In: rows of the tokens of one document, its sentence starts and its white space. Out: entity spans.
//! Follows spaCy v3's `BiluoPushDown`: no entity runs over a sentence start, none begins on white space.

use std::ops::Range;

use crate::{
    EntityLabel, EntitySpan, LoadError,
    transition::{NOBODY, Scorer, Scores},
    weights::Weights,
};

/// Places of a state: the token, the first of the open entity, the last of it.
const PLACES: usize = 3;

/// Moves and weights. The moves of one kind lie together, one a label, in the same order for each kind.
pub(crate) struct Recogniser {
    labels: Vec<EntityLabel>,
    begin: Range<usize>,
    inside: Range<usize>,
    last: Range<usize>,
    unit: Range<usize>,
    outside: usize,
    scorer: Scorer,
}

impl Recogniser {
    pub(crate) fn load(weights: &Weights) -> Result<Self, LoadError> {
        let names: Vec<&str> = weights.labels("ner.moves")?.collect();
        let missing = || LoadError::Missing { name: "ner.moves" };
        let label =
            |name: &str| EntityLabel::from_name(name).ok_or_else(|| LoadError::Label { label: name.to_owned() });
        let of = |prefix: &'static str| {
            names.iter().filter_map(move |name| name.strip_prefix(prefix).filter(|label| !label.is_empty()))
        };
        let labels = of("B-").map(label).collect::<Result<Vec<_>, _>>()?;
        let range = |prefix: &'static str| {
            let start = names.iter().position(|name| name.starts_with(prefix)).ok_or_else(missing)?;
            if of(prefix).eq(of("B-")) { Ok(start..start + labels.len()) } else { Err(missing()) }
        };
        Ok(Self {
            begin: range("B-")?,
            inside: range("I-")?,
            last: range("L-")?,
            unit: range("U-")?,
            outside: names.iter().position(|&name| name == "O").ok_or_else(missing)?,
            scorer: Scorer::load(weights, "ner", PLACES, names.len())?,
            labels,
        })
    }

    /// Appends the entities of one document, whose tokens are counted from `offset`.
    #[allow(clippy::cast_possible_truncation, reason = "documents are cut up long before")]
    pub(crate) fn find(
        &self,
        rows: &[f32],
        starts: &[bool],
        is_space: impl Fn(usize) -> bool,
        offset: usize,
        room: &mut Scores,
        entities: &mut Vec<EntitySpan>,
    ) {
        self.scorer.prepare(rows, room);
        let count = starts.len();
        let mut open: Option<(usize, usize)> = None;
        for token in 0..count {
            let first = open.map_or(NOBODY, |(start, _)| start as u32);
            let previous = if open.is_some() { token as u32 - 1 } else { NOBODY };
            self.scorer.score(&[token as u32, first, previous], room);
            let scores = &room.scores;
            let goes_on = token + 1 < count && !starts[token + 1];
            if let Some((start, label)) = open {
                if !goes_on || scores[self.last.start + label] > scores[self.inside.start + label] {
                    entities.push(self.span(start..token + 1, label, offset));
                    open = None;
                }
                continue;
            }
            let space = is_space(token);
            let best = [(&self.begin, goes_on && !space), (&self.unit, !space)]
                .into_iter()
                .filter(|&(_, allowed)| allowed)
                .flat_map(|(range, _)| range.clone())
                .chain([self.outside])
                .fold(None, |best, number| match best {
                    Some(best) if scores[number] <= scores[best] => Some(best),
                    _ => Some(number),
                });
            match best {
                Some(number) if self.begin.contains(&number) => open = Some((token, number - self.begin.start)),
                Some(number) if self.unit.contains(&number) => {
                    entities.push(self.span(token..token + 1, number - self.unit.start, offset));
                }
                _ => {}
            }
        }
    }

    fn span(&self, tokens: Range<usize>, label: usize, offset: usize) -> EntitySpan {
        EntitySpan { tokens: tokens.start + offset..tokens.end + offset, label: self.labels[label] }
    }
}
