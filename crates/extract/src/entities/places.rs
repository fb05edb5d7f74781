//! Noun phrases as places: "the Kharkiv region", "at the Pentagon", "the Ukrainian capital".
//!
//! Of a capital, this is the city; whom the same words denote as an actor is the business of `phrases`.

use std::ops::Range;

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag};

use super::EntityIndex;
use super::board::{Board, fold_name};
use crate::actors::Sense;
use crate::mentions::NameKind;

/// The place that the phrase headed by a token denotes.
pub(super) fn place_of(board: &mut Board<'_>, token: usize) -> Option<EntityIndex> {
    let document = board.document;
    let lemma = document.lemma(token).to_lowercase();
    if board.vocabulary.has("place-nouns", &lemma)
        && board.names.at(token).is_none_or(|(_, name)| name.senses.is_empty())
        && let Some(place) = site(board, token, &lemma)
    {
        return Some(place);
    }
    if lemma == "enclave" {
        return enclave(board, token);
    }
    if let Some((number, name)) = board.names.at(token) {
        if name.kind == NameKind::Person {
            return None;
        }
        if let Some(place) = board.place_of_name[number] {
            return Some(place);
        }
        return seat(board, number, token);
    }
    None
}

/// "the enclave", "the Palestinian enclave": the one that the text has named.
fn enclave(board: &Board<'_>, token: usize) -> Option<EntityIndex> {
    let mut named: Vec<EntityIndex> = (0..board.names.all.len())
        .filter(|&number| board.names.all[number].tokens.start < token)
        .filter_map(|number| board.place_of_name[number])
        .filter(|&place| matches!(board.drafts[place].name.as_str(), "Gaza Strip" | "Nagorno-Karabakh"))
        .collect();
    named.sort_unstable();
    named.dedup();
    if let [only] = named[..] { Some(only) } else { None }
}

/// A seat of power as a place: "at the Pentagon", "outside the Kremlin".
fn seat(board: &mut Board<'_>, number: usize, token: usize) -> Option<EntityIndex> {
    let name = board.names.all[number].clone();
    let acts = board.of_name[number].is_some_and(|entity| board.drafts[entity].kind == EntityKind::Country);
    let named_so = name.senses.iter().all(|sense| match sense {
        Sense::Government(_) => true,
        Sense::Actor(actor) => board.actors.actor(*actor).kind == EntityKind::Organization,
        _ => false,
    });
    let at = board.document.token(token);
    let located = at.deprel == Deprel::Pobj
        && matches!(board.document.lemma(at.head), "at" | "in" | "inside" | "outside" | "near" | "to");
    if !acts || !named_so || !located || name.tokens.len() > 2 || name.senses.is_empty() {
        return None;
    }
    let text = fold_name(board.document.text_of(name.tokens.clone()));
    let entity = board.local_entity(EntityKind::Place, &text);
    board.mention(entity, &name.tokens);
    Some(entity)
}

/// "the Kharkiv region", "the city of Lyman", "the Ukrainian capital", "Russian territory".
fn site(board: &mut Board<'_>, token: usize, lemma: &str) -> Option<EntityIndex> {
    let document = board.document;
    let of = document
        .children_by(token, Deprel::Prep)
        .filter(|&prep| document.lemma(prep) == "of")
        .flat_map(|prep| document.children_by(prep, Deprel::Pobj))
        .find_map(|object| board.names.at(object).map(|(number, _)| number));
    if let Some(number) = of
        && matches!(
            lemma,
            "city"
                | "town"
                | "village"
                | "port"
                | "region"
                | "province"
                | "state"
                | "capital"
                | "island"
                | "territory"
                | "district"
                | "outskirt"
                | "suburb"
                | "vicinity"
                | "settlement"
                | "municipality"
        )
    {
        return board.place_of_name[number];
    }
    let modifier = document
        .children(token)
        .filter(|&child| {
            matches!(document.token(child).deprel, Deprel::Compound | Deprel::Nmod | Deprel::Amod | Deprel::Poss)
        })
        .filter_map(|child| board.names.at(child).map(|(number, _)| (child, number)))
        .next_back()?;
    let (_, number) = modifier;
    let name = board.names.all[number].clone();
    let country = board.of_name[number].filter(|&entity| board.drafts[entity].kind == EntityKind::Country);
    let city = board.place_of_name[number].filter(|&entity| board.drafts[entity].kind == EntityKind::Place);
    if lemma == "capital" {
        let country = board.country_actor(country?)?;
        let capital = board.actors.actor(country).capital?;
        return Some(board.actor_entity(capital, &(token..token + 1)));
    }
    if matches!(lemma, "territory" | "soil" | "border" | "coast" | "side" | "city" | "town" | "village")
        && city.is_none()
    {
        return country;
    }
    let place = city?;
    // Only a name right before the noun makes a new name: "Kharkiv border region" is still Kharkiv region.
    let range: Range<usize> = name.tokens.start..token + 1;
    let doubled = board.drafts[place].name.to_lowercase().ends_with(lemma) || name.tokens.contains(&token);
    if range.len() > 4 || document.token(token).tag == Tag::Nns || doubled {
        return Some(place);
    }
    let text = format!("{} {}", board.drafts[place].name, lemma);
    if let Some(actor) = board.actors.named(&text).next() {
        return Some(board.actor_entity(actor, &range));
    }
    let entity = board.local_entity(EntityKind::Place, &text);
    board.mention(entity, &range);
    Some(entity)
}

/// The country of an adjective, a possessive or a modifier: "Russian", "Moscow's", "their".
pub(super) fn nationality(board: &Board<'_>, denoted: &[Vec<EntityIndex>], token: usize) -> Option<EntityIndex> {
    let country = |entity: EntityIndex| board.drafts[entity].kind == EntityKind::Country;
    if let Some((number, name)) = board.names.innermost(token) {
        return (name.kind != NameKind::Person).then(|| board.of_name[number]).flatten().filter(|&e| country(e));
    }
    if board.document.token(token).tag == Tag::PrpS
        && let [entity] = denoted[token][..]
    {
        return Some(entity).filter(|&e| country(e)).or(board.drafts[entity].country);
    }
    None
}
