//! What a token may denote, as far as rules ask: a small set of classes.

/// A set of classes. The caller of the matcher gives one for each token that a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u16);

impl Classes {
    /// Nothing that a role could hold.
    pub const NONE: Self = Self(0);
    /// A human being.
    pub const PERSON: Self = Self(1);
    /// A state or territory.
    pub const COUNTRY: Self = Self(2);
    /// A body with a name.
    pub const ORGANIZATION: Self = Self(4);
    /// Several actors named as one, or an armed group.
    pub const GROUP: Self = Self(8);
    /// A city, region or site.
    pub const PLACE: Self = Self(16);
    /// A sum of money.
    pub const MONEY: Self = Self(32);
    /// Something that aid consists of.
    pub const ITEM: Self = Self(64);
    /// Any other noun phrase.
    pub const THING: Self = Self(128);

    /// Somebody of a nationality: *Syrians*, *a Chinese*.
    pub const PEOPLE: Self = Self(256);
    /// People without a name: *journalists*, *the police*. Taken last, where a role is open to `PEOPLE`.
    pub const COLLECTIVE: Self = Self(512);

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets share a class.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set that a rule file names so.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "Person" => Self::PERSON,
            "Country" => Self::COUNTRY,
            "Organization" => Self::ORGANIZATION,
            "Group" => Self::GROUP,
            "Place" => Self::PLACE,
            "Money" => Self::MONEY,
            "Item" => Self::ITEM,
            "Thing" => Self::THING,
            "People" => Self::PEOPLE,
            "Actor" => Self::PERSON.union(Self::COUNTRY).union(Self::ORGANIZATION).union(Self::GROUP),
            "Side" => Self::COUNTRY.union(Self::ORGANIZATION).union(Self::GROUP),
            _ => return None,
        })
    }

    /// Every name that a rule file may use.
    pub(crate) const NAMES: [&'static str; 11] =
        ["Person", "Country", "Organization", "Group", "Place", "Money", "Item", "Thing", "People", "Actor", "Side"];
}
