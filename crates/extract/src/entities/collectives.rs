//! Groups that have no name: "militants attacked the convoy" has an attacker all the same, "European leaders" are a side.
//!
//! In: resolved entities, lists of nouns for armed people, for sides and for people with something in common, and of words for
//! a part of the world. Out: a local group for each noun for armed people or for sides that denotes nobody yet; and, apart from
//! what words denote, one for each noun for people: "journalists", "the police". The same words are the same group throughout
//! the article.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Document, Tag, Upos};
use entente_rules::Lexicon;

use super::{Entities, EntityDraft, EntityIndex, local_id};

/// Nouns for armed people, who are a group by themselves.
const ARMED: &str = "armed-people";
/// Nouns for sides, which are one by the part of the world that they are of.
const SIDES: &str = "collective-sides";
/// Words for a part of the world.
const REGIONS: &str = "regional-adjectives";
/// Nouns for people, in the plural or behind "a", and nouns for bodies, who stand on one side of what is done to them or by them.
const PEOPLE: &str = "people-nouns";
const BODIES: &str = "body-nouns";
/// Nouns for people of whom nothing is said, who are somebody only where they are counted.
const COUNTED: &str = "counted-people";
/// Offices, whose holder is somebody though nobody names them.
const OFFICES: &str = "public-office-nouns";
/// Groups whose stances the news tells.
const SPEAKERS: &str = "speaking-groups";

impl Entities {
    /// Makes groups of nouns for armed people, for sides of a part of the world, and for people with something in common.
    pub(crate) fn name_collectives(&mut self, document: &Document, lexicon: &Lexicon) {
        self.collectives = vec![None; document.tokens().len()];
        for token in 0..document.tokens().len() {
            let noun = document.token(token).upos == Upos::Noun || attacks(document, lexicon, token);
            if !noun && document.token(token).upos != Upos::Propn {
                continue;
            }
            if let Some(name) = self.believers(document, lexicon, token) {
                let entity = self.group(document, token, name);
                self.denoted[token] = vec![entity];
                continue;
            }
            if self.of_phrase(token).is_empty() {
                let armed = noun
                    && (lexicon.contains(ARMED, document.lemma(token))
                        || are_armed(document, token)
                        || rebels(document, lexicon, token).is_some());
                let name = if armed {
                    Some(armed_people(document, lexicon, token))
                } else {
                    side(document, lexicon, token)
                        .or_else(|| self.allies(document, token))
                        .or_else(|| givers(document, lexicon, token))
                };
                if let Some(name) = name {
                    let entity = self.group(document, token, name);
                    self.denoted[token] = vec![entity];
                    continue;
                }
            }
            let plural = matches!(document.token(token).tag, Tag::Nns | Tag::Nnps);
            let word = document.word(token).to_lowercase();
            let lemma = document.lemma(token).to_lowercase();
            // The plural of a name is no lemma: "Christians".
            let listed = || {
                [lemma.as_str(), word.as_str(), lemma.trim_end_matches('s')]
                    .iter()
                    .any(|form| lexicon.contains(PEOPLE, form))
            };
            let counted = noun && lexicon.contains(COUNTED, &lemma) && is_counted(document, token);
            let office = is_office(document, lexicon, token) && self.of_phrase(token).is_empty();
            let people = (plural || is_new(document, token)) && listed() || counted || office;
            let kind = kind_of_people(document, token);
            let body = noun && (lexicon.contains(BODIES, &lemma) || lexicon.contains(BODIES, singular(&kind).as_str()));
            let speaks = noun && lexicon.contains(SPEAKERS, &kind);
            if is_ship_attacked(document, lexicon, token) {
                let entity = self.group(document, token, ships(document, token));
                self.collectives[token] = Some(entity);
            } else if people || body || speaks {
                let entity = self.group(document, token, kind);
                self.collectives[token] = Some(entity);
            }
        }
    }

    /// The people without a name whom a noun denotes: "journalists", "the police".
    pub(crate) fn collective(&self, token: usize) -> Option<EntityIndex> {
        self.collectives.get(token).copied().flatten()
    }

    /// "Islamist militants": armed people of a creed, which is no group by itself.
    fn believers(&self, document: &Document, lexicon: &Lexicon, token: usize) -> Option<String> {
        let [entity] = self.of_phrase(token)[..] else { return None };
        let creed = lexicon.contains("creed-adjectives", &self.drafts[entity].name.to_lowercase());
        let before = token.checked_sub(1).filter(|&b| document.head(b) == Some(token))?;
        let armed = lexicon.contains(ARMED, document.lemma(token));
        (creed && armed).then(|| document.text_of(before..token + 1).to_owned())
    }

    /// "Kyiv's allies": a side by whose they are.
    fn allies(&self, document: &Document, token: usize) -> Option<String> {
        let allies = matches!(document.word(token), "allies" | "backers");
        let whose = document.children_by(token, Deprel::Poss).next().filter(|&whose| whose < token)?;
        let of_country = self.of_phrase(whose).iter().any(|&e| self.drafts[e].kind == EntityKind::Country);
        let named = document.token(whose).upos == Upos::Propn;
        (allies && of_country && named).then(|| document.text_of(whose..token + 1).to_owned())
    }

    /// The group of this name, with one more mention.
    fn group(&mut self, document: &Document, token: usize, name: String) -> EntityIndex {
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
        entity
    }
}

/// "**international donors** pledged $2 billion", "a deal with its **creditors**": who give or lend together, in what only they do.
fn givers(document: &Document, lexicon: &Lexicon, token: usize) -> Option<String> {
    let several =
        matches!(document.token(token).tag, Tag::Nns) && lexicon.contains("giving-people", document.lemma(token));
    let head = document.head(token).filter(|_| several)?;
    let listed = |word: usize, lists: &[&str]| lists.iter().any(|list| lexicon.contains(list, document.lemma(word)));
    let gives = match document.token(token).deprel {
        Deprel::Nsubj => {
            listed(head, &["aid-announcing-verbs", "aid-approving-verbs", "aid-giving-verbs", "aid-suspending-verbs"])
        }
        Deprel::Pobj => {
            matches!(document.lemma(head), "with" | "between") && {
                let above = document.head(head)?;
                listed(above, &["agreement-core-nouns", "agreement-agreeing-verbs", "agreement-negotiating-verbs"])
            }
        }
        _ => false,
    };
    let kind = |&child: &usize| {
        child < token && matches!(document.token(child).deprel, Deprel::Amod | Deprel::Compound) && child + 2 > token
    };
    let start = document.children(token).find(kind).unwrap_or(token);
    let name = document.text_of(start..token + 1);
    let opens = document.sentence_of(token).tokens.start == start;
    let common = document.token(start).upos != Upos::Propn && !lexicon.contains(REGIONS, document.lemma(start));
    gives.then(|| if opens && common { name.to_lowercase() } else { name.to_owned() })
}

/// "a **militant** attack", "a **rebel** ambush": whoever attacks by the word before the noun; "terrorist" only says of what kind it is.
fn attacks(document: &Document, lexicon: &Lexicon, token: usize) -> bool {
    let modifier = matches!(document.token(token).deprel, Deprel::Amod | Deprel::Compound);
    let lemma = document.lemma(token);
    modifier
        && lexicon.contains("attacking-modifiers", lemma)
        && document.head(token).is_some_and(|noun| lexicon.contains("attack-nouns", document.lemma(noun)))
}

/// "attacked **commercial ships**", "attacks on **a tanker**": craft that stand for whoever is on them.
fn is_ship_attacked(document: &Document, lexicon: &Lexicon, token: usize) -> bool {
    let ship = document.token(token).upos == Upos::Noun && lexicon.contains("ship-nouns", document.lemma(token));
    let attack = |word: usize| {
        ["attack-nouns", "attack-hard-verbs", "attack-plain-verbs"]
            .iter()
            .any(|list| lexicon.contains(list, document.lemma(word)))
    };
    let aimed =
        |prep: usize| matches!(document.lemma(prep), "against" | "on") && document.head(prep).is_some_and(attack);
    ship && document.head(token).is_some_and(|head| match document.token(token).deprel {
        Deprel::Dobj | Deprel::Nsubjpass => attack(head),
        Deprel::Pobj => aimed(head),
        _ => false,
    })
}

/// Ships with the words right before them: "commercial ships".
fn ships(document: &Document, token: usize) -> String {
    let kind = |&child: &usize| {
        child < token
            && matches!(document.token(child).deprel, Deprel::Amod | Deprel::Compound)
            && document.word(child).starts_with(char::is_lowercase)
    };
    let parts = document.children(token).filter(kind).chain([token]);
    parts.map(|part| document.word(part).to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// "armed men", "masked men".
fn are_armed(document: &Document, token: usize) -> bool {
    let armed = |c: usize| c + 1 == token && matches!(document.word(c).to_lowercase().as_str(), "armed" | "masked");
    document.word(token).eq_ignore_ascii_case("men") && document.children_by(token, Deprel::Amod).any(armed)
}

/// "militants" whatever they are called besides; people who are armed now and then by their nation: "Israeli settlers".
fn armed_people(document: &Document, lexicon: &Lexicon, token: usize) -> String {
    let mut noun = document.word(token).to_lowercase();
    if attacks(document, lexicon, token) && !noun.ends_with('s') {
        noun.push('s');
    }
    if let Some(rebels) = rebels(document, lexicon, token) {
        return format!("{} {noun}", document.word(rebels).to_lowercase());
    }
    let nation = document.children(token).find(|&child| {
        child + 1 == token
            && matches!(document.token(child).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod)
            && document.word(child).chars().next().is_some_and(char::is_uppercase)
    });
    if are_armed(document, token) {
        return "armed men".to_owned();
    }
    match nation.filter(|_| lexicon.contains(PEOPLE, document.lemma(token))) {
        // "pro-Kenyan militiamen" are not Kenya's.
        Some(nation) if nation > 1 && document.word(nation - 1) == "-" => {
            document.text_of(nation - 2..token + 1).to_owned()
        }
        Some(nation) => format!("{} {noun}", document.word(nation)),
        None => noun,
    }
}

/// "rebel forces", "militia fighters": armed people by the word before them.
fn rebels(document: &Document, lexicon: &Lexicon, token: usize) -> Option<usize> {
    let before = token.checked_sub(1).filter(|&b| document.head(b) == Some(token))?;
    let armed = matches!(document.token(before).deprel, Deprel::Compound | Deprel::Amod)
        && lexicon.contains(ARMED, document.lemma(before));
    (armed && matches!(document.lemma(token), "fighter" | "force" | "gunman" | "member" | "troop" | "soldier"))
        .then_some(before)
}

/// "a journalist", "another prisoner": somebody whom no name before can mean.
fn is_new(document: &Document, token: usize) -> bool {
    let named = document.children(token).any(|child| {
        matches!(document.token(child).deprel, Deprel::Appos) && document.token(child).upos == Upos::Propn
    });
    let article =
        document.children_by(token, Deprel::Det).any(|det| matches!(document.lemma(det), "a" | "an" | "another"));
    article && !named && document.token(token).tag == Tag::Nn && document.token(token).deprel != Deprel::Appos
}

/// "**18** people", "dozens of people", "**a** man".
fn is_counted(document: &Document, token: usize) -> bool {
    let number = document.children_by(token, Deprel::Nummod).next().is_some();
    let above = document.head(token).filter(|&of| document.lemma(of) == "of").and_then(|of| document.head(of));
    let dozens = above.is_some_and(|count| {
        document.token(count).upos == Upos::Num
            || matches!(document.lemma(count), "dozen" | "handful" | "hundred" | "score" | "thousand")
    });
    number || dozens || is_new(document, token)
}

/// "**the** justice minister": the holder of an office, whoever it is.
fn is_office(document: &Document, lexicon: &Lexicon, token: usize) -> bool {
    let definite = document.children_by(token, Deprel::Det).any(|det| document.lemma(det) == "the");
    let named = document.children_by(token, Deprel::Appos).next().is_some();
    let common = document.word(token).starts_with(char::is_lowercase);
    definite
        && !named
        && common
        && !matches!(document.token(token).tag, Tag::Nns | Tag::Nnps)
        && lexicon.contains(OFFICES, document.lemma(token))
}

/// The noun with the common nouns compounded with it: "aid workers", "opposition parties", "prime minister".
fn kind_of_people(document: &Document, token: usize) -> String {
    let compound = |&child: &usize| {
        let noun = document.token(child).deprel == Deprel::Compound && document.token(child).upos == Upos::Noun;
        child < token && (noun || document.word(child) == "prime")
    };
    let parts = document.children(token).filter(compound).chain([token]);
    let kind = parts.map(|part| document.word(part).to_lowercase()).collect::<Vec<_>>().join(" ");
    // "human" hangs on "rights".
    let human = kind.starts_with("rights ")
        && token.checked_sub(2).is_some_and(|before| document.word(before).eq_ignore_ascii_case("human"));
    if human { format!("human {kind}") } else { kind }
}

/// "European leaders", "world powers": several sides by the part of the world right before them.
fn side(document: &Document, lexicon: &Lexicon, token: usize) -> Option<String> {
    let plural = matches!(document.token(token).tag, Tag::Nns | Tag::Nnps);
    let noun = document.word(token).to_lowercase();
    let modifier = document.children(token).filter(|&child| child + 1 == token).find(|&child| {
        matches!(document.token(child).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod)
            && lexicon.contains(REGIONS, &document.word(child).to_lowercase())
    })?;
    let modifier = document.word(modifier);
    (plural && lexicon.contains(SIDES, &singular(&noun))).then(|| format!("{modifier} {noun}"))
}

/// The noun without the ending of a plural.
fn singular(noun: &str) -> String {
    noun.strip_suffix("ies").map_or_else(|| noun.trim_end_matches('s').to_owned(), |stem| format!("{stem}y"))
}
