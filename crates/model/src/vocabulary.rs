//! The closed vocabularies of events: types, roles, stages and the rest, spelt as the event format spells them.

use serde::{Deserialize, Serialize};

/// Declares an enum whose values have one spelling each: for `serde`, `name()`, `ALL` and `from_name()`.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $enum:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $enum {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)+
        }

        impl $enum {
            /// Every value, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The spelling in files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The value that is spelt so.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

vocabulary! {
    /// What happens.
    EventType {
        /// Sides meet, face to face or by video.
        Meeting = "meeting",
        /// A telephone or video call.
        Call = "call",
        /// Somebody travels to a place.
        Visit = "visit",
        /// Money, arms, goods or loans from one side to another.
        Aid = "aid",
        /// A treaty, pact, memorandum, deal, ceasefire or contract.
        Agreement = "agreement",
        /// Sanctions, embargo, asset freeze, tariffs, expulsion of diplomats.
        Sanction = "sanction",
        /// An armed attack.
        Attack = "attack",
        /// A stance of one named side towards another.
        Statement = "statement",
        /// A person holds an office.
        Position = "position",
        /// Demonstrations, strikes, boycotts.
        Protest = "protest",
        /// Forces are raised, moved or put on alert.
        Mobilize = "mobilize",
        /// Power short of armed force: arrests, seizures, bans, curfews, deportations.
        Coerce = "coerce",
        /// Sides work together: joint exercises, exchanges, diplomatic ties.
        Cooperate = "cooperate",
        /// A side gives in: prisoners freed, restrictions eased, access allowed, offices given up.
        Concede = "concede",
        /// Forces withdraw or surrender, a ceasefire is declared.
        Retreat = "retreat",
        /// A request, an offer or a measure is turned down.
        Reject = "reject",
        /// Something is asked for or demanded.
        Request = "request",
        /// Something hostile is threatened.
        Threaten = "threaten",
        /// A deed, a measure or the own side is condemned.
        Accuse = "accuse",
        /// A deed, a measure or the own side is backed, welcomed or defended.
        Support = "support",
    }
}

impl EventType {
    /// Whether it is one of the types that round off PLOVER: an actor and a recipient, no fact of its own.
    pub const fn is_plover(self) -> bool {
        matches!(
            self,
            Self::Protest
                | Self::Mobilize
                | Self::Coerce
                | Self::Cooperate
                | Self::Concede
                | Self::Retreat
                | Self::Reject
                | Self::Request
                | Self::Threaten
                | Self::Accuse
                | Self::Support
        )
    }
}

vocabulary! {
    /// What an entity does in an event.
    Role {
        /// Takes part in a meeting or a call.
        Participant = "participant",
        /// Travels.
        Visitor = "visitor",
        /// Where a visit goes.
        Destination = "destination",
        /// Gives aid.
        Donor = "donor",
        /// Gets aid, or is acted on in a PLOVER event.
        Recipient = "recipient",
        /// Bound by an agreement.
        Party = "party",
        /// Imposes a sanction.
        Sender = "sender",
        /// Hit by a sanction or an attack.
        Target = "target",
        /// Attacks.
        Attacker = "attacker",
        /// Takes a stance.
        Speaker = "speaker",
        /// Whom the stance is towards.
        Addressee = "addressee",
        /// Holds an office.
        Person = "person",
        /// What the office is an office of.
        Organization = "organization",
        /// Brings the sides together.
        Mediator = "mediator",
        /// On whose ground it takes place.
        Host = "host",
        /// Does what a PLOVER event tells.
        Actor = "actor",
        /// A person who puts the name to an agreement for a party.
        Signatory = "signatory",
        /// Present, but no side: looks on at a meeting or a signing.
        Witness = "witness",
    }
}

vocabulary! {
    /// How far aid, an agreement or a sanction has come.
    Stage {
        /// Aid asked for.
        Requested = "requested",
        /// Under discussion, asked of a legislature, threatened.
        Proposed = "proposed",
        /// Aid announced, promised, committed.
        Pledged = "pledged",
        /// Aid voted, allocated, signed into law.
        Approved = "approved",
        /// Aid sent, arrived, disbursed.
        Delivered = "delivered",
        /// Withheld, delayed, paused.
        Suspended = "suspended",
        /// Aid refused.
        Refused = "refused",
        /// Talks under way.
        Negotiating = "negotiating",
        /// Reached, struck, finalised, issued.
        Agreed = "agreed",
        /// Signed, concluded.
        Signed = "signed",
        /// Ratified, accepted, acceded to.
        Ratified = "ratified",
        /// In force.
        InForce = "in-force",
        /// Prolonged.
        Extended = "extended",
        /// Left, terminated, cancelled.
        Withdrawn = "withdrawn",
        /// Breached.
        Violated = "violated",
        /// Turned down.
        Rejected = "rejected",
        /// A sanction decided and put on.
        Imposed = "imposed",
        /// A sanction taken off.
        Lifted = "lifted",
    }
}

vocabulary! {
    /// How the text stands to the truth of an event.
    Factuality {
        /// Happened, or is happening.
        Actual = "actual",
        /// Scheduled, expected, promised.
        Planned = "planned",
        /// May, could, is proposed.
        Possible = "possible",
        /// Did not happen, was cancelled.
        Denied = "denied",
    }
}

vocabulary! {
    /// The stance of a speaker towards another side.
    Stance {
        /// Stands by.
        Support = "support",
        /// Commends or thanks.
        Praise = "praise",
        /// Condemns or accuses.
        Criticize = "criticize",
        /// Requests, urges, appeals.
        Demand = "demand",
        /// Warns or threatens.
        Threaten = "threaten",
        /// Turns down.
        Reject = "reject",
    }
}

vocabulary! {
    /// What aid is for.
    AidKind {
        /// Arms, ammunition, training of troops.
        Military = "military",
        /// Food, medicine, shelter.
        Humanitarian = "humanitarian",
        /// Budget support, loans.
        Financial = "financial",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// How the text says that a person stands to an office, where they do not simply hold it.
    OfficeStatus {
        /// Held it: "former", "then", "ex-".
        Former = "former",
        /// Stands in: "acting", "interim".
        Acting = "acting",
        /// Will hold it: "president-elect", "designate", "nominee".
        Designate = "designate",
    }
}

impl OfficeStatus {
    /// Whether somebody with this status is in office: who stands in is, who was or will be is not.
    pub const fn is_in_office(self) -> bool {
        matches!(self, Self::Acting)
    }
}

vocabulary! {
    /// The form in which money is given (IATI finance types 110, 421, 1100).
    Finance {
        /// Not to be paid back.
        Grant = "grant",
        /// To be paid back.
        Loan = "loan",
        /// A guarantee for somebody's loan.
        Guarantee = "guarantee",
    }
}

impl Role {
    /// Whether the role is one of the sides of an event, which make it the event that it is; the others only stand by.
    pub const fn is_side(self) -> bool {
        !matches!(self, Self::Mediator | Self::Host | Self::Signatory | Self::Witness)
    }
}

vocabulary! {
    /// Where the things that aid consists of come from.
    Supply {
        /// From the donor's own stocks.
        Drawdown = "drawdown",
        /// Ordered or bought for the recipient.
        Procurement = "procurement",
    }
}

vocabulary! {
    /// The form of an agreement, by the noun that names it; the more telling first.
    Instrument {
        /// Ceasefire, truce, armistice.
        Ceasefire = "ceasefire",
        /// Memorandum of understanding or of cooperation.
        Memorandum = "memorandum",
        /// Joint statement, declaration or communique.
        JointStatement = "joint-statement",
        /// Loan or credit agreement.
        Loan = "loan",
        /// Framework agreement.
        Framework = "framework",
        /// Protocol.
        Protocol = "protocol",
        /// Contract, lease, purchase.
        Contract = "contract",
        /// Treaty, convention, charter.
        Treaty = "treaty",
        /// Agreement, accord, pact, deal: any other.
        Agreement = "agreement",
    }
}

vocabulary! {
    /// What a sanction consists of, in the terms of TIES, GSDB and EUSANCT, and of the lists of OFAC and the EU.
    SanctionInstrument {
        /// Money and property frozen, blocked or seized.
        AssetFreeze = "asset-freeze",
        /// Entry refused, visas restricted or taken back.
        TravelBan = "travel-ban",
        /// No arms or military goods.
        ArmsEmbargo = "arms-embargo",
        /// Trade in all or some goods stopped.
        TradeEmbargo = "trade-embargo",
        /// Less or nothing bought: import bans and quotas.
        ImportRestriction = "import-restriction",
        /// Less or nothing sold: export bans and controls.
        ExportRestriction = "export-restriction",
        /// Tariffs and duties.
        Tariff = "tariff",
        /// No payments, loans, investment or use of banks.
        FinancialRestriction = "financial-restriction",
        /// A highest price.
        PriceCap = "price-cap",
        /// A whole sector of an economy: energy, banking, defence.
        SectoralSanction = "sectoral-sanction",
        /// Airspace, ports, roads or borders closed.
        TransportBan = "transport-ban",
        /// Ships or goods kept away by force.
        Blockade = "blockade",
        /// Envoys sent home or called back, embassies closed, relations broken off.
        DiplomaticSanction = "diplomatic-sanction",
        /// Put on a list: of sanctions, of terrorists, of entities.
        Designation = "designation",
        /// No seat in a body of states.
        MembershipSuspension = "membership-suspension",
    }
}

vocabulary! {
    /// What an agreement does to an earlier one.
    Succession {
        /// Goes on for longer: extends, renews, prolongs.
        Extends = "extends",
        /// Takes its place: replaces, supersedes, succeeds.
        Replaces = "replaces",
        /// Changes it: amends, updates, modifies.
        Amends = "amends",
        /// Carries it out: implements, under a framework.
        Implements = "implements",
    }
}

vocabulary! {
    /// On whose word an attack is laid to its attacker.
    Attribution {
        /// The attacker says so.
        Claimed = "claimed",
        /// Another side says so.
        Blamed = "blamed",
        /// Somebody confirms it.
        Confirmed = "confirmed",
        /// The attacker says that it was not.
        Disputed = "disputed",
    }
}
