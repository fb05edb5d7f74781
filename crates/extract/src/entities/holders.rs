//! Who holds an office that stands without a name: "the Turkish president", "the presidents of Chile and Peru", "the pontiff".
//!
//! In: offices with their owners, and who holds which by the text. Out: whoever the text names so, else the one known holder at
//! the article's date, else the country that the office stands for; nobody for the leader of an opposition.

use entente_model::EntityKind;
use entente_nlp::{Deprel, Tag};

use super::board::{Board, Origin};
use super::{EntityIndex, Held};
use crate::actors::{ActorIndex, Gender, Office, PersonIndex, Sense};
use crate::mentions::{Classes, Determiner, OfficePhrase, class, same_title};

/// The known holder of an office at the article's date, if there is one and only one.
pub(crate) fn holder(board: &Board<'_>, phrase: &OfficePhrase, owner: ActorIndex) -> Option<PersonIndex> {
    // Who leads an army that rules is told by the text alone.
    if phrase.title.split(' ').any(|word| matches!(word, "military" | "junta")) {
        return None;
    }
    // Of two at the top, the president of Iran is the one with just this title.
    let titled = board.vocabulary.has("office-of-one", &phrase.title);
    let same = |office: &Office| titled && same_title(&office.title, &phrase.title);
    let found = in_office(board, owner, same).or_else(|| holder_of(board, phrase.classes, owner))?;
    fits_title(board, found, &phrase.title).then_some(found)
}

/// The known holder of an office of one of these classes.
pub(crate) fn holder_of(board: &Board<'_>, classes: Classes, owner: ActorIndex) -> Option<PersonIndex> {
    // Of spokespeople and ambassadors there are many at a time.
    let classes = classes & !(class::SPOKESPERSON | class::AMBASSADOR);
    // "the president" is not any head of something, where it may be the head of state.
    let exact = classes & !class::ORGANIZATION_HEAD;
    let of_state = board.actors.actor(owner).kind == EntityKind::Country;
    let classes = match exact {
        // "the governor of the territory": nobody is that of a whole state.
        0 if of_state => return None,
        0 => classes,
        _ if classes & class::LEADER != 0 && of_state => led_by(board, owner),
        // "the NATO chief": whoever heads the organisation.
        _ if classes & class::LEADER != 0 => classes,
        _ => exact,
    };
    in_office(board, owner, |office| office.classes & classes != 0)
}

/// The one person who holds an office of an actor, of those that fit, at the article's date.
fn in_office(board: &Board<'_>, owner: ActorIndex, fits: impl Fn(&Office) -> bool) -> Option<PersonIndex> {
    let date = board.date?;
    let mut found = board.actors.holders(owner).iter().copied().filter(|&person| {
        let offices = &board.actors.person(person).offices;
        offices.iter().any(|office| office.of == owner && fits(office) && office.from.is_some() && office.held_on(date))
    });
    found.next().filter(|_| found.next().is_none())
}

/// Which of the two at the top the news calls the leader of a country; both where that is open.
fn led_by(board: &Board<'_>, country: ActorIndex) -> Classes {
    let name = board.actors.actor(country).name.to_lowercase();
    if board.vocabulary.has("led-by-head-of-state", &name) {
        class::HEAD_OF_STATE
    } else if board.vocabulary.has("led-by-head-of-government", &name) {
        class::HEAD_OF_GOVERNMENT
    } else {
        class::TOP
    }
}

/// "the pontiff", "the Pope": an office that there is only one of.
pub(crate) fn papal(board: &mut Board<'_>, office: usize) -> Option<EntityIndex> {
    let vatican = board.actors.by_id("Q237")?;
    matches!(board.offices[office].title.as_str(), "pope" | "pontiff").then(|| board.bare_actor_entity(vatican))
}

/// Whether a person can have a title: "the queen" is no king.
fn fits_title(board: &Board<'_>, person: PersonIndex, title: &str) -> bool {
    let head = title.rsplit(' ').next().unwrap_or_default();
    match board.actors.person(person).gender {
        Some(Gender::Male) => !board.vocabulary.has("honorifics-female", head),
        Some(Gender::Female) => !board.vocabulary.has("honorifics-male", head),
        None => true,
    }
}

/// "**the** Vice President and Prime Minister agreed": the second office has the article of the first.
pub(super) fn shares_article(board: &Board<'_>, phrase: &OfficePhrase) -> bool {
    let joined = phrase.tokens.start.checked_sub(1).filter(|&and| board.document.word(and) == "and");
    phrase.determiner == Determiner::None
        && joined.is_some_and(|and| {
            board.offices.iter().any(|first| first.tokens.end == and && first.determiner == Determiner::Definite)
        })
}

/// Whom an office without a name stands for: somebody named in the document, the known holder, else its country.
pub(crate) fn unnamed(
    board: &mut Board<'_>,
    office: usize,
    owner: Option<EntityIndex>,
    offices_of_person: &[Held],
) -> Vec<EntityIndex> {
    let phrase = board.offices[office].clone();
    let held = phrase.status == crate::positions::Status::Held || phrase.status == crate::positions::Status::Acting;
    let Some(owner) = owner else { return Vec::new() };
    let definite = phrase.determiner == Determiner::Definite
        || shares_article(board, &phrase)
        || (phrase.determiner == Determiner::None
            && phrase.owners.iter().any(|&owner| board.names.all[owner].tokens.start < phrase.head));
    if held && definite && !phrase.plural && !phrase.job && !is_ranked(board, &phrase) {
        let mut named: Vec<EntityIndex> = offices_of_person
            .iter()
            .filter(|(_, classes, title, of)| {
                *of == Some(owner) && ((*classes & phrase.classes != 0) || *title == phrase.title)
            })
            .map(|(person, ..)| *person)
            .collect();
        named.sort_unstable();
        named.dedup();
        if let [person] = named[..] {
            return vec![person];
        }
        // Who acts for the holder is somebody else.
        if let Origin::Actor(actor) = board.origins[owner]
            && phrase.status == crate::positions::Status::Held
            && !owner_goes_on(board, &phrase)
            && let Some(person) = holder(board, &phrase, actor)
        {
            return vec![board.person_entity(person)];
        }
    }
    let of_state = board.drafts[owner].kind == EntityKind::Country;
    if !held || of_state && is_against_the_state(&phrase.title) {
        return Vec::new();
    }
    if phrase.plural && !phrase.job {
        let several = of_several(board, &phrase);
        if !several.is_empty() {
            return several;
        }
    }
    // "French and UK chiefs of staff", "a senior American official": the countries they stand for.
    let mut sides: Vec<EntityIndex> = phrase
        .owners
        .iter()
        .filter_map(|&name| {
            let next = board.names.all[name].tokens.end;
            let joined = next < board.document.tokens().len() && board.document.lemma(next) == "and";
            let fits =
                |&entity: &EntityIndex| joined || entity == owner || board.drafts[entity].kind == EntityKind::Country;
            board.of_name[name].filter(fits)
        })
        .collect();
    if sides.is_empty() {
        sides.push(owner);
    }
    sides.dedup();
    sides.retain(|&entity| {
        matches!(board.drafts[entity].kind, EntityKind::Country | EntityKind::Organization | EntityKind::Group)
    });
    sides
}

/// "the last Turkish president to visit X": one of a row, who need not be the one of today.
fn is_ranked(board: &Board<'_>, phrase: &OfficePhrase) -> bool {
    let document = board.document;
    let ranks = |&word: &usize| board.vocabulary.has("ranking-words", &document.word(word).to_lowercase());
    phrase.tokens.clone().chain(document.children(phrase.head)).any(|word| word < phrase.head && ranks(&word))
}

/// "the leader of Cuba's military": the title is one of an army, or of what the name behind it possesses.
fn owner_goes_on(board: &Board<'_>, phrase: &OfficePhrase) -> bool {
    let end = board.document.tokens().len().min(phrase.tokens.end + 1);
    let possessive = (phrase.head + 1..end).any(|token| board.document.token(token).tag == Tag::Pos);
    let organ = phrase.owners.iter().any(|&owner| {
        board.names.all[owner].tokens.len() > 1
            && board.names.all[owner].senses.iter().any(|sense| match *sense {
                Sense::Actor(actor) => board.actors.actor(actor).class.as_deref() == Some("military"),
                _ => false,
            })
    });
    possessive || organ
}

/// "the opposition leader", "a rebel commander": who leads others than the state does not stand for it.
pub(crate) fn is_against_the_state(title: &str) -> bool {
    title.split(' ').any(|word| {
        matches!(
            word,
            "opposition"
                | "rebel"
                | "separatist"
                | "union"
                | "business"
                | "church"
                | "community"
                | "gang"
                | "party"
                | "protest"
                | "religious"
                | "spiritual"
                | "student"
                | "tribal"
        )
    })
}

/// "the presidents of Chile and Peru": the holder for each country where all are known, else the countries.
fn of_several(board: &mut Board<'_>, phrase: &OfficePhrase) -> Vec<EntityIndex> {
    let document = board.document;
    // "the Baltic leaders' summit": not they, but what is theirs.
    if matches!(document.token(phrase.head).deprel, Deprel::Compound | Deprel::Poss | Deprel::Nmod) {
        return Vec::new();
    }
    let mut owners = phrase.owners.clone();
    let mut next = owners.last().map(|&name| board.names.all[name].tokens.end - 1);
    while let Some(token) = next {
        next = document.children_by(token, Deprel::Conj).next();
        if let Some((name, _)) = next.and_then(|token| board.names.at(token))
            && next.is_some_and(|token| token >= phrase.tokens.end)
        {
            owners.push(name);
        }
    }
    let countries: Vec<ActorIndex> = owners
        .iter()
        .filter_map(|&name| {
            let country = board.of_name[name].filter(|&entity| board.drafts[entity].kind == EntityKind::Country)?;
            board.country_actor(country)
        })
        .collect();
    if countries.len() < 2 || countries.len() != owners.len() {
        return Vec::new();
    }
    // "Serbian and Kosovar leaders" may be any of them.
    if phrase.title == "leader" && phrase.determiner != Determiner::Definite {
        return countries.into_iter().map(|country| board.bare_actor_entity(country)).collect();
    }
    let people: Vec<PersonIndex> = countries.iter().filter_map(|&country| holder(board, phrase, country)).collect();
    if people.len() == countries.len() {
        return people.into_iter().map(|person| board.person_entity(person)).collect();
    }
    countries.into_iter().map(|country| board.bare_actor_entity(country)).collect()
}
