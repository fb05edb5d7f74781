//! Two candidates -> whether they can be one, and what speaks for it.
//!
//! Whatever speaks against it (another day, another sum, other sides, one article that tells both) rules it out.

use std::collections::{BTreeMap, BTreeSet};

use entente_model::{EventType, Role, Stage};

use super::candidate::Candidate;
use crate::iris;

/// Enough: equal sides and an equal day, or equal sides, near reports and one thing more.
pub(super) const ENOUGH: i32 = 5;

/// Over how many days articles without a date of the act, a trip or a war, can tell one and the same.
const RETOLD: i64 = 10;

/// What speaks for two events being one (or a little against it), in words, and how much.
pub(super) type Grounds = Vec<(&'static str, i32)>;

/// What is known of persons over all articles: whose office each holds most often.
#[derive(Debug, Default)]
pub(super) struct Offices(BTreeMap<String, String>);

impl Offices {
    /// Reads them off the offices among the events.
    pub(super) fn of(events: &[Candidate]) -> Self {
        let mut told: BTreeMap<(&String, &String), usize> = BTreeMap::new();
        for event in events.iter().filter(|event| event.kind == EventType::Position) {
            for person in event.fillers(Role::Person).into_iter().flatten() {
                for side in event.fillers(Role::Organization).into_iter().flatten() {
                    *told.entry((person, side)).or_default() += event.articles.len();
                }
            }
        }
        let mut best: BTreeMap<String, (usize, &String)> = BTreeMap::new();
        for ((person, side), times) in told {
            let known = best.entry(person.clone()).or_insert((times, side));
            if times > known.0 {
                *known = (times, side);
            }
        }
        Self(best.into_iter().map(|(person, (_, side))| (person, side.clone())).collect())
    }

    /// Whose side an actor is on: a person's office, else the actor itself.
    fn side<'a>(&'a self, actor: &'a String) -> &'a String {
        self.0.get(actor).unwrap_or(actor)
    }

    /// Whether the larger set only names more people of the sides that the smaller names: talks of two sides stay apart
    /// from talks of three.
    fn adds_no_side(&self, smaller: &BTreeSet<String>, larger: &BTreeSet<String>) -> bool {
        let sides: BTreeSet<&String> = smaller.iter().map(|actor| self.side(actor)).collect();
        smaller.len() >= 2 && smaller.is_subset(larger) && larger.iter().all(|actor| sides.contains(self.side(actor)))
    }
}

/// Whether two events cannot be one.
pub(super) fn against(a: &Candidate, b: &Candidate, offices: &Offices) -> bool {
    a.class != b.class
        // What one calls planned and another possible is one if the day is.
        || a.factuality != b.factuality && !same_day(a, b)
        || !a.articles.is_disjoint(&b.articles)
        || other_time(a, b)
        || !(a.places.is_empty() || b.places.is_empty() || !a.places.is_disjoint(&b.places))
        || matches!((a.killed, b.killed), (Some(x), Some(y)) if x != y && a.kind == EventType::Attack)
        || matches!((&a.amount, &b.amount), (Some(x), Some(y)) if !(same_sum(a, x, y) || same_day(a, b) && within(0.15, x, y)))
        || other_agreement(a, b)
        || sides(a, b, offices).is_none()
}

/// What speaks for two events being one; `None` where something speaks against it.
pub(super) fn grounds(a: &Candidate, b: &Candidate, offices: &Offices) -> Option<Grounds> {
    if against(a, b, offices) {
        return None;
    }
    let mut grounds = sides(a, b, offices)?;
    grounds.push(time(a, b));
    match (&a.amount, &b.amount) {
        (Some(x), Some(y)) if same_sum(a, x, y) => {
            grounds.push(if is_round(x.1) { ("the same round sum", 2) } else { ("the same sum", 3) });
        }
        (Some(_), Some(_)) => grounds.push(("sums a little apart", 0)),
        (None, None) => {}
        // It may speak of another package.
        _ => grounds.push(("a sum in one of them only", -1)),
    }
    if !a.places.is_disjoint(&b.places) {
        grounds.push(("the same place", 1));
    }
    match (a.named_agreement(), b.named_agreement()) {
        (Some(x), Some(y)) if x == y => grounds.push(("the same agreement by name", 2)),
        _ if a.stage_is(Stage::Negotiating) => grounds.push(("talks that go on", 1)),
        _ => {}
    }
    if !a.gatherings.is_disjoint(&b.gatherings) {
        grounds.push(("such gatherings are few", 1));
    }
    match a.kind {
        EventType::Attack if a.is_war() && b.is_war() => grounds.push(("the war as a whole", 2)),
        // Two attacks on one day are as likely as one told twice.
        EventType::Attack if a.killed.is_some() && a.killed == b.killed => grounds.push(("the same number of dead", 2)),
        EventType::Attack if a.places.is_disjoint(&b.places) => grounds.push(("attacks are many", -2)),
        // The same may be said every day.
        EventType::Statement | EventType::Accuse | EventType::Support => grounds.push(("statements are many", -1)),
        _ => {}
    }
    grounds.extend(wording(a, b));
    Some(grounds)
}

/// Whether their days tell them apart.
fn other_time(a: &Candidate, b: &Candidate) -> bool {
    match (a.day(), b.day()) {
        (Some(x), Some(y)) => (x - y).abs() > lasts(a, b),
        _ => matches!((a.window(), b.window()), (Some(x), Some(y)) if x.1 < y.0 || y.1 < x.0),
    }
}

/// Over how many days two reports of one event may lie: a trip and a summit last, a war is told every day.
fn lasts(a: &Candidate, b: &Candidate) -> i64 {
    let long = a.kind == EventType::Visit || a.stage_is(Stage::Negotiating) || a.is_war() && b.is_war();
    if long || !a.gatherings.is_disjoint(&b.gatherings) { 3 } else { 0 }
}

/// How near the two are in time.
fn time(a: &Candidate, b: &Candidate) -> (&'static str, i32) {
    let announced = a.is_ahead() && a.day().is_some() != b.day().is_some();
    match (gap(a, b), a.days.is_some() || b.days.is_some()) {
        _ if same_day(a, b) => ("the same day", 3),
        (Some(0..=1), _) => ("told within a day", 2),
        (Some(days), _) if days <= lasts(a, b) => ("told within the days that it lasts", 2),
        (Some(2..=14), _) if announced => ("announced for a day soon after", 2),
        (Some(2..=RETOLD), _) if a.traveller() => ("told within ten days of a trip", 2),
        (Some(2..=RETOLD), _) if a.is_war() && b.is_war() => ("a war is told every day", 1),
        (Some(2..=7), true) => ("told within a week", 1),
        (Some(2..=3), false) => ("told within three days", 1),
        (Some(_), _) => ("told far apart", -1),
        // Without any date, only a sum or a name can carry it.
        (None, _) => ("told at unknown times", 0),
    }
}

fn same_day(a: &Candidate, b: &Candidate) -> bool {
    a.day().is_some() && a.day() == b.day()
}

/// Days between the two, by the act where it is known, else by the reports.
fn gap(a: &Candidate, b: &Candidate) -> Option<i64> {
    let near = |x: &Candidate| x.day().map_or_else(|| x.published.iter().copied().collect::<Vec<_>>(), |day| vec![day]);
    let (x, y) = (near(a), near(b));
    x.iter().flat_map(|day| y.iter().map(move |other| (day - other).abs())).min()
}

/// How well the sides agree: all roles alike, or one of two sides unnamed; `None` where they differ.
fn sides(a: &Candidate, b: &Candidate, offices: &Offices) -> Option<Grounds> {
    let mut grounds = vec![("the same sides", 2)];
    let mut shared: BTreeSet<&String> = BTreeSet::new();
    let roles: BTreeSet<Role> = a.roles.iter().chain(&b.roles).map(|(role, _)| *role).collect();
    for role in roles {
        match (a.fillers(role), b.fillers(role)) {
            (Some(x), Some(y)) if x == y => shared.extend(x),
            (Some(x), Some(y)) if offices.adds_no_side(x, y) || offices.adds_no_side(y, x) => {
                shared.extend(x.intersection(y));
                grounds.push(("more people of the same sides", 0));
            }
            // The longer list of a conference.
            (Some(x), Some(y)) if x.intersection(y).count() >= 4 && (x.is_subset(y) || y.is_subset(x)) => {
                shared.extend(x.intersection(y));
                grounds.push(("a longer list of sides", -1));
            }
            // A town, or a house in it: the host tells that it is one visit.
            (Some(_), Some(_)) if role == Role::Destination && !a.hosts.is_disjoint(&b.hosts) => {
                grounds.push(("the same host", 0));
            }
            (Some(_), Some(_)) => return None,
            _ => grounds.push(("a side unnamed", -2)),
        }
    }
    // A meeting of which one article names one side only could be any.
    let lone = |event: &Candidate| event.actors().count() < 2;
    let named = a.named_agreement().is_some() && a.named_agreement() == b.named_agreement();
    if shared.is_empty() || (lone(a) || lone(b)) && !named {
        return None;
    }
    if shared.len() >= 3 && matches!(a.kind, EventType::Meeting | EventType::Call | EventType::Agreement) {
        grounds.push(("three sides or more", 1));
    }
    let persons = shared.iter().filter(|actor| a.persons.contains(**actor)).count();
    // Two states have many talks in a week, two ministers one.
    if matches!(a.kind, EventType::Meeting | EventType::Call) && persons >= 2 {
        grounds.push(("persons by name", 1));
    }
    if a.traveller() {
        grounds.push(("a traveller by name", 1));
    }
    Some(grounds)
}

/// Whether titles tell two agreements apart.
fn other_agreement(a: &Candidate, b: &Candidate) -> bool {
    let (x, y) = (&a.title, &b.title);
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let named_apart = match (a.named_agreement(), b.named_agreement()) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    x.is_disjoint(y) || named_apart && !x.is_subset(y) && !y.is_subset(x)
}

/// How far the sentences agree, the nearest two of them. Readouts are worded alike every month: only those of a day count,
/// but for aid, where the words name what is given.
fn wording(a: &Candidate, b: &Candidate) -> Option<(&'static str, i32)> {
    if a.kind != EventType::Aid && gap(a, b).is_none_or(|days| days > 1) {
        return None;
    }
    let alike = |x: &Vec<u32>, y: &Vec<u32>| {
        let shared = x.iter().filter(|word| y.binary_search(word).is_ok()).count();
        (shared, x.len() + y.len() - shared)
    };
    let pairs = || a.sentences.iter().flat_map(|x| b.sentences.iter().map(move |y| alike(x, y)));
    // Short headlines are alike whatever they tell.
    let any = |quarters: usize| pairs().any(|(shared, all)| shared >= 8 && shared * 4 >= all * quarters);
    match a.kind {
        _ if any(3) => Some(("nearly the same sentence", 3)),
        EventType::Statement | EventType::Accuse | EventType::Support => None,
        _ => any(2).then_some(("much the same sentence", 1)),
    }
}

/// Whether two sums are one, the coarser a rounding of the finer; running totals are rounded more.
fn same_sum(a: &Candidate, x: &(String, f64), y: &(String, f64)) -> bool {
    within(if a.cumulative { 0.02 } else { 0.01 }, x, y)
}

fn within(share: f64, x: &(String, f64), y: &(String, f64)) -> bool {
    x.0 == y.0 && (x.1 - y.1).abs() <= share * x.1.abs().max(y.1.abs())
}

/// Whether a sum is one digit and zeros: many packages have such.
fn is_round(value: f64) -> bool {
    iris::decimal(value).trim_end_matches('0').len() <= 1
}
