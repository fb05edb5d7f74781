//! Entries that stand in each other's way: names that two of them share, and offices that two persons hold at once.
//!
//! In: the registry while it is made. Out: a fault for each pair that nothing in a text decides between, with both places.
//! "Kyiv" may name a city and a government, because the sentence decides; a second "Ukraine" may not be.

use std::collections::BTreeMap;

use entente_model::{Date, EntityKind};

use super::check::{Draft, Fault, Origin};
use super::names::Sense;
use super::{Office, PersonIndex, day_number, fold};

/// Reports names that two entries share and that no context tells apart.
pub(super) fn names(draft: &Draft, faults: &mut Vec<Fault>) {
    let mut by_form: BTreeMap<String, Vec<Sense>> = BTreeMap::new();
    for (name, sense) in &draft.names {
        let senses = by_form.entry(fold(name)).or_default();
        if !senses.contains(sense) {
            senses.push(*sense);
        }
    }
    // The later entry is at fault, once for each earlier one, with all the names that they share.
    let mut shared: BTreeMap<(Entry, Entry), Vec<String>> = BTreeMap::new();
    for (form, senses) in by_form {
        for (number, &later) in senses.iter().enumerate() {
            for &earlier in &senses[..number] {
                if !are_told_apart(draft, earlier, later) {
                    let forms = shared.entry((Entry::of(earlier), Entry::of(later))).or_default();
                    if !forms.contains(&form) {
                        forms.push(form.clone());
                    }
                }
            }
        }
    }
    for ((earlier, later), forms) in shared {
        let forms: Vec<String> = forms.iter().map(|form| format!("{form:?}")).collect();
        let verb = if forms.len() == 1 { "is already a name" } else { "are already names" };
        let message = format!(
            "{} of {} {verb} of {} in {}, and nothing in a text tells the two apart: write a longer name, \
             or `replaces = true` and its id where this entry is to take the place of that one",
            forms.join(", "),
            later.name(draft),
            earlier.name(draft),
            earlier.origin(draft)
        );
        faults.push(later.fault(draft, "name-clash", message));
    }
}

/// Reports offices that only one person can hold and that two hold for more than a day by their dates.
pub(super) fn offices(draft: &Draft, alone: impl Fn(&str) -> bool, faults: &mut Vec<Fault>) {
    let mut holders: BTreeMap<(usize, &str), Vec<(PersonIndex, &Office)>> = BTreeMap::new();
    for (person, entry) in draft.persons.iter().enumerate() {
        for office in entry.offices.iter().filter(|office| alone(&office.title)) {
            holders.entry((office.of, &office.title)).or_default().push((person, office));
        }
    }
    for ((of, title), holders) in holders {
        for (number, &(later, second)) in holders.iter().enumerate() {
            for &(earlier, first) in &holders[..number] {
                if earlier == later || !overlap(first, second) {
                    continue;
                }
                let message = format!(
                    "{} and {} in {} are both {title} of {} at one time: mend the dates, give the earlier holder an \
                     `until` (in a file of your own, with `replaces = true`), or name the office of one of them in full",
                    draft.persons[later].name,
                    draft.persons[earlier].name,
                    draft.person_origins[earlier],
                    draft.actors[of].name
                );
                faults.push(Entry::Person(later).fault(draft, "office-overlap", message));
            }
        }
    }
}

/// Whether two terms share days for sure: a month or a year without a day gives each the benefit of the doubt.
fn overlap(one: &Office, other: &Office) -> bool {
    let (Some(first), Some(second)) = (one.from, other.from) else { return false };
    let latest_start = |date: Date| day_number(date, true);
    let earliest_end = |date: Option<Date>| date.map_or(i64::MAX, |date| day_number(date, false));
    let start = latest_start(first).max(latest_start(second));
    let end = earliest_end(one.until).min(earliest_end(other.until));
    end.saturating_sub(start) > 1
}

/// Whether a text decides between two senses of a name; [`crate::entities`] is where it does.
fn are_told_apart(draft: &Draft, one: Sense, other: Sense) -> bool {
    match (one, other) {
        // One entry by two of its names.
        (
            Sense::Actor(a) | Sense::Demonym(a) | Sense::Government(a),
            Sense::Actor(b) | Sense::Demonym(b) | Sense::Government(b),
        ) if a == b => true,
        // A capital: somebody acts, or something happens there.
        (Sense::Government(_), Sense::Actor(place)) | (Sense::Actor(place), Sense::Government(_)) => {
            draft.actors[place].kind == EntityKind::Place
        }
        // Namesakes: the country that the text is about, or that stands beside the name.
        (Sense::Actor(a), Sense::Actor(b)) => {
            let is_body =
                |actor: usize| matches!(draft.actors[actor].kind, EntityKind::Organization | EntityKind::Group);
            let home = |actor: usize| match draft.actors[actor].kind {
                EntityKind::Country => Some(actor),
                _ => draft.actors[actor].country,
            };
            let states = [a, b].iter().all(|&actor| draft.actors[actor].kind == EntityKind::Country);
            !states && is_body(a) == is_body(b) && home(a).zip(home(b)).is_some_and(|(one, other)| one != other)
        }
        // Two presidents Adan: the office and the date.
        (Sense::Person(a), Sense::Person(b)) => {
            let (a, b) = (&draft.persons[a].offices, &draft.persons[b].offices);
            let same = |one: &Office| b.iter().any(|other| one.of == other.of && overlap(one, other));
            !a.is_empty() && !b.is_empty() && !a.iter().any(same)
        }
        _ => false,
    }
}

/// An entry of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Actor(usize),
    Person(PersonIndex),
}

impl Entry {
    fn of(sense: Sense) -> Self {
        match sense {
            Sense::Actor(actor) | Sense::Demonym(actor) | Sense::Government(actor) => Self::Actor(actor),
            Sense::Person(person) => Self::Person(person),
        }
    }

    fn name(self, draft: &Draft) -> String {
        let (name, id) = match self {
            Self::Actor(actor) => (&draft.actors[actor].name, &draft.actors[actor].id),
            Self::Person(person) => (&draft.persons[person].name, &draft.persons[person].id),
        };
        format!("{name} ({id})")
    }

    fn origin(self, draft: &Draft) -> &Origin {
        match self {
            Self::Actor(actor) => &draft.actor_origins[actor],
            Self::Person(person) => &draft.person_origins[person],
        }
    }

    fn fault(self, draft: &Draft, code: &'static str, message: String) -> Fault {
        let origin = self.origin(draft);
        Fault { path: origin.path.clone(), line: origin.line, code, message }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    fn codes(text: &str) -> Vec<(usize, &'static str)> {
        read([("a.toml", text)], |title| title == "president").1.iter().map(|fault| (fault.line, fault.code)).collect()
    }

    #[test]
    fn a_capital_and_its_government_are_told_apart() {
        let text = "[[actor]]\nname = \"Freedonia\"\nkind = \"country\"\ngovernment = [\"Fredville\"]\ncapital = \"Fredville\"\n\n\
                    [[actor]]\nname = \"Fredville\"\nkind = \"place\"\n";
        assert_eq!(codes(text), []);
    }

    #[test]
    fn two_bodies_of_one_name_need_two_countries() {
        let body = |name: &str, country: &str| {
            format!("[[actor]]\nname = \"{name}\"\nkind = \"organization\"\naliases = [\"Senate\"]\n{country}\n")
        };
        let countries = "[[actor]]\nname = \"A\"\nkind = \"country\"\n[[actor]]\nname = \"B\"\nkind = \"country\"\n";
        let told = format!("{countries}{}{}", body("One", "country = \"A\""), body("Two", "country = \"B\""));
        assert_eq!(codes(&told), []);
        let open = format!("{countries}{}{}", body("One", "country = \"A\""), body("Two", ""));
        assert_eq!(codes(&open), [(12, "name-clash")]);
    }

    #[test]
    fn one_office_has_one_holder_at_a_time() {
        let text = |until: &str, from: &str| {
            format!(
                "[[actor]]\nname = \"A\"\nkind = \"country\"\n\
                 [[person]]\nname = \"Ada Marx\"\noffices = [{{ title = \"president\", of = \"A\", from = 2001{until} }}]\n\
                 [[person]]\nname = \"Zeno Marx\"\noffices = [{{ title = \"President\", of = \"A\", from = {from} }}]\n"
            )
        };
        assert_eq!(codes(&text("", "\"2005-05-05\"")), [(7, "office-overlap")]);
        assert_eq!(codes(&text(", until = 2005", "\"2005-05-05\"")), []);
        assert_eq!(codes(&text(", until = \"2005-05-05\"", "\"2005-05-05\"")), []);
    }
}
