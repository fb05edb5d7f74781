//! Whose somebody or something is, and who speaks in a letter, where no possessor and no clause says it.
//!
//! In: a noun or a verb. Out: [`Group`]s, as in [`crate::Grammar`]: "forces loyal to **X**", "a complaint filed by **X**",
//! "**X** sent a letter to Y urging".

use entente_nlp::{Deprel, Upos};

use crate::{Grammar, Group, grammar::DEPTH};

impl Grammar<'_> {
    /// Whom somebody or something belongs to by an adjective or participle: "forces **loyal to X**", "a complaint **filed by X**",
    /// "**X**-based firms", "people **displaced in X**", "a man **suspected of ties to X**".
    pub(crate) fn belonging(&self, noun: usize) -> Vec<Group> {
        let mut groups = Vec::new();
        // "a spokesman **for X**"
        if self.in_list(noun, "office-spokesperson") {
            groups.extend(self.preposition_of(noun, "for"));
        }
        for word in self.document.children(noun).filter(|&c| matches!(self.deprel(c), Deprel::Amod | Deprel::Acl)) {
            if self.in_list(word, "belonging-words") {
                groups.extend(self.preposition_of(word, "to"));
                groups.extend(self.preposition_of(word, "with"));
            }
            if word > noun && self.in_list(word, "authoring-participles") {
                groups.extend(self.preposition_of(word, "by"));
            }
            // "people affected by floods in X", "families living in X": by what and where they are.
            if word > noun && self.in_list(word, "suffering-participles") {
                for preposition in ["in", "from", "across"] {
                    groups.extend(self.preposition_of(word, preposition));
                }
                for cause in self.preposition_of(word, "by").into_iter().flatten() {
                    groups.extend(self.preposition_of(cause, "in"));
                }
            }
            // "a man suspected of belonging to X", "of ties to X"
            if word > noun && self.in_list(word, "suspecting-participles") {
                for tie in self.document.children_by(word, Deprel::Prep).flat_map(|of| self.document.children(of)) {
                    if self.in_list(tie, "belonging-words") {
                        groups.extend(["to", "with"].iter().flat_map(|by| self.preposition_of(tie, by)));
                    }
                }
            }
            if word < noun && self.in_list(word, "origin-participles") {
                let name = |&c: &usize| c < word && self.document.token(c).upos == Upos::Propn;
                groups.extend(self.document.children(word).filter(name).map(|c| vec![c]));
            }
        }
        groups
    }

    /// "**X** issued a statement condemning", "**X**'s letter urging": what a letter does its writer does.
    pub(crate) fn issuer(&self, letter: usize, depth: usize) -> Option<Group> {
        if !self.in_list(letter, "letter-nouns") {
            return None;
        }
        let issued = self.governor(letter).and_then(|verb| {
            if self.is_passive(verb) {
                self.subjects(verb).into_iter().next()
            } else {
                self.surface_subject_within(verb, depth - 1)
            }
        });
        issued.or_else(|| self.owners(letter).into_iter().next())
    }

    /// "**X** sent a letter to the head of Y urging": what a letter does its writer does, not whom it is to.
    pub(crate) fn writer(&self, addressee: usize, depth: usize) -> Option<Group> {
        let mut below = addressee;
        for _ in 0..DEPTH {
            if self.deprel(below) == Deprel::Appos {
                below = self.document.head(below)?;
                continue;
            }
            if self.deprel(below) != Deprel::Pobj {
                return None;
            }
            let above = self.document.head(below).and_then(|preposition| self.document.head(preposition))?;
            if self.is_verb(above) {
                let letter = self.document.children_by(above, Deprel::Dobj).any(|o| self.in_list(o, "letter-nouns"));
                return letter.then(|| self.surface_subject_within(above, depth - 1)).flatten();
            }
            if self.in_list(above, "letter-nouns") {
                return self.governor(above).and_then(|verb| self.surface_subject_within(verb, depth - 1));
            }
            below = above;
        }
        None
    }
}
