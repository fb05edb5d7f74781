//! Whose the office of a stranger is, where neither the title nor the sentence says it: that of the country or the place that the
//! text is about.
//!
//! In: an office beside the name of somebody whom no file knows. Out: its owner, unless somebody else holds that office there.
//! "Solicitor General Adan" of a text about Manila is one of the Philippines, "Governor Noor" below "In Ohio," is Ohio's.

use std::collections::BTreeMap;

use entente_model::EntityKind;

use super::board::{Board, Origin};
use super::roles::{is_american, is_national};
use super::{EntityIndex, holders};
use crate::actors::ActorIndex;
use crate::mentions::{Determiner, NameKind, OfficePhrase, is_armed_service, same_title};
use crate::positions::Status;

/// Titles that only one state gives.
const OF_ONE_STATE: [(&str, &str); 9] = [
    ("chancellor of exchequer", "United Kingdom"),
    ("chancellor of the exchequer", "United Kingdom"),
    ("chief cabinet secretary", "Japan"),
    ("external affairs minister", "India"),
    ("state councillor", "China"),
    ("state councilor", "China"),
    ("tánaiste", "Ireland"),
    ("taoiseach", "Ireland"),
    ("unification minister", "South Korea"),
];

/// Sentences of the longest statement of a government that is about one country.
const LONGEST: usize = 60;

/// What an office is an office of by what is left over: a title of one state, "in Italy, where Minister Adan", the text's country.
pub(super) fn owner_left(board: &mut Board<'_>, office: usize, name: usize, apart: bool) -> Option<EntityIndex> {
    let phrase = board.offices[office].clone();
    let person = board.of_name[name]?;
    let stranger = matches!(board.origins[person], Origin::Local);
    let free = phrase.owners.is_empty()
        && phrase.unnamed_owner.is_none()
        && phrase.possessor.is_none()
        && !phrase.counterpart
        && !phrase.plural
        && (board.home.is_none() || is_foreign(&phrase.title));
    // "the mayor of Esperanza": the text says whose, in words that nothing knows.
    let told = phrase.tokens.end < board.document.sentence_of(phrase.head).tokens.end
        && matches!(board.document.word(phrase.tokens.end), "of" | "for" | "in" | "at");
    let government = phrase.title.starts_with("government ");
    let determined = match phrase.determiner {
        Determiner::Definite => true,
        Determiner::None => !apart || government,
        Determiner::Indefinite => government,
    };
    if !(free && determined) || told {
        return None;
    }
    if let Some(&(_, state)) = OF_ONE_STATE.iter().find(|(title, _)| *title == phrase.title) {
        let state = board.actors.country_named(state)?;
        return Some(board.bare_actor_entity(state));
    }
    if !stranger {
        // Whom the files know in another office is of the same state in this one.
        let country = board.country_actor(person).filter(|_| is_of_a_state(&phrase) && !phrase.job)?;
        return Some(board.bare_actor_entity(country));
    }
    if is_of_a_place(&phrase) {
        return place_near(board, &phrase);
    }
    if !is_of_a_state(&phrase) || phrase.job && !government {
        return None;
    }
    let country = where_clause(board, &phrase).or_else(|| country_of_text(board, &phrase))?;
    let taken = held_by_another(board, &phrase, country, person);
    (!taken && has_such_a_title(board, &phrase, country)).then(|| board.bare_actor_entity(country))
}

/// What a government that publishes calls only those of others: it has secretaries itself, or names its own.
fn is_foreign(title: &str) -> bool {
    title.split(' ').any(|word| word == "minister") || matches!(title, "president" | "premier" | "chancellor")
}

/// Mayors, governors and prefects are those of a town or a region.
fn is_of_a_place(phrase: &OfficePhrase) -> bool {
    let last = phrase.title.rsplit(' ').next().unwrap_or_default();
    let bank = phrase.title.split(' ').any(|word| matches!(word, "bank" | "central" | "reserve"));
    matches!(last, "mayor" | "governor" | "gov" | "prefect" | "sheriff") && !bank
}

/// Whether an office is one of a state by its title.
fn is_of_a_state(phrase: &OfficePhrase) -> bool {
    let title = phrase.title.as_str();
    let words = || title.split(' ');
    // A party, a company, a union and a club have presidents and secretaries too.
    let private = words().any(|word| {
        matches!(word, "party" | "union" | "club" | "company" | "senior" | "executive" | "chief" | "board" | "group")
    }) && !is_of_a_service(title);
    let secretary = title.ends_with("secretary general") || title.contains("general secretary");
    let ambassador = words().any(|word| matches!(word, "ambassador" | "amb" | "consul" | "envoy" | "charge"));
    if title == "chief justice" || title == "chief prosecutor" || title == "chief cabinet secretary" {
        return true;
    }
    // An assistant secretary is one of the United States; a president of a court is none of the state.
    let other = is_american(phrase) && title.contains("secretary") || title.contains(" of court");
    if private || secretary || ambassador || other {
        return false;
    }
    is_national(phrase) && !matches!(title, "secretary" | "vice president" | "speaker")
        || is_of_a_service(title)
        || title == "opposition leader"
        || title.starts_with("presidential ")
        || title.starts_with("government ")
        || title.ends_with("ombudsman")
        || ["attorney general", "solicitor general", "auditor general", "prosecutor general"]
            .iter()
            .any(|office| title.ends_with(office))
        || matches!(title, "king" | "queen" | "crown prince" | "emir" | "sultan")
            && phrase.determiner == Determiner::Definite
}

/// "police chief", "army spokesman", "coast guard commandant"
fn is_of_a_service(title: &str) -> bool {
    title.rsplit_once(' ').is_some_and(|(service, head)| {
        let known =
            is_armed_service(service) || matches!(service, "military" | "coast guard" | "police" | "national police");
        known && matches!(head, "chief" | "commander" | "commandant" | "spokesman" | "spokeswoman" | "spokesperson")
    })
}

/// "in Italy, where Agriculture Minister Adan"
fn where_clause(board: &Board<'_>, phrase: &OfficePhrase) -> Option<ActorIndex> {
    let document = board.document;
    let adverb = phrase.tokens.start.checked_sub(1).filter(|&token| document.word(token) == "where")?;
    let mut before = adverb.checked_sub(1)?;
    if document.word(before) == "," {
        before = before.checked_sub(1)?;
    }
    country_at(board, before)
}

fn country_at(board: &Board<'_>, token: usize) -> Option<ActorIndex> {
    let (number, _) = board.names.innermost(token)?;
    let entity = board.of_name[number].filter(|&entity| board.drafts[entity].kind == EntityKind::Country)?;
    board.country_actor(entity)
}

/// The country that the text names most, if nothing before the title in its sentence speaks of another one.
pub(super) fn country_of_text(board: &Board<'_>, phrase: &OfficePhrase) -> Option<ActorIndex> {
    // Who publishes is a side in every text.
    let other = |country: &ActorIndex| board.home != Some(*country);
    let mut counts: Vec<(usize, ActorIndex)> = board
        .country_counts
        .iter()
        .filter(|(country, _)| other(country))
        .map(|(&country, &count)| (count, country))
        .collect();
    counts.sort_unstable_by(|one, other| other.cmp(one));
    let &(count, country) = counts.first()?;
    let second = counts.get(1).map_or(0, |&(count, _)| count);
    let mut named = (0..board.document.tokens().len()).filter_map(|token| country_at(board, token)).filter(other);
    let first = named.next()?;
    let enough = if board.home.is_some() { 2 } else { 3 };
    if count < enough || !(count >= 2 * second || first == country && count > second) {
        return None;
    }
    // A briefing of a government speaks of many: its country of the hour is named right before.
    let number = board.document.token(phrase.head).sentence;
    let start = board.document.sentences()[number.saturating_sub(2)].tokens.start;
    let near = (start..phrase.head).any(|token| country_at(board, token) == Some(country));
    if board.home.is_some() && !(near && board.document.sentences().len() <= LONGEST) {
        return None;
    }
    let sentence = board.document.sentence_of(phrase.head).tokens.clone();
    let others = |token: usize| country_at(board, token).filter(other).is_some_and(|other| other != country);
    // Behind what is quoted or reported stands who says it.
    let behind_words = phrase.tokens.start.checked_sub(1).is_some_and(|before| {
        matches!(board.document.word(before), "," | "\"" | "”" | "''" | "’" | "'")
            || matches!(board.document.lemma(before), "say" | "add" | "tell" | "warn" | "explain")
    });
    let said = (sentence.start..phrase.tokens.start).any(others);
    (!said || behind_words).then_some(country)
}

/// Whether the files or the text know somebody else in that office.
fn held_by_another(board: &Board<'_>, phrase: &OfficePhrase, country: ActorIndex, person: EntityIndex) -> bool {
    if phrase.status != Status::Held {
        return false;
    }
    let known = phrase.classes != 0 && holders::holder_of(board, phrase.classes, country).is_some();
    let named = (0..board.drafts.len()).any(|other| {
        let Origin::Person(other_person) = board.origins[other] else { return false };
        other != person
            && board.country_actor(other) == Some(country)
            && board.vocabulary.has("office-of-one", &phrase.title)
            && board.actors.person(other_person).offices.iter().any(|office| {
                office.of == country
                    && same_title(&office.title, &phrase.title)
                    && board.date.is_none_or(|date| office.held_on(date))
            })
    });
    known || named
}

/// A state whose files know neither a president nor a prime minister of that title has none.
fn has_such_a_title(board: &Board<'_>, phrase: &OfficePhrase, country: ActorIndex) -> bool {
    let head = phrase.title.as_str();
    if !matches!(head, "president" | "prime minister" | "premier" | "chancellor" | "vice president" | "king" | "queen")
    {
        return true;
    }
    let holders = board.actors.holders(country);
    holders.is_empty()
        || head == "king"
        || holders.iter().any(|&holder| {
            board
                .actors
                .person(holder)
                .offices
                .iter()
                .any(|office| office.of == country && same_title(&office.title, head))
        })
}

/// The one town or region that the sentence names, or else the sentence before.
fn place_near(board: &Board<'_>, phrase: &OfficePhrase) -> Option<EntityIndex> {
    let document = board.document;
    let sentence = document.token(phrase.head).sentence;
    let region = |entity: EntityIndex| {
        let name = board.drafts[entity].name.to_lowercase();
        ["oblast", "region", "province", "state", "county"].iter().any(|word| name.ends_with(word))
    };
    let town = phrase.title.ends_with("mayor");
    for nearby in [Some(sentence), sentence.checked_sub(1)].into_iter().flatten() {
        let mut places: Vec<EntityIndex> = (0..board.names.all.len())
            .filter(|&number| {
                let name = &board.names.all[number];
                document.token(name.tokens.start).sentence == nearby
                    && matches!(name.kind, NameKind::Place)
                    && !phrase.tokens.contains(&name.tokens.start)
            })
            .filter_map(|number| board.place_of_name[number])
            .filter(|&entity| board.drafts[entity].kind == EntityKind::Place && board.is_known(entity))
            .collect();
        places.sort_unstable();
        places.dedup();
        if places.len() > 1 {
            places.retain(|&entity| region(entity) != town);
        }
        match places[..] {
            [only] if !(town && region(only)) => return Some(only),
            [] => {}
            _ => return None,
        }
    }
    town.then(|| town_of_text(board)).flatten()
}

/// The place that the text names by far the most: whose mayor a local paper means.
fn town_of_text(board: &Board<'_>) -> Option<EntityIndex> {
    let mut counts: BTreeMap<EntityIndex, usize> = BTreeMap::new();
    for (number, name) in board.names.all.iter().enumerate() {
        if let Some(place) = board.place_of_name[number].filter(|_| name.kind == NameKind::Place) {
            *counts.entry(place).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, EntityIndex)> = counts.into_iter().map(|(place, count)| (count, place)).collect();
    ranked.sort_unstable_by(|one, other| other.cmp(one));
    let &(count, place) = ranked.first()?;
    let second = ranked.get(1).map_or(0, |&(count, _)| count);
    (count >= 3 && count >= 2 * second && board.drafts[place].kind == EntityKind::Place).then_some(place)
}
