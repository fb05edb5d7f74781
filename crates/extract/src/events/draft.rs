//! An event in the making: entities in roles, attributes as far as they are known, the mentions that it rests on.

use entente_model::{
    AidKind, Amount, Date, Details, EventType, Factuality, Finance, Item, OfficeStatus, Role, Stage, Stance,
};

use super::context::Context;
use crate::entities::EntityIndex;

/// An entity in a role, and the head of the phrase that names it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Filled {
    pub entity: EntityIndex,
    pub mention: usize,
}

/// A place in the text that tells an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub sentence: usize,
    pub trigger: usize,
    pub rule: String,
}

/// Values of another sentence that contradict the event's own.
#[derive(Debug, Clone)]
pub(crate) struct Other {
    pub amount: Option<Amount>,
    pub date: Option<Date>,
    pub killed: Option<u64>,
    pub injured: Option<u64>,
    pub told: Told,
}

/// An event in the making.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub kind: EventType,
    pub sentence: usize,
    pub trigger: usize,
    pub theme: Option<usize>,
    pub rule: String,
    pub confidence: f64,
    pub roles: Vec<(Role, Vec<Filled>)>,
    pub stage: Option<Stage>,
    pub factuality: Factuality,
    pub stance: Option<Stance>,
    pub aid_kind: Option<AidKind>,
    pub finance: Option<Finance>,
    pub amount: Option<Amount>,
    pub cumulative: bool,
    pub items: Vec<Item>,
    pub date: Option<Date>,
    /// The last day, where the text gives a range.
    pub until: Option<Date>,
    pub place: Option<EntityIndex>,
    pub killed: Option<u64>,
    pub injured: Option<u64>,
    pub title: Option<String>,
    pub status: Option<OfficeStatus>,
    pub speaker: Option<EntityIndex>,
    pub details: Details,
    /// How far an agreement has come for single parties, and whether they have yet to come so far.
    pub party_stages: Vec<(EntityIndex, Stage, bool)>,
    /// Told by a noun phrase without a verb, as headlines do: nothing says whether it has happened.
    pub bare: bool,
    /// Values by which other mentions contradict its own.
    pub others: Vec<Other>,
    /// Further mentions of the same event.
    pub more: Vec<Told>,
}

impl Draft {
    /// An event of which no more is known than where it is told.
    pub(crate) fn new(context: &Context<'_>, kind: EventType, trigger: usize, rule: &str, confidence: f64) -> Self {
        Self {
            kind,
            sentence: context.document.token(trigger).sentence,
            trigger,
            theme: None,
            rule: rule.to_owned(),
            confidence,
            roles: Vec::new(),
            stage: None,
            factuality: Factuality::Actual,
            stance: None,
            aid_kind: None,
            finance: None,
            amount: None,
            cumulative: false,
            items: Vec::new(),
            date: None,
            until: None,
            place: None,
            killed: None,
            injured: None,
            title: None,
            status: None,
            speaker: None,
            details: Details::default(),
            party_stages: Vec::new(),
            bare: false,
            others: Vec::new(),
            more: Vec::new(),
        }
    }

    /// The sentences that tell it, the first mention's first.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.sentence).chain(self.more.iter().map(|told| told.sentence))
    }

    /// The entities in a role.
    pub(crate) fn role(&self, role: Role) -> &[Filled] {
        self.roles.iter().find(|(r, _)| *r == role).map_or(&[], |(_, filled)| filled)
    }

    /// The entities in a role, sorted, for comparing.
    pub(crate) fn entities(&self, role: Role) -> Vec<EntityIndex> {
        let mut entities: Vec<EntityIndex> = self.role(role).iter().map(|f| f.entity).collect();
        entities.sort_unstable();
        entities
    }

    /// Sets a role; an empty list takes it away.
    pub(crate) fn set_role(&mut self, role: Role, filled: Vec<Filled>) {
        self.roles.retain(|(r, _)| *r != role);
        if !filled.is_empty() {
            self.roles.push((role, filled));
            self.roles.sort_by_key(|(role, _)| *role);
        }
    }
}

/// The roles that an event of a type cannot do without.
pub(crate) fn core_roles(kind: EventType) -> &'static [Role] {
    match kind {
        EventType::Meeting | EventType::Call => &[Role::Participant],
        EventType::Visit => &[Role::Visitor, Role::Destination],
        EventType::Aid => &[Role::Donor, Role::Recipient],
        EventType::Agreement => &[Role::Party],
        EventType::Sanction => &[Role::Sender, Role::Target],
        EventType::Attack => &[Role::Attacker, Role::Target],
        EventType::Statement => &[Role::Speaker, Role::Addressee],
        EventType::Position => &[Role::Person, Role::Organization],
        _ => &[Role::Actor, Role::Recipient],
    }
}
