//! Who holds which office: entities in, one position for each person and organisation out.
//!
//! "French President Emmanuel Macron" gives Emmanuel Macron, France, "president", held.

use std::ops::Range;

mod verbs;

use entente_model::EntityKind;
use entente_nlp::{Document, Tag};

use crate::entities::{Attachments, Board, Entities, EntityIndex, Owners, known_title, title_in, was};

/// How the text says that a person stands to an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Holds it.
    Held,
    /// Held it: "former", "then", "ex-".
    Former,
    /// Stands in: "acting", "interim".
    Acting,
    /// Will hold it: "president-elect", "designate", "nominee".
    Designate,
    /// Holds it in their own words only: "self-proclaimed".
    Claimed,
}

/// An office that the text gives a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionMention {
    /// Who.
    pub person: EntityIndex,
    /// The country, body or organisation that it is an office of.
    pub organization: EntityIndex,
    /// Lower case, without the country: "minister of defense".
    pub title: String,
    /// Held, former, acting, designate, claimed.
    pub status: Status,
    /// The words of the office; the first noun of the title is the trigger.
    pub tokens: Range<usize>,
    /// The noun that names the office: "minister".
    pub trigger: usize,
}

/// Who holds which office in a document, in text order; once a person and organisation.
pub fn find(_document: &Document, entities: &Entities) -> Vec<PositionMention> {
    entities.positions().to_vec()
}

/// Collects the offices that stand beside names, once a person and organisation.
pub(crate) fn collect(
    board: &mut Board<'_>,
    attachments: &Attachments,
    owners: &Owners,
    denoted: &[Vec<EntityIndex>],
    holders: &[Vec<EntityIndex>],
) -> Vec<PositionMention> {
    let mut positions: Vec<PositionMention> = Vec::new();
    for office in 0..board.offices.len() {
        for (place, &name) in attachments.names_of[office].iter().enumerate() {
            let Some(person) = board.of_name[name] else { continue };
            let owner = owners.of_names[office][place];
            let Some(mut position) = position(board, attachments, denoted, office, owner, person) else { continue };
            if position.status == Status::Held && is_past(board, attachments, office, name) {
                position.status = Status::Former;
            }
            let known =
                positions.iter_mut().find(|p| p.person == position.person && p.organization == position.organization);
            match known {
                // An office that is held outranks one that was or will be.
                Some(known) if known.status != Status::Held && position.status == Status::Held => *known = position,
                Some(_) => {}
                None => positions.push(position),
            }
        }
    }
    from_country(board, attachments, &mut positions);
    from_title(board, owners, holders, &mut positions);
    verbs::find(board, attachments, owners, denoted, &mut positions);
    positions.sort_by_key(|position| (position.trigger, position.person));
    positions
}

/// Whether an office that the words give without a "former" lies in the past all the same.
fn is_past(board: &Board<'_>, attachments: &Attachments, office: usize, name: usize) -> bool {
    let phrase = &board.offices[office];
    let before = phrase.tokens.start.checked_sub(1).map(|token| board.document.word(token).to_lowercase());
    // "formerly the director", "former governor and senator Adan"
    let adverb = before.as_deref().is_some_and(|word| matches!(word, "formerly" | "previously" | "once"));
    let joined = before.as_deref() == Some("and")
        && attachments.offices_of[name].iter().any(|&other| {
            other != office
                && board.offices[other].status == Status::Former
                && board.offices[other].tokens.end + 1 == phrase.tokens.start
        });
    adverb || joined || was(board, phrase)
}

/// "Admiral Antony Radakin from the UK": a known holder of an office of the country that the text gives.
fn from_country(board: &mut Board<'_>, attachments: &Attachments, positions: &mut Vec<PositionMention>) {
    let mut behind: Vec<(usize, usize)> = attachments.name_owner.iter().map(|(&name, &owner)| (name, owner)).collect();
    behind.sort_unstable();
    for (name, owner) in behind {
        let (Some(person), Some(organization)) = (board.of_name[name], board.of_name[owner]) else { continue };
        let known = positions.iter().any(|p| p.person == person && p.organization == organization);
        if known || attachments.offices_of[name].iter().any(|&office| !board.offices[office].job) {
            continue;
        }
        let Some(title) = title_in(board, person, organization) else { continue };
        let tokens = board.names.all[name].tokens.clone();
        let trigger = tokens.end - 1;
        positions.push(PositionMention { person, organization, title, status: Status::Held, tokens, trigger });
    }
}

/// "the Russian president" of somebody whom the text names elsewhere without a title.
fn from_title(board: &Board<'_>, owners: &Owners, holders: &[Vec<EntityIndex>], positions: &mut Vec<PositionMention>) {
    for (office, holders) in holders.iter().enumerate() {
        let (&[person], Some(organization)) = (&holders[..], owners.of_office[office]) else { continue };
        let named = board.drafts[person].kind == EntityKind::Person && board.of_name.contains(&Some(person));
        let known = positions.iter().any(|p| p.person == person && p.organization == organization);
        if !named || known {
            continue;
        }
        let phrase = &board.offices[office];
        positions.push(PositionMention {
            person,
            organization,
            title: phrase.title.clone(),
            status: phrase.status,
            tokens: phrase.tokens.clone(),
            trigger: phrase.head,
        });
    }
}

fn position(
    board: &Board<'_>,
    attachments: &Attachments,
    denoted: &[Vec<EntityIndex>],
    office: usize,
    owner: Option<EntityIndex>,
    person: EntityIndex,
) -> Option<PositionMention> {
    let phrase = board.offices[office].clone();
    let mut title = phrase.title.clone();
    let mut organization = owner;
    if phrase.counterpart {
        // "his Ukrainian counterpart Dmytro Kuleba": the other's title, this side's country.
        let other = phrase.possessor.and_then(|possessor| denoted[possessor].first().copied())?;
        title = positions_title(board, attachments, other)?;
    }
    if organization.is_none()
        && let Some(possessor) = phrase.possessor
    {
        // "the UN mission, whose head Adan Noor": whose, the noun before says.
        let relative = board.document.token(possessor).tag == Tag::WpS;
        let whose = if relative { possessor.saturating_sub(2) } else { possessor };
        organization = denoted[whose].first().and_then(|&entity| board.side_of(entity));
    }
    // "a spokesman for the government" is no more than a spokesman by title.
    if let Some(bare) = title.strip_prefix("government ")
        && phrase
            .head
            .checked_sub(1)
            .is_none_or(|before| !board.document.word(before).eq_ignore_ascii_case("government"))
    {
        title = bare.to_owned();
    }
    let organization = organization.filter(|&organization| organization != person)?;
    // A job is told apart from an office: an official of a known body holds one, a police officer does not.
    let official = matches!(
        title.rsplit(' ').next(),
        Some("official" | "diplomat" | "lawmaker" | "legislator" | "member" | "judge")
    );
    if phrase.job && (phrase.owners.is_empty() || !official || !board.is_known(organization)) {
        return None;
    }
    if matches!(board.drafts[organization].kind, EntityKind::Person | EntityKind::Other) {
        return None;
    }
    let tag = board.document.token(phrase.head).tag;
    if matches!(tag, Tag::Vb | Tag::Vbz | Tag::Vbp) {
        return None;
    }
    Some(PositionMention {
        person,
        organization,
        title,
        status: phrase.status,
        tokens: phrase.tokens,
        trigger: phrase.head,
    })
}

/// The title that the text or the registry gives a person.
fn positions_title(board: &Board<'_>, attachments: &Attachments, person: EntityIndex) -> Option<String> {
    let written = (0..board.names.all.len())
        .filter(|&name| board.of_name[name] == Some(person))
        .flat_map(|name| attachments.offices_of[name].iter().copied())
        .find(|&office| !board.offices[office].counterpart)
        .map(|office| board.offices[office].title.clone());
    written.or_else(|| known_title(board, person))
}
