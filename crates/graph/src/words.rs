//! Events, sums and things in words, for labels: `Aid pledged by France to Ukraine, EUR 50 million, 2024-05-01`.
//!
//! A label is made only from what makes the event's identity, fillers sorted, so that two articles that tell the same
//! event give it the same label.

use entente_model::{Amount, Bound, Event, EventType, Filler, Item, OfficeStatus, Role, Stage};

use crate::iris;

/// The label of an event.
pub(crate) fn event_label(event: &Event) -> String {
    let stage = |default: &'static str| event.stage.map_or(default, Stage::name);
    let mut label = match event.kind {
        EventType::Meeting => format!("Meeting{}", with("of", event, Role::Participant)),
        EventType::Call => format!("Call{}", with("of", event, Role::Participant)),
        EventType::Visit => {
            format!("Visit{}{}", with("of", event, Role::Visitor), with("to", event, Role::Destination))
        }
        EventType::Aid => {
            let (donor, recipient) = (with("by", event, Role::Donor), with("to", event, Role::Recipient));
            format!("Aid {}{donor}{recipient}", stage("given")).replace("Aid given by", "Aid by")
        }
        EventType::Agreement => {
            let stage = match event.stage {
                Some(Stage::Negotiating) => "under negotiation",
                Some(Stage::InForce) => "in force",
                Some(stage) => stage.name(),
                None => "made",
            };
            format!("Agreement {stage}{}", with("between", event, Role::Party))
        }
        EventType::Sanction => {
            let (sender, target) = (with("by", event, Role::Sender), with("on", event, Role::Target));
            format!("Sanction {}{sender}{target}", stage("imposed"))
        }
        EventType::Attack => format!("Attack{}{}", with("by", event, Role::Attacker), with("on", event, Role::Target)),
        EventType::Statement => {
            let stance = event.stance.map_or("statement", entente_model::Stance::name);
            let towards = with("towards", event, Role::Addressee);
            format!("Stance: {stance}{}{towards}", with("by", event, Role::Speaker))
        }
        EventType::Position => {
            let office = match event.status {
                Some(OfficeStatus::Former) => "Former office",
                Some(OfficeStatus::Acting) => "Acting office",
                Some(OfficeStatus::Designate) => "Future office",
                None => "Office",
            };
            format!("{office}{}{}", with("of", event, Role::Person), with("in", event, Role::Organization))
        }
        kind => {
            let name = kind.name();
            let (first, rest) = name.split_at(1);
            let (actor, recipient) = (with("by", event, Role::Actor), with("towards", event, Role::Recipient));
            format!("{}{rest}{actor}{recipient}", first.to_uppercase())
        }
    };
    if let Some(sum) = &event.amount {
        label.push_str(", ");
        label.push_str(sum.currency());
        label.push(' ');
        label.push_str(&number(sum.value));
    }
    if let Some(date) = event.date {
        label.push_str(", ");
        label.push_str(&date.to_string());
    }
    label
}

/// ` by A and B`, or nothing where the role is empty.
fn with(preposition: &str, event: &Event, role: Role) -> String {
    let mut names: Vec<&str> = event.fillers(role).iter().map(|filler: &Filler| filler.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() { String::new() } else { format!(" {preposition} {}", join(&names)) }
}

/// `A`, `A and B`, `A, B and C`.
pub(crate) fn join(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `2 × Patriot battery`, `7,500,000 × vaccine dose`, or the bare name where no number is given.
pub(crate) fn item(item: &Item) -> String {
    item.count.map_or_else(|| item.name.clone(), |count| format!("{} × {}", thousands(&count.to_string()), item.name))
}

/// `at least USD 2.3 billion`.
pub(crate) fn amount(amount: &Amount) -> String {
    let bound = match amount.bound {
        Bound::Exact => "",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "up to ",
        Bound::About => "about ",
    };
    format!("{bound}{} {}", amount.currency(), number(amount.value))
}

/// A number short enough for a label, without losing a digit: `2.3 billion`, `750,000`.
pub(crate) fn number(value: f64) -> String {
    for (unit, name) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        if value.abs() >= unit {
            return format!("{} {name}", iris::decimal(value / unit));
        }
    }
    thousands(&iris::decimal(value))
}

/// Sets a comma before every third digit of the whole part.
fn thousands(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').map_or((decimal, None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (index, c) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if left % 3 == 0 && out.chars().any(|c| c.is_ascii_digit()) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_read_like_a_newspaper() {
        let check = |value, bound, expected: &str| {
            assert_eq!(amount(&Amount { value, currency: *b"USD", bound }), expected);
        };
        check(2.3e9, Bound::Exact, "USD 2.3 billion");
        check(50e6, Bound::AtLeast, "at least USD 50 million");
        check(750_000.0, Bound::About, "about USD 750,000");
        check(999.5, Bound::AtMost, "up to USD 999.5");
        check(1_234.0, Bound::Exact, "USD 1,234");
    }

    #[test]
    fn names_are_joined_with_and() {
        assert_eq!(join(&["A"]), "A");
        assert_eq!(join(&["A", "B"]), "A and B");
        assert_eq!(join(&["A", "B", "C"]), "A, B and C");
    }
}
