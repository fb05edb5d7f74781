//! Everybody in one document: mentions in, entities with all their mentions out.
//!
//! "Zelensky", "the Ukrainian president" and "he" become one entity, linked to the actor files where it is known.
//! The event part asks with a token: whom does its phrase denote, which place is it, who says this?

use std::collections::BTreeSet;

use entente_model::{Article, EntityKind, Span};
use entente_nlp::Document;

use crate::actors::{Actors, Gender};
use crate::positions::{self, PositionMention};

mod attach;
mod author;
mod board;
mod bodies;
mod collectives;
mod company;
mod confronted;
mod descriptions;
mod discourse;
mod holders;
mod left_over;
mod nominals;
mod persons;
mod phrases;
mod places;
mod pronouns;
mod publisher;
mod roles;
mod senses;
mod settle;
mod short_names;
mod speakers;
mod spelling;
mod surroundings;
mod taken_up;
mod terms;

use board::Origin;

pub(crate) use attach::was;
pub(crate) use board::{Board, fold_name};
pub(crate) use persons::Attachments;
pub(crate) use roles::{known_title, title_in};

pub use crate::actors::local_id;

/// Number of an entity in its document.
pub type EntityIndex = usize;

/// What the document tells about an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityDraft {
    /// Wikidata item or slug with hash.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Whom a person or an organ stands for, or where a place lies.
    pub country: Option<EntityIndex>,
    /// Which pronouns refer to it, if known.
    pub gender: Option<Gender>,
    /// Whether it is several: "the two leaders".
    pub plural: bool,
    /// Forms that the text uses, but for the name itself; sorted.
    pub aliases: Vec<String>,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<Span>,
}

/// All entities of a document, and what each token's phrase denotes.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    drafts: Vec<EntityDraft>,
    /// By token: the actors that the phrase headed by it denotes.
    denoted: Vec<Vec<EntityIndex>>,
    /// By token: the place that the phrase denotes.
    places: Vec<Option<EntityIndex>>,
    /// By token: who says the quote or clause that it lies in.
    speakers: Vec<Option<EntityIndex>>,
    /// By token: the country of an adjective or possessive.
    nationalities: Vec<Option<EntityIndex>>,
    positions: Vec<PositionMention>,
    /// The years that a document without a day of publication can be of.
    years: Vec<i16>,
    publisher: Option<EntityIndex>,
    /// Whose voice the text itself is: who signs it, or the government that publishes it.
    voice: Option<EntityIndex>,
    /// By token: whether it stands in a quote or in a turn of somebody.
    quoted: Vec<bool>,
    /// By token: people without a name.
    collectives: Vec<Option<EntityIndex>>,
    /// Groups of states with each of their members that the document mentions.
    members: BTreeSet<(EntityIndex, EntityIndex)>,
}

impl Entities {
    /// Finds and merges everybody that the document mentions.
    pub fn resolve(document: &Document, article: &Article, actors: &Actors) -> Self {
        let mut board = Board::new(document, article, actors);
        let attachments = attach::attach(&board);
        persons::resolve(&mut board, &attachments);
        let (held, owners) = offices_held(&mut board, &attachments);
        let mut office_at = vec![None; document.tokens().len()];
        let mut holders = vec![Vec::new(); board.offices.len()];
        for office in 0..board.offices.len() {
            office_at[board.offices[office].head] = Some(office);
            if attachments.names_of[office].is_empty() && !board.offices[office].counterpart {
                let owner = owners.of_office[office].or_else(|| holders::papal(&mut board, office));
                holders[office] = holders::unnamed(&mut board, office, owner, &held);
            }
        }
        let speakers = speakers::find(&board);
        let context = phrases::Context {
            attachments: &attachments,
            holders: &holders,
            office_at: &office_at,
            speakers: &speakers,
            held: &held,
        };
        let denoted = phrases::denote_all(&mut board, &context);
        let count = document.tokens().len();
        let places = (0..count).map(|token| places::place_of(&mut board, token)).collect();
        let nationalities = (0..count).map(|token| places::nationality(&board, &denoted, token)).collect();
        let said_by = (0..count)
            .map(|token| {
                let speaker = speakers.quote[token].or(speakers.reported[token])?;
                denoted[speaker].first().copied()
            })
            .collect();
        let positions = positions::collect(&mut board, &attachments, &owners, &denoted, &holders);
        let years = terms::years(&board, &positions);
        let publisher = board.home_entity();
        let signed = speakers.author.and_then(|author| denoted[author].first().copied());
        let voice = signed.or(publisher).filter(|_| !board.joint);
        let members = board.memberships();
        let mut drafts = board.drafts;
        for draft in &mut drafts {
            draft.aliases.sort();
            draft.mentions.sort_unstable();
        }
        Self {
            drafts,
            denoted,
            places,
            speakers: said_by,
            nationalities,
            positions,
            years,
            publisher,
            voice,
            quoted: speakers.quoted,
            collectives: Vec::new(),
            members,
        }
    }

    /// The entity with this number.
    pub fn get(&self, entity: EntityIndex) -> &EntityDraft {
        &self.drafts[entity]
    }

    /// All entities, in order of first mention.
    pub fn all(&self) -> &[EntityDraft] {
        &self.drafts
    }

    /// Whom the noun phrase headed by this token denotes as actors, in text order; conjuncts are not included.
    ///
    /// Of a capital, this is the country. Empty where the phrase is no actor or not surely one.
    pub fn of_phrase(&self, token: usize) -> Vec<EntityIndex> {
        self.denoted.get(token).cloned().unwrap_or_default()
    }

    /// The place that the phrase headed by this token denotes: of a capital, the city.
    pub fn place_of(&self, token: usize) -> Option<EntityIndex> {
        self.places.get(token).copied().flatten()
    }

    /// Who says the quote or the reported clause that this token lies in.
    pub fn speaker_of(&self, token: usize) -> Option<EntityIndex> {
        self.speakers.get(token).copied().flatten()
    }

    /// Whose words the text is where nobody is quoted: who signs it, else the government that publishes it.
    pub(crate) fn voice_at(&self, token: usize) -> Option<EntityIndex> {
        self.voice.filter(|_| self.quoted.get(token) == Some(&false) && self.speaker_of(token).is_none())
    }

    /// The country of an adjective or a possessive: "Russian", "Moscow's".
    pub fn nationality(&self, token: usize) -> Option<EntityIndex> {
        self.nationalities.get(token).copied().flatten()
    }

    /// Whether a state is a member of a group of states.
    pub(crate) fn is_member(&self, member: EntityIndex, group: EntityIndex) -> bool {
        self.members.contains(&(group, member))
    }

    /// The country whose government publishes the article, where the text mentions it.
    pub fn publisher(&self) -> Option<EntityIndex> {
        self.publisher
    }

    /// The years that the document can be of, where it gives no day of publication; empty where they are open.
    pub(crate) fn years(&self) -> &[i16] {
        &self.years
    }

    /// Who holds which office, in text order; once a person and organisation.
    pub fn positions(&self) -> &[PositionMention] {
        &self.positions
    }
}

/// A person with the classes and the title of an office, and what it is an office of.
pub(crate) type Held = (EntityIndex, u32, String, Option<EntityIndex>);

/// What offices are offices of.
pub(crate) struct Owners {
    /// By office.
    pub(crate) of_office: Vec<Option<EntityIndex>>,
    /// By office: for each name beside it.
    pub(crate) of_names: Vec<Vec<Option<EntityIndex>>>,
}

/// Finds the owner of each office, and gives persons that no file knows their country.
fn offices_held(board: &mut Board<'_>, attachments: &Attachments) -> (Vec<Held>, Owners) {
    let count = board.offices.len();
    let mut owners = Owners { of_office: vec![None; count], of_names: vec![Vec::new(); count] };
    // What the text or the registry says, then what the same person's other titles say, then the surroundings.
    let mut said: Vec<(EntityIndex, EntityIndex)> = Vec::new();
    for office in 0..count {
        let names = &attachments.names_of[office];
        owners.of_office[office] = roles::named_owner(board, office, names.first().copied(), attachments);
        for (place, &name) in names.iter().enumerate() {
            let owner = roles::own_owner(board, office, place, names.len())
                .or_else(|| roles::named_owner(board, office, Some(name), attachments))
                .filter(|&owner| !roles::is_short_for_known(board, office, owner, board.of_name[name]));
            let today = board.of_name[name].zip(owner);
            let owner = today
                .and_then(|(person, said)| roles::owner_today(board, office, person, said))
                .or(owner)
                .or_else(|| board.of_name[name].and_then(|person| roles::known_owner(board, office, person)));
            owners.of_names[office].push(owner);
            if let (Some(person), Some(owner)) = (board.of_name[name], owner) {
                said.push((person, owner));
            }
        }
    }
    let mut held = Vec::new();
    for office in 0..count {
        for (place, &name) in attachments.names_of[office].iter().enumerate() {
            let Some(person) = board.of_name[name] else { continue };
            let mut owner = owners.of_names[office][place];
            if owner.is_none() && !board.offices[office].counterpart {
                owner = roles::chamber_of(board, office).or_else(|| surroundings::owner_of_counterpart(board, office));
                owner = owner.or_else(|| said.iter().find(|(other, _)| *other == person).map(|(_, owner)| *owner));
                owner = owner.or_else(|| match board.offices[office].possessor {
                    None => surroundings::owner_by_context(board, office, attachments.apart[office]),
                    Some(possessor) => surroundings::owner_by_pronoun(board, office, possessor),
                });
                owner = owner.or_else(|| roles::american(board, office));
                owner = owner.or_else(|| left_over::owner_left(board, office, name, attachments.apart[office]));
            }
            owners.of_names[office][place] = owner;
            owners.of_office[office] = owners.of_office[office].or(owner);
            let phrase = &board.offices[office];
            held.push((person, phrase.classes, phrase.title.clone(), owner));
            if board.drafts[person].country.is_none() && matches!(board.origins[person], Origin::Local) {
                board.drafts[person].country = owner.and_then(|owner| match board.drafts[owner].kind {
                    EntityKind::Country => Some(owner),
                    EntityKind::Person => None,
                    _ => board.drafts[owner].country.or(Some(owner)),
                });
            }
        }
    }
    surroundings::citizens(board);
    // Known persons whom the text gives no title hold their office all the same.
    let known: Vec<(EntityIndex, usize)> = board
        .origins
        .iter()
        .enumerate()
        .filter_map(|(entity, origin)| if let Origin::Person(person) = origin { Some((entity, *person)) } else { None })
        .collect();
    for (entity, person) in known {
        let Some(date) = board.date else { continue };
        for office in board.actors.person(person).offices.clone() {
            if office.held_on(date) {
                let of = board.bare_actor_entity(office.of);
                held.push((entity, office.classes, office.title.clone(), Some(of)));
            }
        }
    }
    (held, owners)
}

#[cfg(test)]
mod tests;
