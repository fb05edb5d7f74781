//! Persons: names of people and the offices beside them in, one entity for each person out.
//!
//! Full names first, then surnames: "Zelensky" is whoever was named in full, else the one known holder of an office.
//! "Kouleba" is Kuleba only where the text gives him the office and the country of Kuleba.

use std::collections::HashMap;

use entente_model::EntityKind;
use entente_nlp::Upos;

use super::EntityIndex;
use super::board::{Board, Origin, fold_name};
use super::spelling::{same_name, sounds_like};
use crate::actors::{ActorIndex, Gender, Office, PersonIndex, Sense, fold};
use crate::mentions::{Classes, LATELY, NameKind, class, is_prominent};
use crate::time::{DAYS, MONTHS};

/// A person's name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    /// Folded words, no initials, no suffixes.
    words: Vec<String>,
    /// The name as an entity carries it.
    written: String,
}

/// Offices beside names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attachments {
    /// By office: numbers of the persons' names.
    pub(crate) names_of: Vec<Vec<usize>>,
    /// By name: numbers of the offices.
    pub(crate) offices_of: Vec<Vec<usize>>,
    /// By name: the country or organisation in "President Zelenskyy of Ukraine".
    pub(crate) name_owner: HashMap<usize, usize>,
    /// By office: whether it stands behind the name or apart from it, not right before it.
    pub(crate) apart: Vec<bool>,
}

/// What the text says about a name besides the name.
struct Context {
    classes: Classes,
    /// Countries or organisations of its offices.
    owners: Vec<ActorIndex>,
    gender: Option<Gender>,
    /// Whether an office stands beside the name.
    titled: bool,
}

/// Gives every person's name its entity.
pub(crate) fn resolve(board: &mut Board<'_>, attachments: &Attachments) {
    let mut people: Vec<(EntityIndex, Vec<String>)> = Vec::new();
    let numbers: Vec<usize> =
        (0..board.names.all.len()).filter(|&n| board.names.all[n].kind == NameKind::Person).collect();
    let parts: HashMap<usize, Parts> = numbers.iter().map(|&n| (n, parts_of(board, n))).collect();
    for full in [true, false] {
        for &number in &numbers {
            let part = &parts[&number];
            if part.words.is_empty() || (part.words.len() > 1) != full {
                continue;
            }
            let context = context_of(board, attachments, number);
            let entity = if full {
                Some(full_name(board, &people, part, &context, number))
            } else {
                short_name(board, &people, part, &context, number)
            };
            let Some(entity) = entity else { continue };
            if board.drafts[entity].gender.is_none() {
                board.drafts[entity].gender = context.gender;
            }
            let known =
                |(other, words): &(EntityIndex, Vec<String>)| *other == entity && (!full || *words == part.words);
            if !people.iter().any(known) {
                people.push((entity, part.words.clone()));
            }
            let tokens = board.names.all[number].tokens.clone();
            board.mention(entity, &tokens);
            board.of_name[number] = Some(entity);
        }
    }
}

/// Takes a name apart: "Lloyd J. Austin III" is Lloyd, Austin.
fn parts_of(board: &Board<'_>, number: usize) -> Parts {
    let written = fold_name(board.document.text_of(board.names.all[number].tokens.clone()));
    let mut words: Vec<String> = fold(&written)
        .to_lowercase()
        .split(' ')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| word.chars().count() > 1 && !board.vocabulary.has("name-suffixes", word))
        .collect();
    while words.len() > 1 && board.vocabulary.has("honorifics", &words[0]) {
        words.remove(0);
    }
    Parts { words, written }
}

fn context_of(board: &Board<'_>, attachments: &Attachments, number: usize) -> Context {
    let mut context = Context { classes: 0, owners: Vec::new(), gender: None, titled: false };
    let mut owners: Vec<usize> = attachments.name_owner.get(&number).copied().into_iter().collect();
    for &office in &attachments.offices_of[number] {
        let phrase = &board.offices[office];
        context.classes |= phrase.classes;
        context.titled = true;
        owners.extend(&phrase.owners);
        let head = phrase.title.split(' ').next_back().unwrap_or_default();
        if board.vocabulary.has("honorifics-female", head) {
            context.gender = Some(Gender::Female);
        } else if board.vocabulary.has("honorifics-male", head) {
            context.gender = Some(Gender::Male);
        }
    }
    for owner in owners {
        for sense in &board.names.all[owner].senses {
            if let Sense::Actor(actor) | Sense::Demonym(actor) | Sense::Government(actor) = *sense
                && !context.owners.contains(&actor)
            {
                context.owners.push(actor);
            }
        }
    }
    context.gender = honorific_gender(board, number).or(context.gender);
    context
}

/// The gender of "Mr", "Ms", "Queen" before a name.
fn honorific_gender(board: &Board<'_>, number: usize) -> Option<Gender> {
    let tokens = &board.names.all[number].tokens;
    let mut before = tokens.start.checked_sub(1)?;
    if board.document.word(before) == "." {
        before = before.checked_sub(1)?;
    }
    let word = fold(board.document.word(before)).to_lowercase();
    let word = word.trim_end_matches('.');
    if board.vocabulary.has("honorifics-female", word) {
        Some(Gender::Female)
    } else if board.vocabulary.has("honorifics-male", word) {
        Some(Gender::Male)
    } else {
        None
    }
}

/// A name of two words or more: a known person, one named before, or somebody new.
fn full_name(
    board: &mut Board<'_>,
    people: &[(EntityIndex, Vec<String>)],
    parts: &Parts,
    context: &Context,
    number: usize,
) -> EntityIndex {
    // "Donald Trump Jr." is the father only where a file says so.
    if let Some(written) = of_a_generation(board, number) {
        let known = persons_in(board.actors.lookup(&written));
        return match choose(board, &known, context) {
            Some(person) => board.person_entity(person),
            None => board.local_entity(EntityKind::Person, &written),
        };
    }
    let mut known: Vec<PersonIndex> = persons_in(&board.names.all[number].senses);
    if known.is_empty() {
        known = persons_in(board.actors.lookup(&titled(&parts.words)));
    }
    // "Kishida Fumio": some write the family name first.
    if known.is_empty()
        && let [family, given] = &parts.words[..]
    {
        known = persons_in(board.actors.lookup(&titled(&[given.clone(), family.clone()])));
    }
    // "Benjamin “Benny” Gantz" is known as Benny.
    if known.is_empty()
        && parts.written.contains(['“', '"'])
        && let [.., nickname, family] = &parts.words[..]
    {
        known = persons_in(board.actors.lookup(&titled(&[nickname.clone(), family.clone()])));
    }
    // "von der Leyen", "López Obrador": a surname of several words.
    if known.is_empty() {
        let namesakes = board.actors.by_surname(&parts.words.join(" "));
        known = namesakes.iter().copied().filter(|&person| plausible(board, person, context)).collect();
    }
    if known.is_empty() && parts.words.len() > 2 {
        let short = [parts.words.first(), parts.words.last()].into_iter().flatten().cloned().collect::<Vec<_>>();
        let candidates = persons_in(board.actors.lookup(&titled(&short)));
        known = candidates.into_iter().filter(|&p| supported(board, p, context)).collect();
    }
    if let Some(person) = choose(board, &known, context) {
        return board.person_entity(person);
    }
    if let Some((entity, _)) =
        people.iter().find(|(entity, words)| same_name(words, &parts.words) && agrees(board, *entity, context))
    {
        return *entity;
    }
    if let Some(person) = transliterated(board, parts, context) {
        return board.person_entity(person);
    }
    board.local_entity(EntityKind::Person, &parts.written)
}

/// A name that ends in "Jr." or "Sr.", with that ending; "Joseph R. Biden, Jr." is written with a comma by those who mean no other.
fn of_a_generation(board: &Board<'_>, number: usize) -> Option<String> {
    let tokens = board.names.all[number].tokens.clone();
    let sentence = board.document.sentence_of(tokens.start).tokens.end;
    let marks =
        |token: usize| matches!(board.document.word(token).trim_end_matches('.').to_lowercase().as_str(), "jr" | "sr");
    let inside = marks(tokens.end - 1) && (tokens.len() < 2 || board.document.word(tokens.end - 2) != ",");
    let behind = tokens.end < sentence && marks(tokens.end);
    let end = if behind { tokens.end + 1 } else { tokens.end };
    (inside || behind).then(|| fold_name(board.document.text_of(tokens.start..end)))
}

/// A name of one word.
fn short_name(
    board: &mut Board<'_>,
    people: &[(EntityIndex, Vec<String>)],
    parts: &Parts,
    context: &Context,
    number: usize,
) -> Option<EntityIndex> {
    let word = &parts.words[0];
    let mut candidates: Vec<EntityIndex> = Vec::new();
    for (entity, words) in people {
        let surname = match board.origins[*entity] {
            Origin::Person(person) => fold(&board.actors.person(person).surname).to_lowercase(),
            _ => String::new(),
        };
        let matches = words.last() == Some(word)
            || surname == *word
            || (words.len() > 1 && words.last().is_some_and(|last| last.split('-').any(|half| half == word)))
            // "Rosselló" of Ricardo Rosselló Nevares: the father's name before the mother's.
            || words.len() > 2 && words[words.len() - 2] == *word && !is_known(board, *entity)
            // "Crown Prince Salman" of Mohammed bin Salman Al Saud
            || words.len() > 2 && words[1..].contains(word) && holds(board, *entity, context);
        if matches && agrees(board, *entity, context) && !candidates.contains(entity) {
            candidates.push(*entity);
        }
    }
    // "President Biden", where only Jill Biden is named in full, is whoever holds the office.
    let by_title = |entity: &EntityIndex| is_known(board, *entity) && !holds(board, *entity, context);
    if context.classes != 0 && !candidates.is_empty() && candidates.iter().all(by_title) {
        let holders: Vec<PersonIndex> =
            board.actors.by_surname(word).iter().copied().filter(|&person| supported(board, person, context)).collect();
        if let [only] = holders[..] {
            return Some(board.person_entity(only));
        }
    }
    // Of several with the surname: the one whose office the title is, then the one named last before.
    if candidates.len() > 1 && context.classes != 0 {
        let by_office: Vec<EntityIndex> = candidates
            .iter()
            .copied()
            .filter(|&entity| match board.origins[entity] {
                Origin::Person(person) => supported(board, person, context),
                _ => false,
            })
            .collect();
        if !by_office.is_empty() {
            candidates = by_office;
        }
    }
    if candidates.len() > 1 {
        // The one in office is meant, not a namesake of the past; a stranger of the name may be the one that the text is about.
        let known = candidates.iter().all(|&entity| is_known(board, entity));
        let in_office: Vec<EntityIndex> =
            candidates.iter().copied().filter(|&entity| known && is_in_office(board, entity)).collect();
        if let [only] = in_office[..] {
            return Some(only);
        }
        // "Biden" beside Hunter Biden is the one who everybody knows by the surname.
        let prominent: Vec<EntityIndex> =
            candidates.iter().copied().filter(|&entity| is_widely_known(board, entity)).collect();
        if let [only] = prominent[..] {
            return Some(only);
        }
        let here = board.document.span_of(board.names.all[number].tokens.clone()).start;
        let last = |entity: &EntityIndex| {
            board.drafts[*entity].mentions.iter().filter(|span| span.start < here).map(|span| span.end).max()
        };
        candidates.sort_by_key(|entity| std::cmp::Reverse(last(entity)));
        last(&candidates[0])?;
    }
    if let Some(&entity) = candidates.first() {
        return Some(entity);
    }
    // A title before a first word: "Foreign Minister Choi" of Choi Jong Kun; or a slip: "President Zelenskky".
    if context.titled {
        let similar: Vec<EntityIndex> = people
            .iter()
            .filter(|(entity, words)| {
                words.len() > 1 && words.first() == Some(word) && !is_known(board, *entity)
                    || words.last().is_some_and(|last| sounds_like(last, word)) && holds(board, *entity, context)
            })
            .filter(|(entity, _)| agrees(board, *entity, context))
            .map(|(entity, _)| *entity)
            .collect();
        if let Some(&entity) = similar.first()
            && similar.iter().all(|&other| other == entity)
        {
            return Some(entity);
        }
    }
    // First names: "Kamala", "Sheikh Mohammed" are whoever was named so in full, unless an office says otherwise.
    let mut first_names = people
        .iter()
        .filter(|(entity, words)| words.len() > 1 && words.first() == Some(word) && agrees(board, *entity, context))
        .map(|(entity, _)| *entity);
    let by_first = first_names.next().filter(|&entity| first_names.all(|other| other == entity));
    if by_first.is_some() && context.classes == 0 {
        return by_first;
    }
    let mut known = persons_in(&board.names.all[number].senses);
    if known.is_empty() {
        if follows_first_name(board, number) {
            return None;
        }
        known = board.actors.by_surname(word).to_vec();
    }
    let known: Vec<PersonIndex> = known.into_iter().filter(|&p| plausible(board, p, context)).collect();
    if let Some(person) = choose(board, &known, context) {
        return Some(board.person_entity(person));
    }
    if let Some(person) = transliterated(board, parts, context) {
        return Some(board.person_entity(person));
    }
    by_first.or_else(|| Some(board.local_entity(EntityKind::Person, &parts.written)))
}

/// Whether what looks like a first name, and is no day or month, stands right before: the model saw only part of a name.
fn follows_first_name(board: &Board<'_>, number: usize) -> bool {
    let document = board.document;
    let start = board.names.all[number].tokens.start;
    let Some(before) = start.checked_sub(1) else { return false };
    let word = fold(document.word(before)).to_lowercase();
    let word = word.trim_end_matches('.');
    let singular = word.strip_suffix('s').unwrap_or(word);
    document.token(before).sentence == document.token(start).sentence
        && document.token(before).upos == Upos::Propn
        && document.word(before).chars().next().is_some_and(char::is_uppercase)
        && board.names.at(before).is_none()
        && !DAYS.contains(&word)
        && !MONTHS.contains(&word)
        && !["honorifics", "office-heads", "office-portfolios", "office-abbreviations"]
            .iter()
            .any(|list| board.vocabulary.has(list, word) || board.vocabulary.has(list, singular))
}

/// Words with capitals, as the gazetteer spells names.
fn titled(words: &[String]) -> String {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    words.iter().map(capital).collect::<Vec<_>>().join(" ")
}

/// Whether an entity is a known person with an office at the article's date; where that is open, with one that no file ends.
fn is_in_office(board: &Board<'_>, entity: EntityIndex) -> bool {
    let Origin::Person(person) = board.origins[entity] else { return false };
    let mut offices = board.actors.person(person).offices.iter().filter(|office| office.from.is_some());
    offices.any(|office| board.date.map_or(office.until.is_none(), |date| office.held_on(date)))
}

/// Whether an entity is a known person of a high office, lately.
fn is_widely_known(board: &Board<'_>, entity: EntityIndex) -> bool {
    let (Origin::Person(person), Some(date)) = (board.origins[entity], board.date) else { return false };
    is_prominent(board.actors, board.vocabulary, person, date)
}

fn is_known(board: &Board<'_>, entity: EntityIndex) -> bool {
    matches!(board.origins[entity], Origin::Person(_))
}

/// Whether an entity is a known person with the office that the text gives.
fn holds(board: &Board<'_>, entity: EntityIndex, context: &Context) -> bool {
    match board.origins[entity] {
        Origin::Person(person) => context.classes != 0 && supported(board, person, context),
        _ => false,
    }
}

fn persons_in(senses: &[Sense]) -> Vec<PersonIndex> {
    senses.iter().filter_map(|sense| if let Sense::Person(person) = sense { Some(*person) } else { None }).collect()
}

/// Whether the text's gender does not speak against an entity.
fn agrees(board: &Board<'_>, entity: EntityIndex, context: &Context) -> bool {
    match (board.drafts[entity].gender, context.gender) {
        (Some(own), Some(said)) => own == said,
        _ => true,
    }
}

/// Whether a known person's offices are those that the text gives.
fn supported(board: &Board<'_>, person: PersonIndex, context: &Context) -> bool {
    board.actors.person(person).offices.iter().any(|office| {
        let near = board.date.is_none_or(|date| office.distance(date) <= 400);
        let class = office.classes & context.classes != 0;
        let owner = context.owners.is_empty()
            || context.owners.contains(&office.of)
            || board.actors.actor(office.of).country.is_some_and(|country| context.owners.contains(&country));
        near && class && owner
    })
}

/// Whether a surname alone may mean a known person: in office, or lately, and of a country that the text names.
fn plausible(board: &Board<'_>, person: PersonIndex, context: &Context) -> bool {
    let known = board.actors.person(person);
    if let (Some(own), Some(said)) = (known.gender, context.gender)
        && own != said
    {
        return false;
    }
    if context.titled && context.classes != 0 {
        return supported(board, person, context);
    }
    // Who led a state is in its news for longer than a minister.
    let reach = |office: &Office| if office.classes & class::TOP == 0 { 3 * 372 } else { LATELY };
    // Whoever leads a state or its diplomacy is in the news everywhere.
    let prominent = board.date.is_some_and(|date| is_prominent(board.actors, board.vocabulary, person, date));
    known.offices.iter().any(|office| {
        let near = board.date.is_none_or(|date| office.distance(date) <= reach(office));
        let country = board.actors.actor(office.of).country.unwrap_or(office.of);
        let named = board.country_counts.contains_key(&country)
            || board.home == Some(country)
            || board.actors.actor(office.of).kind != EntityKind::Country
                && board.drafts.iter().any(|d| d.id == board.actors.actor(office.of).id);
        let owner =
            context.owners.is_empty() || context.owners.contains(&office.of) || context.owners.contains(&country);
        near && (named || prominent) && owner
    })
}

/// What speaks for a person: the office of the text, its owner, leading a state today, being in the news, having led a state,
/// nearness in time.
type Rank = (bool, bool, bool, bool, bool, i64);

/// The one of several known persons that the text means; none if that is open.
fn choose(board: &Board<'_>, known: &[PersonIndex], context: &Context) -> Option<PersonIndex> {
    if let [only] = known {
        return Some(*only);
    }
    let mut best: Option<(PersonIndex, Rank)> = None;
    let mut tie = false;
    for &person in known {
        let offices = &board.actors.person(person).offices;
        let distance = match board.date {
            Some(date) => offices.iter().map(|office| office.distance(date)).min().unwrap_or(i64::MAX),
            None => 0,
        };
        let top = offices.iter().any(|office| {
            office.classes & class::TOP != 0
                && board.date.is_none_or(|date| office.distance(date) == 0)
                && board.actors.actor(office.of).kind == EntityKind::Country
        });
        let owner = offices.iter().any(|office| context.owners.contains(&office.of));
        // "Obama" after the term is the former president, not the spouse.
        let led = offices.iter().any(|office| {
            office.classes & class::TOP != 0
                && board.date.is_some_and(|date| office.distance(date) <= LATELY)
                && board.actors.actor(office.of).kind == EntityKind::Country
        });
        let prominent = board.date.is_some_and(|date| is_prominent(board.actors, board.vocabulary, person, date));
        let holds = context.classes != 0 && supported(board, person, context);
        let rank = (holds, owner, top, prominent, led, -distance);
        match &best {
            Some((_, other)) if *other > rank => {}
            Some((_, other)) if *other == rank => tie = true,
            _ => {
                best = Some((person, rank));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(person, _)| person)
}

/// A known holder of the office and country that the text gives, whose name is spelt nearly so.
fn transliterated(board: &Board<'_>, parts: &Parts, context: &Context) -> Option<PersonIndex> {
    if context.classes == 0 || context.owners.is_empty() {
        return None;
    }
    let last = parts.words.last()?;
    let mut found: Option<PersonIndex> = None;
    for &owner in &context.owners {
        for &person in board.actors.holders(owner) {
            let known = board.actors.person(person);
            let surname = fold(&known.surname);
            let surname = surname.rsplit(' ').next().unwrap_or(&surname);
            if supported(board, person, context) && sounds_like(surname, last) && found != Some(person) {
                if found.is_some() {
                    return None;
                }
                found = Some(person);
            }
        }
    }
    found
}
