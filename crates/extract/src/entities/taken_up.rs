//! Nouns that take somebody up: "the two leaders", "the two", "both sides", "the country", "the alliance", "its neighbour".
//!
//! In: a noun or number without a name, and who was mentioned so far. Out: whom it means where that is sure, else nobody.
//! "Nord accused the alliance of arming the rebels" means the one alliance that the near sentences name.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag};

use super::EntityIndex;
use super::board::{Board, Origin};
use super::company;
use super::descriptions;
use super::discourse::Discourse;
use super::pronouns::with_conjuncts;

/// Nouns that take up somebody named before: "the two leaders", "both sides", "the country", "the alliance".
pub(super) fn taken_up(
    board: &Board<'_>,
    denoted: &[Vec<EntityIndex>],
    discourse: &Discourse,
    token: usize,
    lemma: &str,
) -> Vec<EntityIndex> {
    let document = board.document;
    let at = document.token(token);
    let determiner = document
        .children(token)
        .find(|&c| matches!(document.token(c).deprel, Deprel::Det | Deprel::Predet | Deprel::Nummod));
    let words: Vec<String> = document.children(token).map(|c| document.word(c).to_lowercase()).collect();
    let says = |word: &str| words.iter().any(|w| w == word);
    let plural = matches!(at.tag, Tag::Nns | Tag::Nnps);
    // "our two countries" are the speaker's and another one.
    let shared = plural
        && document
            .children_by(token, Deprel::Poss)
            .any(|c| matches!(document.word(c).to_lowercase().as_str(), "our" | "their"));
    let bare = document.children(token).all(|c| {
        shared && document.token(c).deprel == Deprel::Poss
            // "the two Southeast Asian neighbours"
            || plural && document.token(c).deprel == Deprel::Amod && says_no_more(board, c)
            || descriptions::says_what_of(board, token, c)
            || matches!(
                document.token(c).deprel,
                Deprel::Det
                    | Deprel::Predet
                    | Deprel::Nummod
                    | Deprel::Punct
                    | Deprel::Case
                    | Deprel::Relcl
                    | Deprel::Cc
                    | Deprel::Conj
            )
    });
    if matches!(lemma, "neighbour" | "neighbor" | "rival") && !shared {
        let one = neighbour(board, denoted, discourse, token);
        if one.is_some() {
            return one.into_iter().collect();
        }
    }
    if determiner.is_none() && !shared || !bare {
        return Vec::new();
    }
    let sentence = at.sentence;
    let own = own_subject(board, denoted, token);
    // "only two presidents have resigned" are any two; a headline leaves out the article.
    let definite = shared
        || ["the", "both", "these", "those"].into_iter().any(says)
        || document.phrase(token).start == document.sentence_of(token).tokens.start;
    // "our allies" are others than we.
    let others = shared && !says("two") && !says("both") && board.vocabulary.has("other-side-nouns", lemma);
    // "The rebels accused": those of the one armed group that the near sentences name.
    let rebels =
        matches!(lemma, "extremist" | "guerrilla" | "insurgent" | "jihadist" | "militant" | "rebel" | "separatist");
    if plural && says("the") && rebels {
        let armed = |entity: EntityIndex| descriptions::is_armed_group(board, entity) && !own.contains(&entity);
        return discourse.only(sentence, token, 2, armed).into_iter().collect();
    }
    if plural && definite && !others && board.vocabulary.has("pair-nouns", lemma) {
        let of_persons = board.vocabulary.has("person-nouns", lemma);
        let wanted = if says("both") || says("two") || shared {
            2
        } else if says("three") {
            3
        } else if says("four") {
            4
        } else if says("the") && of_persons {
            return company::of_opening(board, discourse, token);
        } else {
            return Vec::new();
        };
        return several(board, discourse, token, lemma, wanted, &own);
    }
    if plural || !says("the") && !says("this") && !says("that") {
        return Vec::new();
    }
    if board.vocabulary.has("alliance-nouns", lemma) {
        let armed = matches!(lemma, "group" | "movement" | "organisation" | "organization");
        let fits = |entity: EntityIndex| match board.drafts[entity].kind {
            EntityKind::Organization => is_such_a_body(board, entity, lemma) && !own.contains(&entity),
            EntityKind::Group => armed && descriptions::is_armed_group(board, entity) && !own.contains(&entity),
            _ => false,
        };
        return discourse.only(sentence, token, 2, fits).into_iter().collect();
    }
    if board.vocabulary.has("country-nouns", lemma) {
        let fits = |entity: EntityIndex| board.drafts[entity].kind == EntityKind::Country && !own.contains(&entity);
        return discourse.only(sentence, token, 1, fits).into_iter().collect();
    }
    Vec::new()
}

/// "**The two** met in June": the persons whom the near sentences name, if they are so many.
pub(super) fn counted(board: &Board<'_>, discourse: &Discourse, token: usize) -> Vec<EntityIndex> {
    let document = board.document;
    let at = document.token(token);
    let wanted = match document.word(token).to_lowercase().as_str() {
        "two" => 2,
        "three" => 3,
        _ => return Vec::new(),
    };
    let definite = document.children_by(token, Deprel::Det).any(|det| document.lemma(det) == "the");
    let whole = document.children(token).all(|child| document.token(child).deprel != Deprel::Prep);
    if !definite || !whole || !matches!(at.deprel, Deprel::Nsubj | Deprel::Nsubjpass | Deprel::Pobj) {
        return Vec::new();
    }
    discourse.just_so_many(at.sentence, token, wanted, |entity| board.drafts[entity].kind == EntityKind::Person)
}

/// So many sides, or persons, as the near sentences name: "both governments", "the three ministers"; who speaks to them is none of them.
fn several(
    board: &Board<'_>,
    discourse: &Discourse,
    token: usize,
    lemma: &str,
    wanted: usize,
    own: &[EntityIndex],
) -> Vec<EntityIndex> {
    let sentence = board.document.token(token).sentence;
    let of_persons = board.vocabulary.has("person-nouns", lemma);
    let fits = |entity: EntityIndex| {
        let kind = board.drafts[entity].kind;
        if of_persons {
            kind == EntityKind::Person
        } else if lemma != "side" && board.vocabulary.has("country-nouns", lemma)
            || matches!(lemma, "government" | "capital")
        {
            kind == EntityKind::Country
        } else if is_bystander(board, entity) {
            false
        } else {
            matches!(kind, EntityKind::Country | EntityKind::Organization | EntityKind::Group)
        }
    };
    if of_persons {
        return discourse.just_so_many(sentence, token, wanted, fits);
    }
    // "Adan met Noor. The two sides signed": those whom they stand for.
    let stands_for = |entity: EntityIndex| {
        let held = &board.drafts[entity];
        held.country.filter(|_| held.kind == EntityKind::Person)
    };
    let pair = (0..=4).find_map(|reach: usize| {
        let near = sentence.saturating_sub(reach)..=sentence;
        let mut named = discourse.among(near.clone(), token, fits);
        // "X called on both sides", "X's minister called on both sides": X is neither.
        let of_own = |entity: EntityIndex| own.iter().any(|&o| board.drafts[o].country == Some(entity));
        named.retain(|&entity| !own.contains(&entity) && !of_own(entity));
        if named.len() >= wanted {
            return Some(named);
        }
        let persons = discourse.among(near, token, |entity| stands_for(entity).is_some());
        let mut states: Vec<EntityIndex> = persons.into_iter().filter_map(stands_for).collect();
        states.dedup();
        (states.len() == wanted).then_some(states)
    });
    pair.filter(|sides| sides.len() == wanted).unwrap_or_default()
}

/// "Poland accused **the country**": whoever acts upon it is another.
fn own_subject(board: &Board<'_>, denoted: &[Vec<EntityIndex>], token: usize) -> Vec<EntityIndex> {
    let document = board.document;
    let verb = match document.token(token).deprel {
        Deprel::Dobj | Deprel::Dative => document.head(token),
        Deprel::Pobj => document.head(token).and_then(|preposition| document.head(preposition)),
        _ => None,
    };
    let subject = verb.and_then(|verb| document.children_by(verb, Deprel::Nsubj).find(|&subject| subject < token));
    subject.map(|subject| with_conjuncts(board, denoted, subject)).unwrap_or_default()
}

/// "Vietnam urged **its neighbour** to stop": the one other country that this sentence and the one before name.
fn neighbour(
    board: &Board<'_>,
    denoted: &[Vec<EntityIndex>],
    discourse: &Discourse,
    token: usize,
) -> Option<EntityIndex> {
    let document = board.document;
    let single = matches!(document.token(token).tag, Tag::Nn);
    let whose = document.children_by(token, Deprel::Poss).next().filter(|&whose| single && whose < token)?;
    let [owner] = denoted[whose][..] else { return None };
    let country = |entity: EntityIndex| board.drafts[entity].kind == EntityKind::Country;
    let other = |entity: EntityIndex| country(entity) && entity != owner;
    let named = document.children(token).any(|child| match document.token(child).deprel {
        Deprel::Amod | Deprel::Compound | Deprel::Nmod => board.names.at(child).is_some(),
        deprel => matches!(deprel, Deprel::Appos | Deprel::Conj),
    });
    discourse.only(document.token(token).sentence, token, 1, other).filter(|_| country(owner) && !named)
}

/// "Asian", "warring", "nuclear-armed": words that say nothing of which sides are meant.
fn says_no_more(board: &Board<'_>, token: usize) -> bool {
    let word = board.document.word(token).to_lowercase();
    ["pair-adjectives", "regional-adjectives"].iter().any(|list| board.vocabulary.has(list, &word))
}

/// Media and companies report and trade: they are no side.
fn is_bystander(board: &Board<'_>, entity: EntityIndex) -> bool {
    match board.origins[entity] {
        Origin::Actor(actor) => matches!(board.actors.actor(actor).class.as_deref(), Some("media" | "company")),
        _ => false,
    }
}

/// Whether an organisation can be called by a noun: a bank for its name, NATO for an alliance.
fn is_such_a_body(board: &Board<'_>, entity: EntityIndex, noun: &str) -> bool {
    let name = board.drafts[entity].name.to_lowercase();
    let class = match board.origins[entity] {
        Origin::Actor(actor) => board.actors.actor(actor).class.as_deref().unwrap_or(""),
        _ => "",
    };
    let stem = noun.replace("organisation", "organization");
    name.replace("organisation", "organization").split(' ').any(|word| word == stem)
        || match noun {
            "alliance" => class == "alliance",
            "bloc" | "union" => matches!(class, "regional" | "alliance") || name == "european union",
            "company" => matches!(class, "company" | ""),
            "party" | "movement" => class == "party",
            "charity" => class == "ngo",
            "agency" | "body" | "watchdog" => matches!(class, "agency" | "international"),
            "broadcaster" | "channel" | "network" | "newspaper" | "station" => matches!(class, "media" | ""),
            "lender" => class == "fund",
            "organization" | "organisation" | "group" => {
                matches!(class, "international" | "regional" | "ngo" | "alliance" | "")
            }
            _ => false,
        }
}
