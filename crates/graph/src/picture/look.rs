//! How things look in a picture: what a node stands for, and what sort of event a line tells.

use entente_model::EventType;

/// What a node stands for; decides shape and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NodeKind {
    Country,
    Person,
    Organization,
    Group,
    Place,
    Thing,
    /// An event with many sides.
    Event,
}

impl NodeKind {
    pub(super) fn of(class: &str) -> Self {
        match class {
            "Country" => Self::Country,
            "Person" => Self::Person,
            "Organization" => Self::Organization,
            "Group" => Self::Group,
            "Place" => Self::Place,
            _ => Self::Thing,
        }
    }

    /// For the legend.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Person => "person",
            Self::Organization => "organisation",
            Self::Group => "group",
            Self::Place => "place",
            Self::Thing => "other",
            Self::Event => "event of many",
        }
    }

    /// Fill and border, told apart in print and by the colour-blind through the shape too.
    pub(crate) const fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Country => ("#dbe9f6", "#2b5c8a"),
            Self::Person => ("#fdf0d5", "#a8761a"),
            Self::Organization => ("#e0f0e0", "#3a7d44"),
            Self::Group => ("#efe3f4", "#7b4a92"),
            Self::Place => ("#f0f0f0", "#777777"),
            Self::Thing => ("#ffffff", "#999999"),
            Self::Event => ("#ffffff", "#444444"),
        }
    }
}

/// What sort of event a line tells: decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tone {
    Talk,
    Aid,
    Deal,
    Conflict,
    Pressure,
    Yield,
    Word,
    Office,
}

impl Tone {
    pub(super) const fn of(kind: EventType) -> Self {
        match kind {
            EventType::Meeting | EventType::Call | EventType::Visit => Self::Talk,
            EventType::Aid => Self::Aid,
            EventType::Agreement | EventType::Cooperate => Self::Deal,
            EventType::Sanction | EventType::Attack => Self::Conflict,
            EventType::Protest | EventType::Mobilize | EventType::Coerce => Self::Pressure,
            EventType::Concede | EventType::Retreat => Self::Yield,
            EventType::Statement
            | EventType::Reject
            | EventType::Request
            | EventType::Threaten
            | EventType::Accuse
            | EventType::Support => Self::Word,
            EventType::Position => Self::Office,
        }
    }

    /// For the legend.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Talk => "meeting, call or visit",
            Self::Aid => "aid",
            Self::Deal => "agreement or cooperation",
            Self::Conflict => "attack or sanction",
            Self::Pressure => "protest, coercion or mobilisation",
            Self::Yield => "concession or retreat",
            Self::Word => "stance, request or threat",
            Self::Office => "office",
        }
    }

    /// Dark enough to be read as text on white.
    pub(crate) const fn colour(self) -> &'static str {
        match self {
            Self::Talk => "#4a5a6a",
            Self::Aid => "#1f7a3d",
            Self::Deal => "#2456a6",
            Self::Conflict => "#b3261e",
            Self::Pressure => "#a3195b",
            Self::Yield => "#0f7676",
            Self::Word => "#8a5a00",
            Self::Office => "#757575",
        }
    }
}
