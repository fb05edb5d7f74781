//! Facts: the direct relations between two actors that events give, for easy questions and pictures.
//!
//! Only an event that happened (or, for pledges and talks, the act of pledging or talking) gives one.

use serde::{Deserialize, Serialize};

/// A direct relation between two actors; named after its property in the ontology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Relation {
    /// Face to face; symmetric.
    Met,
    /// By telephone or video call; symmetric.
    SpokeWith,
    /// A visitor and a destination.
    Visited,
    /// A donor and a recipient; pledged or approved.
    PledgedAidTo,
    /// A donor and a recipient; sent, arrived or disbursed.
    DeliveredAidTo,
    /// A recipient and a donor.
    RequestedAidFrom,
    /// Two parties; symmetric.
    SignedAgreementWith,
    /// Two parties; symmetric.
    NegotiatesWith,
    /// A sender and a target.
    Sanctioned,
    /// An attacker and a target.
    Attacked,
    /// A speaker and an addressee; stance support or praise.
    Supports,
    /// A speaker and an addressee; stance criticize, threaten or reject.
    Criticized,
    /// A person and the country or organisation of the office.
    HoldsOfficeIn,
}

impl Relation {
    /// Every relation, in order of declaration.
    pub const ALL: [Self; 13] = [
        Self::Met,
        Self::SpokeWith,
        Self::Visited,
        Self::PledgedAidTo,
        Self::DeliveredAidTo,
        Self::RequestedAidFrom,
        Self::SignedAgreementWith,
        Self::NegotiatesWith,
        Self::Sanctioned,
        Self::Attacked,
        Self::Supports,
        Self::Criticized,
        Self::HoldsOfficeIn,
    ];

    /// The local name of its property: `met`, `pledgedAidTo`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::SpokeWith => "spokeWith",
            Self::Visited => "visited",
            Self::PledgedAidTo => "pledgedAidTo",
            Self::DeliveredAidTo => "deliveredAidTo",
            Self::RequestedAidFrom => "requestedAidFrom",
            Self::SignedAgreementWith => "signedAgreementWith",
            Self::NegotiatesWith => "negotiatesWith",
            Self::Sanctioned => "sanctioned",
            Self::Attacked => "attacked",
            Self::Supports => "supports",
            Self::Criticized => "criticized",
            Self::HoldsOfficeIn => "holdsOfficeIn",
        }
    }

    /// Whether the relation holds both ways.
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::Met | Self::SpokeWith | Self::SignedAgreementWith | Self::NegotiatesWith)
    }
}

/// One actor, a relation, another actor, and the event that says so.
///
/// A symmetric relation is stated once, the lesser id first; the graph writes both directions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// Id of the entity that the relation starts at.
    pub subject: String,
    /// How the two stand.
    pub relation: Relation,
    /// Id of the entity that the relation points to.
    pub object: String,
    /// Id of the event that gives the fact; its evidence is the fact's.
    pub event: String,
}
