//! Whom a noun phrase denotes: names, offices, organs of states, pronouns.
//!
//! In: settled names and offices. Out: for each token, the actors that the phrase headed by it stands for.
//! "senior Ukrainian officials" is Ukraine; "Ukrainian refugees" is nobody.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag, Upos};

use super::board::Board;
use super::company;
use super::discourse::Discourse;
use super::holders;
use super::nominals::nominal;
use super::persons::Attachments;
use super::pronouns;
use super::speakers::Speakers;
use super::taken_up;
use super::{EntityIndex, Held};
use crate::actors::Sense;
use crate::mentions::{Determiner, NameKind, class};
use crate::positions::Status;

/// What is known when phrases are read.
pub(super) struct Context<'b> {
    pub(super) attachments: &'b Attachments,
    /// By office: whom it denotes.
    pub(super) holders: &'b [Vec<EntityIndex>],
    /// By token: the office phrase whose head it is, and those that it lies in.
    pub(super) office_at: &'b [Option<usize>],
    pub(super) speakers: &'b Speakers,
    /// Who holds which office, by text and registry.
    pub(super) held: &'b [Held],
}

/// Reads all phrases, in text order; twice, so that what quotes say finds its speakers.
pub(super) fn denote_all(board: &mut Board<'_>, context: &Context<'_>) -> Vec<Vec<EntityIndex>> {
    let count = board.document.tokens().len();
    let mut denoted: Vec<Vec<EntityIndex>> = vec![Vec::new(); count];
    for round in 0..2 {
        let again = round == 1;
        let issuers = if again { company::of_issuers(board, &denoted) } else { Vec::new() };
        let mut discourse = Discourse::new(again, issuers);
        for token in 0..count {
            if denoted[token].is_empty() {
                denoted[token] = denote(board, context, &denoted, &discourse, token);
            }
            let actors = denoted[token].clone();
            if actors.is_empty() {
                continue;
            }
            discourse.see(board, token, &actors);
        }
    }
    for (token, entities) in denoted.iter().enumerate() {
        let pronoun = board.document.token(token).upos == Upos::Pron;
        let beside_name =
            context.office_at[token].is_some_and(|office| !context.attachments.names_of[office].is_empty());
        let nominal = board.names.at(token).is_none() && !beside_name;
        for &entity in entities {
            let person = board.drafts[entity].kind == EntityKind::Person;
            if pronoun || (nominal && person) {
                let span = board.document.token(token).span;
                board.mention_span(entity, span);
            }
        }
    }
    denoted
}

fn denote(
    board: &mut Board<'_>,
    context: &Context<'_>,
    denoted: &[Vec<EntityIndex>],
    discourse: &Discourse,
    token: usize,
) -> Vec<EntityIndex> {
    let at = *board.document.token(token);
    if matches!(at.upos, Upos::Punct | Upos::Space | Upos::Adp | Upos::Verb | Upos::Aux | Upos::Cconj)
        && board.names.at(token).is_none()
    {
        return Vec::new();
    }
    if let Some((number, name)) = board.names.at(token) {
        let name = name.clone();
        if name.kind == NameKind::Person {
            return board.of_name[number].into_iter().collect();
        }
        // Inside a longer unknown name a country is a modifier, not an actor.
        if let Some(entity) = board.of_name[number] {
            if let Some(office) = context.office_at[token]
                && board.offices[office].head == token
                && !context.holders[office].is_empty()
            {
                return context.holders[office].clone();
            }
            return if is_one_of_a_people(board, token, &name.senses) { Vec::new() } else { vec![entity] };
        }
        if let Some(sides) = board.sides_of_name.get(&number) {
            return sides.clone();
        }
        if board.place_of_name[number].is_some() {
            return Vec::new();
        }
    }
    if let Some(office) = context.office_at[token]
        && board.offices[office].head == token
    {
        let named: Vec<EntityIndex> =
            context.attachments.names_of[office].iter().filter_map(|&name| board.of_name[name]).collect();
        if !named.is_empty() {
            return named;
        }
        if is_predicate(board, token) {
            return Vec::new();
        }
        if !context.holders[office].is_empty() {
            return context.holders[office].clone();
        }
        if board.offices[office].counterpart {
            return counterpart(board, context, denoted, office);
        }
        let of_state = |&owner: &usize| board.names.all[owner].kind == NameKind::Country;
        let title = &board.offices[office].title;
        if holders::is_against_the_state(title) && board.offices[office].owners.iter().all(of_state) {
            return Vec::new();
        }
        let taken_up = title_taken_up(board, context, denoted, discourse, office);
        if !taken_up.is_empty() {
            return taken_up;
        }
    }
    match at.tag {
        Tag::Prp | Tag::PrpS => return pronouns::resolve(board, context.speakers, denoted, discourse, token),
        _ => {}
    }
    if at.tag == Tag::Cd {
        return taken_up::counted(board, discourse, token);
    }
    if at.upos != Upos::Noun && at.upos != Upos::Propn {
        return Vec::new();
    }
    nominal(board, denoted, discourse, token)
}

/// "became the secretary of state", "served as president": the office, not whoever holds it now.
fn is_predicate(board: &Board<'_>, token: usize) -> bool {
    let at = board.document.token(token);
    matches!(at.deprel, Deprel::Attr | Deprel::Oprd)
        || at.deprel == Deprel::Pobj && board.document.lemma(at.head) == "as"
}

/// "a Russian", "one Ukrainian": one of a people is not the state; "the Russians" and "Russian" may be.
fn is_one_of_a_people(board: &Board<'_>, token: usize, senses: &[Sense]) -> bool {
    let document = board.document;
    let demonym = senses.iter().all(|sense| matches!(sense, Sense::Demonym(_)));
    let noun = !matches!(document.token(token).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Poss);
    let single = document.children(token).any(|child| {
        matches!(document.token(child).tag, Tag::Cd)
            || matches!(
                document.lemma(child),
                "a" | "an" | "one" | "every" | "many" | "some" | "most" | "few" | "several"
            )
    });
    // "the American met X": one person, whom nothing here names; "the French", "the Chinese" are the people.
    let definite = matches!(document.token(token).tag, Tag::Nn | Tag::Nnp)
        && ["an", "i"].iter().any(|end| document.word(token).ends_with(end))
        && document.children_by(token, Deprel::Det).any(|det| document.lemma(det) == "the");
    demonym && noun && (single || definite)
}

/// "his Ukrainian counterpart": the holder of the same office on the other side, else the other side.
fn counterpart(
    board: &mut Board<'_>,
    context: &Context<'_>,
    denoted: &[Vec<EntityIndex>],
    office: usize,
) -> Vec<EntityIndex> {
    let phrase = board.offices[office].clone();
    let sides: Vec<EntityIndex> = phrase.owners.iter().filter_map(|&owner| board.of_name[owner]).collect();
    let other = phrase.possessor.and_then(|possessor| denoted[possessor].first().copied());
    if let ([side], Some(other), false) = (&sides[..], other, phrase.plural)
        && let Some(classes) =
            context.held.iter().find(|(person, classes, ..)| *person == other && *classes != 0).map(|held| held.1)
    {
        let mut holders: Vec<EntityIndex> = context
            .held
            .iter()
            .filter(|(person, held, _, of)| *person != other && *held & classes != 0 && *of == Some(*side))
            .map(|held| held.0)
            .collect();
        holders.sort_unstable();
        holders.dedup();
        if let [holder] = holders[..] {
            return vec![holder];
        }
        if let Some(actor) = board.country_actor(*side)
            && let Some(person) = holders::holder_of(board, classes, actor)
        {
            return vec![board.person_entity(person)];
        }
    }
    sides
}

/// Whether two titles are of the same noun: "secretary of state" and "secretary".
fn same_head(one: &str, other: &str) -> bool {
    let head =
        |title: &str| title.split(" of ").next().and_then(|words| words.rsplit(' ').next()).map(str::to_lowercase);
    head(one) == head(other)
}

/// "the president", "the foreign minister": the one person with that office whom the text has just named.
fn title_taken_up(
    board: &mut Board<'_>,
    context: &Context<'_>,
    denoted: &[Vec<EntityIndex>],
    discourse: &Discourse,
    office: usize,
) -> Vec<EntityIndex> {
    let phrase = board.offices[office].clone();
    if phrase.plural
        || phrase.job
        || phrase.determiner != Determiner::Definite && !holders::shares_article(board, &phrase)
        || phrase.status != Status::Held
        || phrase.unnamed_owner.is_some()
    {
        return Vec::new();
    }
    let side = phrase.possessor.and_then(|possessor| denoted[possessor].first().copied());
    let side = side.map(|side| {
        if board.drafts[side].kind == EntityKind::Person { board.drafts[side].country.unwrap_or(side) } else { side }
    });
    if phrase.possessor.is_some() && side.is_none() {
        return Vec::new();
    }
    // A government's publisher writes "the President" of its own.
    if phrase.possessor.is_none()
        && phrase.classes & (class::HEAD_OF_STATE | class::VICE_PRESIDENT) != 0
        && phrase.classes & class::LEADER == 0
        && let Some(home) = board.home
    {
        if let Some(person) = holders::holder(board, &phrase, home) {
            return vec![board.person_entity(person)];
        }
        let mut named: Vec<EntityIndex> = context
            .held
            .iter()
            .filter(|held| held.1 & phrase.classes != 0 && held.3.and_then(|of| board.country_actor(of)) == Some(home))
            .map(|held| held.0)
            .collect();
        named.sort_unstable();
        named.dedup();
        return if named.len() == 1 { named } else { Vec::new() };
    }
    let national = phrase.classes & class::TOP != 0;
    // "the minister" of somebody called foreign minister, "the secretary" of a secretary of state.
    let bare = !phrase.title.contains(' ') && phrase.classes & !class::ORGANIZATION_HEAD == 0;
    let shortened = |title: &str| {
        let mut words = title.split(' ');
        let deputy = matches!(words.next(), Some("deputy" | "vice" | "assistant" | "under"));
        bare && !deputy && title.split(' ').any(|word| word == phrase.title)
    };
    let fits = |held: &&Held| {
        if national && side.is_none() && held.3.is_none_or(|of| board.drafts[of].kind != EntityKind::Country) {
            return false;
        }
        let same = held.2 == phrase.title
            || shortened(&held.2)
            || held.1 & phrase.classes & !class::ORGANIZATION_HEAD & !class::LEADER != 0;
        same && side.is_none_or(|side| held.3 == Some(side))
    };
    let seen: Vec<&Held> = context.held.iter().filter(fits).filter(|held| discourse.has_seen(held.0)).collect();
    // Nobody calls a secretary of state "the Foreign Minister" who speaks of a foreign minister beside.
    let worded = seen.iter().any(|held| same_head(&held.2, &phrase.title));
    let mut people: Vec<EntityIndex> =
        seen.iter().filter(|held| !worded || same_head(&held.2, &phrase.title)).map(|held| held.0).collect();
    people.sort_unstable();
    people.dedup();
    if let [only] = people[..] {
        return vec![only];
    }
    if people.len() > 1 {
        let home: Vec<EntityIndex> = people
            .iter()
            .copied()
            .filter(|&person| board.home.is_some() && board.country_actor(person) == board.home)
            .collect();
        if let [only] = home[..] {
            return vec![only];
        }
        return discourse
            .nearest(board.document.token(phrase.head).sentence, phrase.head, &people)
            .into_iter()
            .collect();
    }
    // Nobody named: the president in a text of the White House, "its foreign minister" of a known state.
    let of =
        side.and_then(|side| board.country_actor(side)).or(if phrase.possessor.is_none() { board.home } else { None });
    let holder = of.and_then(|of| holders::holder(board, &phrase, of));
    holder.map(|person| board.person_entity(person)).into_iter().collect()
}
