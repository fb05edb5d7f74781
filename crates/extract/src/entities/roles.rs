//! Offices and what they are offices of: "the Ukrainian president" is a country's, "the NATO chief" an organisation's.
//!
//! In: offices, with or without a name. Out: the owner of each office.

use std::collections::BTreeMap;

use entente_model::EntityKind;
use entente_nlp::Upos;

use super::EntityIndex;
use super::board::{Board, Origin, fold_name};
use super::left_over::country_of_text;
use super::persons::Attachments;
use super::surroundings::main_country;
use crate::actors::ActorIndex;
use crate::mentions::{NameKind, OfficePhrase, class, is_armed_service};

/// "Secretary of State Warren Christopher": without a country the news means that of the United States.
pub(super) fn american(board: &mut Board<'_>, office: usize) -> Option<EntityIndex> {
    let states = board.actors.by_id("Q30")?;
    (board.offices[office].title == "secretary of state").then(|| board.bare_actor_entity(states))
}

/// What the text itself names as the owner of an office; the best last.
pub(crate) fn named_owner(
    board: &mut Board<'_>,
    office: usize,
    name: Option<usize>,
    attachments: &Attachments,
) -> Option<EntityIndex> {
    let phrase = board.offices[office].clone();
    let local = is_local_office(&phrase);
    let states = board.actors.by_id("Q30");
    if is_legislator(board, &phrase)
        && let Some(owner) =
            phrase.owners.last().copied().or_else(|| name.and_then(|name| attachments.name_owner.get(&name)).copied())
        && let Some(place) = board.place_of_name[owner]
        && board.drafts[place].kind == EntityKind::Place
        && states.is_some()
        && board.country_actor(place) == states
    {
        return states.map(|states| chamber(board, states, &phrase.title));
    }
    let mut best: Option<(u8, EntityIndex)> = None;
    for &owner in &phrase.owners {
        let place = board.place_of_name[owner];
        let actor = board.of_name[owner];
        let candidate = if local { place.or(actor) } else { actor.or(place) };
        let Some(entity) = candidate else { continue };
        // "president of the African nation"
        if board.vocabulary.has("regional-adjectives", &board.drafts[entity].name.to_lowercase()) {
            continue;
        }
        // "Ambassador at Large for Women": the title goes on.
        if board.drafts[entity].name.starts_with("Large for") {
            continue;
        }
        let kind = board.drafts[entity].kind;
        let rank = match kind {
            EntityKind::Organization | EntityKind::Group => 3,
            EntityKind::Country if !local => 2,
            EntityKind::Place if local => 3,
            EntityKind::Country | EntityKind::Place => 1,
            EntityKind::Person | EntityKind::Other => 0,
        };
        // "the governor of Washington" is that of the state, not of the capital.
        let of_state = phrase.title.ends_with("governor") && board.drafts[entity].name == "Washington, D.C.";
        let entity = if of_state { state_of_washington(board).unwrap_or(entity) } else { entity };
        if best.is_none_or(|(other, _)| rank > other) {
            best = Some((rank, entity));
        }
    }
    // "India's foreign ministry spokesperson": a ministry without a name is its country's.
    let behind = name.and_then(|name| attachments.name_owner.get(&name)).copied();
    let best = best.map(|(_, entity)| entity).or_else(|| body_in_title(board, &phrase));
    let best = best.or_else(|| {
        // "Member of Parliament": which one is told elsewhere.
        let text = fold_name(board.document.text_of(phrase.unnamed_owner.clone()?));
        (!is_legislator(board, &phrase) && text.len() > 2).then(|| board.local_entity(EntityKind::Organization, &text))
    });
    best.or_else(|| organization_behind(board, &phrase)).or_else(|| local_body(board, &phrase)).or_else(|| {
        let behind = behind?;
        if local {
            board.place_of_name[behind].or(board.of_name[behind])
        } else {
            board.of_name[behind].or(board.place_of_name[behind])
        }
    })
}

fn state_of_washington(board: &mut Board<'_>) -> Option<EntityIndex> {
    let state = board.actors.named("Washington State").next();
    state.map(|state| board.bare_actor_entity(state))
}

/// "the French and German ministers Adan and Noor": each has the country in the same place of the list.
pub(crate) fn own_owner(board: &Board<'_>, office: usize, place: usize, names: usize) -> Option<EntityIndex> {
    let phrase = &board.offices[office];
    let listed = phrase.plural && names > 1 && phrase.owners.len() == names;
    phrase.owners.get(place).filter(|_| listed).and_then(|&owner| board.of_name[owner])
}

/// "Council spokesperson": the one organisation of the text whose name ends so.
fn body_in_title(board: &Board<'_>, phrase: &OfficePhrase) -> Option<EntityIndex> {
    let document = board.document;
    let word = (phrase.tokens.start..phrase.head).find(|&token| {
        let capital = document.word(token).chars().next().is_some_and(char::is_uppercase);
        let word = document.word(token).to_lowercase();
        capital
            && document.token(token).upos == Upos::Propn
            && board.names.at(token).is_none()
            && matches!(
                word.as_str(),
                "council"
                    | "commission"
                    | "parliament"
                    | "ministry"
                    | "department"
                    | "agency"
                    | "bank"
                    | "committee"
                    | "assembly"
            )
    })?;
    let ending = format!(" {}", document.word(word));
    let mut bodies = (0..board.drafts.len())
        .filter(|&e| board.drafts[e].kind == EntityKind::Organization && board.drafts[e].name.ends_with(&ending));
    bodies.next().filter(|_| bodies.next().is_none())
}

/// "head of the local military administration": a body of the place that was named last.
fn local_body(board: &Board<'_>, phrase: &OfficePhrase) -> Option<EntityIndex> {
    let words = || phrase.title.split(' ');
    let local = words().any(|word| matches!(word, "local" | "regional" | "municipal" | "provincial" | "district"));
    let body = words().any(|word| {
        matches!(
            word,
            "administration" | "council" | "government" | "authority" | "authorities" | "department" | "police"
        )
    });
    if !local || !body || !phrase.owners.is_empty() {
        return None;
    }
    let sentence = board.document.token(phrase.head).sentence;
    let near = |name: &&(usize, EntityIndex)| {
        let token = board.names.all[name.0].tokens.start;
        token < phrase.tokens.start && board.document.token(token).sentence + 2 >= sentence
    };
    let places: Vec<(usize, EntityIndex)> =
        board.place_of_name.iter().enumerate().filter_map(|(name, place)| Some((name, (*place)?))).collect();
    let site = |entity: EntityIndex| board.drafts[entity].kind == EntityKind::Place;
    places.iter().filter(near).map(|&(_, place)| place).rfind(|&place| site(place))
}

/// "Marc Adan, President and CEO, National Urban League": the organisation behind the next comma.
fn organization_behind(board: &mut Board<'_>, phrase: &OfficePhrase) -> Option<EntityIndex> {
    let document = board.document;
    let end = document.sentence_of(phrase.head).tokens.end;
    let preceded = phrase.tokens.start.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    let comma = (phrase.tokens.end..end.min(phrase.tokens.end + 5)).find(|&t| document.word(t) == ",")?;
    let titles = (phrase.tokens.end..comma).all(|t| {
        let word = document.word(t).to_lowercase();
        matches!(word.as_str(), "and" | "&" | "ceo" | "-")
            || board.vocabulary.has("office-heads", &word)
            || board.vocabulary.has("office-portfolios", &word)
    });
    if !(preceded && titles) {
        return None;
    }
    let first = if document.word(comma + 1).eq_ignore_ascii_case("the") { comma + 2 } else { comma + 1 };
    let named = board.names.at(first).filter(|(_, name)| name.tokens.start == first);
    if let Some((number, name)) = named
        && name.kind == NameKind::Organization
        && (name.tokens.end >= end || document.token(name.tokens.end).upos == Upos::Punct)
    {
        return board.of_name[number];
    }
    // What fills the rest of the line in capitals is one too, though no model knows it: "National Workers Alliance".
    let line = (first..end).take_while(|&t| document.token(t).upos != Upos::Space).last()? + 1;
    let capital = |t: usize| document.word(t).chars().next().is_some_and(char::is_uppercase);
    let link =
        |t: usize| matches!(document.word(t), "of" | "for" | "and" | "the" | "&" | "-" | "’s" | "'s" | "’" | "'");
    let stranger =
        |t: usize| board.names.at(t).is_some_and(|(_, name)| matches!(name.kind, NameKind::Person | NameKind::Country));
    let whole = (first..line).all(|t| capital(t) || link(t)) && !(first..line).any(stranger);
    let body = (first..line).any(|t| {
        let lemma = document.word(t).to_lowercase();
        board.vocabulary.has("headed-nouns", &lemma)
            || matches!(lemma.as_str(), "center" | "centre" | "council" | "workers" | "teachers" | "inc" | "project")
    });
    let name = fold_name(document.text_of(first..line));
    (whole && body && line - first <= 8 && (2..60).contains(&name.len()))
        .then(|| board.local_entity(EntityKind::Organization, &name))
}

/// Mayors and governors belong to their city or region.
fn is_local_office(phrase: &OfficePhrase) -> bool {
    let head = phrase.title.split(' ').next().unwrap_or_default();
    let last = phrase.title.split(' ').next_back().unwrap_or_default();
    [head, last].iter().any(|word| matches!(*word, "mayor" | "governor" | "gov" | "sheriff" | "prefect"))
}

/// Whether a country is the natural owner of the office.
pub(crate) fn is_national(phrase: &OfficePhrase) -> bool {
    let words = || phrase.title.split(' ');
    phrase.classes & class::LEADER == 0 && phrase.classes & !(class::ORGANIZATION_HEAD | class::SPOKESPERSON) != 0
        || phrase.title.starts_with("government ")
        || is_of_a_service(&phrase.title)
        || words().any(|word| {
            matches!(
                word,
                "minister"
                    | "president"
                    | "premier"
                    | "chancellor"
                    | "secretary"
                    | "ambassador"
                    | "undersecretary"
                    | "taoiseach"
            )
        })
}

/// "army chief", "air force commander"
fn is_of_a_service(title: &str) -> bool {
    title
        .rsplit_once(' ')
        .is_some_and(|(service, head)| is_armed_service(service) && matches!(head, "chief" | "commander"))
}

/// What a known person's office of this title is an office of, at the article's date.
pub(crate) fn known_owner(board: &mut Board<'_>, office: usize, person: EntityIndex) -> Option<EntityIndex> {
    let Origin::Person(known) = board.origins[person] else { return None };
    let phrase = board.offices[office].clone();
    let date = board.date;
    let head = phrase.title.split(' ').next_back().unwrap_or_default().to_owned();
    let of = board
        .actors
        .person(known)
        .offices
        .iter()
        .filter(|held| {
            (held.classes & phrase.classes != 0)
                || held.title == phrase.title
                || held.title.split(' ').any(|word| word == head)
        })
        .min_by_key(|held| {
            // A president of the state and of a party is "President" as the former.
            let state = board.actors.actor(held.of).kind == EntityKind::Country;
            (date.map_or(0, |date| held.distance(date)), held.classes & phrase.classes == 0, !state)
        })
        .map(|held| held.of)?;
    Some(board.bare_actor_entity(of))
}

/// Whose office a known person holds on the day, where the text seems to say another country's: "in Male mocked PM Narendra Modi".
pub(crate) fn owner_today(
    board: &mut Board<'_>,
    office: usize,
    person: EntityIndex,
    said: EntityIndex,
) -> Option<EntityIndex> {
    let (Origin::Person(known), Some(date)) = (board.origins[person], board.date) else { return None };
    let classes = board.offices[office].classes;
    if board.drafts[said].kind != EntityKind::Country || classes == 0 {
        return None;
    }
    let states = || {
        let held = board.actors.person(known).offices.iter().filter(|held| held.from.is_some() && held.held_on(date));
        held.filter(|held| held.classes & classes == classes && board.actors.actor(held.of).kind == EntityKind::Country)
    };
    let of = states().map(|held| held.of).next()?;
    let agrees = states().any(|held| board.country_actor(said) == Some(held.of));
    (!agrees).then(|| board.bare_actor_entity(of))
}

/// "House Speaker": a body known to the text by one word, which is short for the one that the person's file names.
pub(crate) fn is_short_for_known(
    board: &mut Board<'_>,
    office: usize,
    owner: EntityIndex,
    person: Option<EntityIndex>,
) -> bool {
    let written = board.drafts[owner].name.clone();
    if board.is_known(owner) || written.contains(' ') {
        return false;
    }
    let known = person.and_then(|person| known_owner(board, office, person));
    known.is_some_and(|known| board.drafts[known].name.split(' ').any(|word| word == written))
}

/// Titles that an American government publisher gives without saying whose they are.
pub(super) fn is_american(phrase: &OfficePhrase) -> bool {
    let words: Vec<&str> = phrase.title.split(' ').collect();
    let joined = phrase.title.as_str();
    words.contains(&"secretary")
        && !words.contains(&"party")
        && !joined.starts_with("secretary for")
        && !joined.contains("secretary general")
        && !joined.contains("foreign secretary")
        && joined != "general secretary"
        || words.contains(&"undersecretary")
        || joined.contains("attorney general")
        || joined.contains("national security advis")
        || joined.contains("advisor")
        || joined.contains("press secretary")
        || joined.contains("special envoy")
        || joined.contains("special presidential envoy")
        || joined.contains("special representative")
        || joined.contains("administrator")
        || joined.contains("trade representative")
        || joined.contains("assistant to the president")
}

/// "Sen.", "Representative", alone or with "US" before it.
fn is_legislator(board: &Board<'_>, phrase: &OfficePhrase) -> bool {
    if matches!(phrase.title.as_str(), "member of parliament" | "member of congress") {
        return true;
    }
    let mut words = phrase.title.rsplit(' ');
    let title = words.next().unwrap_or_default();
    board.vocabulary.has("legislator-titles", title)
        && words.all(|word| {
            matches!(
                word,
                "republican"
                    | "democratic"
                    | "independent"
                    | "gop"
                    | "first"
                    | "senior"
                    | "junior"
                    | "conservative"
                    | "labour"
                    | "liberal"
                    | "opposition"
                    | "ruling"
                    | "party"
                    | "tory"
                    | "green"
                    | "backbench"
            )
        })
}

/// The chamber of a member of the legislature whose title names no country.
pub(crate) fn chamber_of(board: &mut Board<'_>, office: usize) -> Option<EntityIndex> {
    let phrase = board.offices[office].clone();
    if !phrase.owners.is_empty() || !is_legislator(board, &phrase) {
        return None;
    }
    let last = phrase.title.rsplit(' ').next().unwrap_or_default();
    if last == "mep" {
        let parliament = board.actors.named("European Parliament").next();
        return parliament.map(|parliament| board.bare_actor_entity(parliament));
    }
    // Nobody is a member of parliament of the United States.
    if matches!(last, "mp" | "parliament") {
        let country = main_country(board).or_else(|| country_of_text(board, &phrase))?;
        return (board.actors.by_id("Q30") != Some(country)).then(|| board.bare_actor_entity(country));
    }
    let party = party_of_the_states(board, &phrase);
    legislature(board, &phrase.title, party)
}

/// "Rep. Adan, R-Ohio", "Senator Noor, a Democrat": whoever is of a party of the United States.
fn party_of_the_states(board: &Board<'_>, phrase: &OfficePhrase) -> bool {
    let end = board.document.sentence_of(phrase.head).tokens.end;
    let behind = |token: usize| {
        let word = board.document.word(token);
        matches!(word, "R" | "D" | "Republican" | "Democrat") || word.starts_with("R-") || word.starts_with("D-")
    };
    (phrase.tokens.end..end.min(phrase.tokens.end + 8)).any(behind)
        || matches!(phrase.title.split(' ').next(), Some("republican" | "democratic" | "gop"))
}

/// The chamber of a "Senator" or "Representative" of the United States.
fn legislature(board: &mut Board<'_>, title: &str, party: bool) -> Option<EntityIndex> {
    let states = board.actors.by_id("Q30")?;
    // Countries, cities and organisations of each country that the text names.
    let mut weights: BTreeMap<ActorIndex, usize> = BTreeMap::new();
    for number in 0..board.names.all.len() {
        let entity = board.of_name[number].or(board.place_of_name[number]);
        if let Some(country) = entity.and_then(|entity| board.country_actor(entity)) {
            *weights.entry(country).or_default() += 1;
        }
    }
    let american = weights.get(&states).copied().unwrap_or(0);
    let most = weights.values().copied().max().unwrap_or(0);
    if board.home == Some(states) || american > 0 && american == most || party {
        return Some(chamber(board, states, title));
    }
    // Elsewhere a lawmaker without a country is one of the country that the text is about.
    main_country(board).filter(|&country| country != states).map(|country| board.bare_actor_entity(country))
}

fn chamber(board: &mut Board<'_>, states: ActorIndex, title: &str) -> EntityIndex {
    let id = if title.rsplit(' ').next().is_some_and(|word| word.starts_with("sen")) { "Q66096" } else { "Q11701" };
    let chamber = board.actors.by_id(id).unwrap_or(states);
    board.bare_actor_entity(chamber)
}

/// The title of the office that a known person holds of an actor at the article's date.
pub(crate) fn title_in(board: &Board<'_>, person: EntityIndex, of: EntityIndex) -> Option<String> {
    let (Origin::Person(known), Origin::Actor(actor)) = (board.origins[person], board.origins[of]) else { return None };
    let date = board.date?;
    let offices = &board.actors.person(known).offices;
    offices
        .iter()
        .find(|office| office.of == actor && office.from.is_some() && office.held_on(date))
        .map(|office| office.title.clone())
}

/// The title of a known person's office at the article's date.
pub(crate) fn known_title(board: &Board<'_>, person: EntityIndex) -> Option<String> {
    let Origin::Person(known) = board.origins[person] else { return None };
    board.main_office(known).map(|office| board.actors.person(known).offices[office].title.clone())
}
