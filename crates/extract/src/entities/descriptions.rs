//! Sides by what they are like: "the island nation", "the West African country", "the kingdom", "the militant group", "the world body".
//!
//! In: a noun with the words between it and its article, and who was mentioned so far. Out: the one side of the near sentences
//! that the description fits, else nobody: where two fit, or the words say nothing that can be checked, it stays open.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag};

use super::EntityIndex;
use super::board::{Board, Origin};
use super::discourse::Discourse;
use crate::actors::{Actor, ActorIndex, Sense};

/// How many sentences back a side may have been named.
const REACH: usize = 2;

/// Words for armed groups, before "group", "movement" and "organisation".
const ARMED: [&str; 9] =
    ["armed", "extremist", "insurgent", "islamist", "jihadist", "militant", "paramilitary", "rebel", "terrorist"];

/// Whom a definite noun with a description before it takes up.
pub(super) fn described(board: &Board<'_>, discourse: &Discourse, token: usize, lemma: &str) -> Option<EntityIndex> {
    let description = description(board, token)?;
    let words: Vec<&str> = description.split(' ').filter(|word| !word.is_empty()).collect();
    let sentence = board.document.token(token).sentence;
    let near = |fits: &dyn Fn(EntityIndex) -> bool| discourse.only(sentence, token, REACH, fits);
    let country = |fits: &dyn Fn(ActorIndex) -> bool| {
        near(&|entity| {
            let known = if let Origin::Actor(actor) = board.origins[entity] { Some(actor) } else { None };
            board.drafts[entity].kind == EntityKind::Country && known.is_some_and(fits)
        })
    };
    let listed = |list: &'static str, actor: ActorIndex| {
        board.vocabulary.has(list, &board.actors.actor(actor).name.to_lowercase())
    };
    match (&words[..], lemma) {
        ([.., "self-ruled" | "self-governed" | "self-governing" | "democratic"], "island") => {
            country(&|actor| board.actors.actor(actor).name == "Taiwan")
        }
        ([] | ["oil-rich" | "desert" | "gulf" | "himalayan" | "mountain"], "kingdom") => {
            country(&|actor| listed("kingdoms", actor))
        }
        ([] | ["gulf" | "gas-rich" | "oil-rich" | "wealthy"], "emirate" | "sultanate") => {
            country(&|actor| listed(if lemma == "emirate" { "emirates" } else { "sultanates" }, actor))
        }
        ([] | ["military" | "ruling"], "junta") | (["military"], "regime" | "government") => {
            country(&|actor| listed("juntas", actor))
        }
        (["islamic"], "republic") => country(&|actor| listed("islamic-republics", actor)),
        ([.., "island" | "archipelago"], "nation" | "country" | "state" | "republic" | "kingdom") => {
            country(&|actor| listed("island-states", actor))
        }
        ([.., _], "nation" | "country" | "state" | "republic" | "kingdom" | "neighbour" | "neighbor" | "monarchy") => {
            country(&|actor| lies_in(board, actor, &description))
        }
        (
            [
                ..,
                "militant" | "armed" | "rebel" | "islamist" | "jihadist" | "extremist" | "terrorist" | "paramilitary"
                | "insurgent",
            ],
            "group" | "movement" | "organisation" | "organization",
        ) if words.iter().all(|word| ARMED.contains(word) || board.vocabulary.has("regional-adjectives", word)) => {
            near(&|entity| is_armed_group(board, entity))
        }
        (["world"], "body") => near(&|entity| board.drafts[entity].id == "Q1065"),
        ([.., "alliance" | "military" | "defence" | "defense" | "western" | "transatlantic"], "alliance") => {
            near(&|entity| is_of_class(board, entity, "alliance"))
        }
        (
            [.., "regional" | "trade" | "trading" | "economic" | "political" | "african" | "asian" | "european"],
            "bloc",
        ) => near(&|entity| is_of_class(board, entity, "regional")),
        ([members], "bloc" | "alliance") if is_a_number_of(members) => {
            near(&|entity| ["regional", "alliance"].iter().any(|class| is_of_class(board, entity, class)))
        }
        _ => None,
    }
}

/// The words between the definite article and the noun, in lower case, with hyphens closed up: "west african".
fn description(board: &Board<'_>, token: usize) -> Option<String> {
    let document = board.document;
    let the = document
        .children_by(token, Deprel::Det)
        .find(|&det| det < token && matches!(document.lemma(det), "the" | "this" | "that"))?;
    let single = !matches!(document.token(token).tag, Tag::Nns | Tag::Nnps);
    // "the island nation of Kiribati" says which, and a known country before the noun says whose.
    let of = |prep: usize| document.lemma(prep) == "of" && !says_what_of(board, token, prep);
    let named = document.children_by(token, Deprel::Prep).any(of)
        || document.children_by(token, Deprel::Appos).next().is_some()
        || (the + 1..token).any(|t| {
            board.names.innermost(t).is_some_and(|(_, name)| !name.senses.is_empty() && !is_region(board, &name.senses))
        });
    (single && !named && token - the <= 6).then(|| document.text_of(the + 1..token).to_lowercase().replace(" - ", "-"))
}

/// "accused the alliance **of arming the rebels**", "praised the country **for its courage**": what follows somebody spoken to or
/// of says what about, not which alliance.
pub(super) fn says_what_of(board: &Board<'_>, token: usize, below: usize) -> bool {
    let document = board.document;
    let verb = match document.token(token).deprel {
        Deprel::Dobj | Deprel::Dative => document.head(token),
        Deprel::Pobj => document.head(token).and_then(|preposition| document.head(preposition)),
        _ => None,
    };
    let spoken_to = verb.is_some_and(|verb| {
        let lemma = document.lemma(verb).to_lowercase();
        board.vocabulary.has("addressing-verbs", &lemma)
    });
    let names_nobody = |object: usize| board.names.at(object).is_none();
    let about = match document.token(below).deprel {
        Deprel::Prep => {
            matches!(document.lemma(below), "of" | "for" | "over" | "on" | "about" | "against" | "to" | "as")
                && (document.children_by(below, Deprel::Pcomp).next().is_some()
                    || document.lemma(below) != "of"
                    || document.children_by(below, Deprel::Pobj).all(names_nobody))
        }
        Deprel::Acl | Deprel::Relcl => document.token(below).tag == Tag::Vb,
        _ => false,
    };
    spoken_to && about && below > token
}

/// Whether a name is a part of the world: "Gulf", "Balkans".
fn is_region(board: &Board<'_>, senses: &[Sense]) -> bool {
    senses.iter().all(|sense| match *sense {
        Sense::Actor(actor) => {
            let actor = board.actors.actor(actor);
            actor.kind == EntityKind::Place && actor.country.is_none() || !actor.members.is_empty()
        }
        _ => false,
    })
}

/// Whether a country lies where the words say: by the part of the world in its entry, or as a member of "Gulf states".
fn lies_in(board: &Board<'_>, country: ActorIndex, description: &str) -> bool {
    let place = description.strip_prefix("small ").or(description.strip_prefix("tiny ")).unwrap_or(description);
    let known: &Actor = board.actors.actor(country);
    if known.region.as_deref().is_some_and(|region| adjectives(region).contains(&place)) {
        return true;
    }
    ["states", "countries", "nations"].iter().any(|noun| {
        board.actors.lookup(&format!("{} {noun}", capital(place))).iter().any(|sense| match *sense {
            Sense::Actor(group) => board.actors.actor(group).members.contains(&country),
            _ => false,
        })
    })
}

/// How the news calls what lies in a region of the United Nations' list.
fn adjectives(region: &str) -> &'static [&'static str] {
    match region {
        "Western Africa" => &["west african", "african"],
        "Eastern Africa" => &["east african", "african"],
        "Northern Africa" => &["north african", "african", "arab"],
        "Middle Africa" => &["central african", "african"],
        "Southern Africa" => &["southern african", "african"],
        "South America" => &["south american", "latin american", "andean"],
        "Central America" => &["central american", "latin american"],
        "Caribbean" => &["caribbean"],
        "Southern Asia" => &["south asian", "asian", "himalayan"],
        "South-eastern Asia" => &["southeast asian", "south-east asian", "asian"],
        "Central Asia" => &["central asian", "former soviet"],
        "Eastern Asia" => &["east asian", "asian"],
        "Melanesia" | "Polynesia" | "Micronesia" => &["pacific", "south pacific", "pacific island"],
        "Western Europe" | "Southern Europe" | "Northern Europe" | "Eastern Europe" => &["european"],
        _ => &[],
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Armed groups and peoples stand in the files without members.
pub(super) fn is_armed_group(board: &Board<'_>, entity: EntityIndex) -> bool {
    match board.origins[entity] {
        Origin::Actor(actor) => {
            let actor = board.actors.actor(actor);
            actor.kind == EntityKind::Group && actor.members.is_empty()
        }
        _ => false,
    }
}

fn is_of_class(board: &Board<'_>, entity: EntityIndex, class: &str) -> bool {
    match board.origins[entity] {
        Origin::Actor(actor) => board.actors.actor(actor).class.as_deref() == Some(class),
        _ => false,
    }
}

/// "27-nation", "32-member"
fn is_a_number_of(word: &str) -> bool {
    word.split_once('-').is_some_and(|(number, noun)| {
        number.chars().all(|c| c.is_ascii_digit())
            && matches!(noun, "nation" | "member" | "country" | "state" | "strong")
    })
}
