//! Groups that have no name: "militants attacked the convoy" has an attacker all the same, "European leaders" are a side.
//!
//! In: resolved entities, lists of nouns for armed people and for sides, and of words for a part of the world. Out: a local
//! group for each such noun that denotes nobody yet; the same words are the same group throughout the article.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Document, Tag, Upos};
use entente_rules::Lexicon;

use super::{Entities, EntityDraft, local_id};

/// Nouns for armed people, who are a group by themselves.
const ARMED: &str = "armed-people";
/// Nouns for sides, which are one by the part of the world that they are of.
const SIDES: &str = "collective-sides";
/// Words for a part of the world.
const REGIONS: &str = "regional-adjectives";

impl Entities {
    /// Makes groups of nouns for armed people and for sides of a part of the world.
    pub(crate) fn name_collectives(&mut self, document: &Document, lexicon: &Lexicon) {
        for token in 0..document.tokens().len() {
            let noun = matches!(document.token(token).upos, Upos::Noun | Upos::Propn);
            if !noun || !self.of_phrase(token).is_empty() {
                continue;
            }
            let armed = lexicon.contains(ARMED, document.lemma(token)) && document.token(token).upos == Upos::Noun;
            let name = if armed {
                document.word(token).to_lowercase()
            } else {
                let Some(name) = side(document, lexicon, token) else { continue };
                name
            };
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

/// "European leaders", "world powers": several sides by the part of the world right before them.
fn side(document: &Document, lexicon: &Lexicon, token: usize) -> Option<String> {
    let plural = matches!(document.token(token).tag, Tag::Nns | Tag::Nnps);
    let noun = document.word(token).to_lowercase();
    let modifier = document.children(token).filter(|&child| child + 1 == token).find(|&child| {
        matches!(document.token(child).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod)
            && lexicon.contains(REGIONS, &document.word(child).to_lowercase())
    })?;
    let lemma =
        noun.strip_suffix("ies").map_or_else(|| noun.trim_end_matches('s').to_owned(), |stem| format!("{stem}y"));
    let modifier = document.word(modifier);
    (plural && lexicon.contains(SIDES, &lemma)).then(|| format!("{modifier} {noun}"))
}
