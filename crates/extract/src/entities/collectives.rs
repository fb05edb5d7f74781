//! Groups that have no name: "militants attacked the convoy" has an attacker all the same.
//!
//! In: resolved entities and a list of nouns for armed people. Out: a local group for each such noun that denotes nobody yet;
//! the same noun is the same group throughout the article.

use entente_model::EntityKind;
use entente_nlp::{Document, Upos};
use entente_rules::Lexicon;

use super::{Entities, EntityDraft, local_id};

/// The list of nouns.
const LIST: &str = "armed-people";

impl Entities {
    /// Makes groups of nouns for armed people.
    pub(crate) fn name_collectives(&mut self, document: &Document, lexicon: &Lexicon) {
        for token in 0..document.tokens().len() {
            let noun = document.token(token).upos == Upos::Noun;
            if !noun || !self.of_phrase(token).is_empty() || !lexicon.contains(LIST, document.lemma(token)) {
                continue;
            }
            let name = document.word(token).to_lowercase();
            let id = local_id(EntityKind::Group, &name);
            let entity = self.drafts.iter().position(|draft| draft.id == id).unwrap_or_else(|| {
                self.drafts.push(EntityDraft {
                    id,
                    name,
                    kind: EntityKind::Group,
                    country: None,
                    gender: None,
                    plural: true,
                    aliases: Vec::new(),
                    mentions: Vec::new(),
                });
                self.drafts.len() - 1
            });
            self.drafts[entity].mentions.push(document.token(token).span);
            self.denoted[token] = vec![entity];
        }
    }
}
