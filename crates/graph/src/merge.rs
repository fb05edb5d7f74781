//! The same event told by several articles: which events of single articles are one.
//!
//! Candidates share type, stage, stance, factuality and actors. A pair is scored by what speaks for it: equal days, equal
//! sums, equal places, articles of the same days. Whatever speaks against it (another day, another sum, another place,
//! one article that tells both) rules it out: a wrong merge hides an event, a missed one only repeats it.
//!
//! Pairs are joined best first, with ties broken by ids, and only where every event of both groups still fits every other:
//! the result depends on the set of articles alone. A merge can be undone: `ent:mergedFrom` names what was merged, and
//! the mentions keep the values of each article.

use std::collections::{BTreeMap, BTreeSet};

use entente_model::{Event, EventType, Extraction, Role};

use crate::{agreement, calendar, iris};

/// What merging needs to know of an event, over all articles that give it under one id.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    id: String,
    kind: EventType,
    /// What must be equal: stage, stance, factuality, status of an office, running total or not, named agreement.
    class: String,
    /// Core roles with their fillers.
    roles: Vec<(Role, BTreeSet<String>)>,
    /// First and last day, and whether that is one day.
    days: Option<(i64, i64)>,
    amount: Option<(String, f64)>,
    places: BTreeSet<String>,
    killed: Option<u64>,
    articles: BTreeSet<String>,
    /// Days on which the articles were published.
    published: BTreeSet<i64>,
    /// The agreement has a name of its own.
    named: bool,
}

/// Two events that are one, and how sure that is.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    score: i32,
    a: usize,
    b: usize,
}

/// Enough: a day and one thing more, or a sum and a near publication.
const THRESHOLD: i32 = 5;

/// The candidates of one article.
pub(crate) fn candidates(extraction: &Extraction) -> Vec<Candidate> {
    let published = extraction.article.published.map(|date| calendar::days(date).0);
    extraction.events.iter().map(|event| candidate(event, &extraction.article.id, published)).collect()
}

fn candidate(event: &Event, article: &str, published: Option<i64>) -> Candidate {
    let named = (event.kind == EventType::Agreement).then(|| agreement::identify(event).id);
    let named = named.filter(|id| !id.starts_with("of-"));
    let class = format!(
        "{}|{:?}|{:?}|{:?}|{:?}|{}|{}",
        event.kind,
        event.stage,
        event.stance,
        event.factuality,
        event.status,
        event.cumulative,
        named.as_deref().unwrap_or_default()
    );
    let roles = event
        .roles
        .iter()
        .filter(|(role, fillers)| !fillers.is_empty() && role.is_side())
        .map(|(role, fillers)| (*role, fillers.iter().map(|filler| filler.id.clone()).collect()))
        .collect();
    Candidate {
        id: event.id.clone(),
        kind: event.kind,
        class,
        roles,
        days: event.date.map(calendar::days),
        amount: event.amount.map(|amount| (amount.currency().to_owned(), amount.value)),
        places: event.place.iter().map(|place| place.id.clone()).collect(),
        killed: event.killed,
        articles: BTreeSet::from([article.to_owned()]),
        published: published.into_iter().collect(),
        named: named.is_some(),
    }
}

/// Absorbed event -> the event that it is one with. Does not depend on the order of the candidates.
pub(crate) fn find(candidates: Vec<Candidate>) -> BTreeMap<String, String> {
    let events = gather(candidates);
    let mut pairs = pairs(&events);
    pairs.sort_by(|x, y| (y.score, &events[x.a].id, &events[x.b].id).cmp(&(x.score, &events[y.a].id, &events[y.b].id)));
    let mut group: Vec<usize> = (0..events.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..events.len()).map(|number| vec![number]).collect();
    for pair in pairs {
        let (a, b) = (group[pair.a], group[pair.b]);
        if a == b || !members[a].iter().all(|x| members[b].iter().all(|y| !against(&events[*x], &events[*y]))) {
            continue;
        }
        let (keep, lose) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut members[lose]);
        for number in &moved {
            group[*number] = keep;
        }
        members[keep].extend(moved);
    }
    let mut merged = BTreeMap::new();
    for group in members.iter().filter(|group| group.len() > 1) {
        // The event that says most stands for all; of equals, the least id.
        let Some(best) = group.iter().min_by_key(|number| standing(&events[**number])) else { continue };
        for number in group.iter().filter(|number| *number != best) {
            merged.insert(events[*number].id.clone(), events[*best].id.clone());
        }
    }
    merged
}

/// One candidate for each id, with all articles that give it; sorted by id.
fn gather(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut events: BTreeMap<String, Candidate> = BTreeMap::new();
    for candidate in candidates {
        match events.get_mut(&candidate.id) {
            Some(event) => {
                event.articles.extend(candidate.articles);
                event.published.extend(candidate.published);
                event.places.extend(candidate.places);
                event.killed = event.killed.max(candidate.killed);
            }
            None => {
                events.insert(candidate.id.clone(), candidate);
            }
        }
    }
    events.into_values().collect()
}

fn standing(event: &Candidate) -> (bool, std::cmp::Reverse<usize>, bool, &str) {
    let sides = event.roles.iter().map(|(_, fillers)| fillers.len()).sum();
    (event.day().is_none(), std::cmp::Reverse(sides), event.amount.is_none(), &event.id)
}

/// All pairs that score enough. Only events that share their class and an actor are compared.
fn pairs(events: &[Candidate]) -> Vec<Pair> {
    let mut blocks: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (number, event) in events.iter().enumerate() {
        let Some((_, fillers)) = event.roles.first() else { continue };
        // One actor is enough to meet in: fillers of the last role narrow it best (the recipient, the target).
        let last = event.roles.last().map_or(fillers, |(_, fillers)| fillers);
        for actor in last {
            blocks.entry((event.class.as_str(), actor.as_str())).or_default().push(number);
        }
    }
    let mut pairs = BTreeMap::new();
    for block in blocks.values() {
        // Near days lie near each other: a window bounds the work in a block of thousands.
        let mut block = block.clone();
        block.sort_by_key(|number| (events[*number].when(), *number));
        for (place, a) in block.iter().enumerate() {
            for b in block[place + 1..].iter().take(WINDOW) {
                let (a, b) = (*a.min(b), *a.max(b));
                if let Some(score) = score(&events[a], &events[b]).filter(|score| *score >= THRESHOLD) {
                    pairs.insert((a, b), score);
                }
            }
        }
    }
    pairs.into_iter().map(|((a, b), score)| Pair { score, a, b }).collect()
}

/// How many neighbours in time an event is compared with.
const WINDOW: usize = 200;

impl Candidate {
    /// The day, where one is known.
    fn day(&self) -> Option<i64> {
        self.days.filter(|(first, last)| first == last).map(|(first, _)| first)
    }

    /// The day to sort by: of the act, else of the report.
    fn when(&self) -> i64 {
        self.days.map_or_else(|| self.published.first().copied().unwrap_or_default(), |(first, _)| first)
    }

    /// The days on which it can have happened: its date, else the two weeks before the report, and the day after it.
    fn window(&self) -> Option<(i64, i64)> {
        self.days.or_else(|| Some((self.published.first()? - 14, self.published.last()? + 1)))
    }
}

/// Whether two events cannot be one.
fn against(a: &Candidate, b: &Candidate) -> bool {
    a.class != b.class
        || !a.articles.is_disjoint(&b.articles)
        || matches!((a.day(), b.day()), (Some(x), Some(y)) if x != y)
        || matches!((a.window(), b.window()), (Some(x), Some(y)) if x.1 < y.0 || y.1 < x.0)
        || !(a.places.is_empty() || b.places.is_empty() || !a.places.is_disjoint(&b.places))
        || matches!((a.killed, b.killed), (Some(x), Some(y)) if x != y && a.kind == EventType::Attack)
        || matches!((&a.amount, &b.amount), (Some(x), Some(y)) if !(nearly(x, y) || a.day().is_some() && a.day() == b.day() && close(x, y)))
        || sides(a, b).is_none()
}

/// What speaks for two events being one; `None` where something speaks against it.
fn score(a: &Candidate, b: &Candidate) -> Option<i32> {
    if against(a, b) {
        return None;
    }
    let mut score = sides(a, b)?;
    score += match (a.day(), b.day()) {
        (Some(_), Some(_)) => 3,
        _ => match (gap(a, b), a.days.is_some() || b.days.is_some()) {
            (Some(0..=1), _) => 2,
            (Some(2..=7), true) => 1,
            (Some(2..=3), false) => 1,
            (Some(_), _) => -1,
            // Without any date, only a sum or a name can carry it.
            (None, _) => 0,
        },
    };
    score += match (&a.amount, &b.amount) {
        (Some(x), Some(y)) if nearly(x, y) => {
            if is_round(x.1) {
                2
            } else {
                3
            }
        }
        (Some(_), Some(_)) => 0,
        (None, None) => 1,
        // One article gives no sum: it may speak of another package.
        _ => -1,
    };
    score += i32::from(!a.places.is_disjoint(&b.places)) + i32::from(a.named) * 2;
    if a.kind == EventType::Attack {
        // Two attacks on one day are as likely as one told twice.
        let same_toll = a.killed.is_some() && a.killed == b.killed;
        score += if same_toll || !a.places.is_disjoint(&b.places) { 1 } else { -3 };
    }
    Some(score)
}

/// Days between the two, by the act where it is known, else by the reports.
fn gap(a: &Candidate, b: &Candidate) -> Option<i64> {
    let near = |x: &Candidate| x.day().map_or_else(|| x.published.iter().copied().collect::<Vec<_>>(), |day| vec![day]);
    let (x, y) = (near(a), near(b));
    x.iter().flat_map(|day| y.iter().map(move |other| (day - other).abs())).min()
}

/// How well the sides agree: all roles alike, or one of two sides unnamed; `None` where they differ.
fn sides(a: &Candidate, b: &Candidate) -> Option<i32> {
    let mut score = 2;
    let mut shared = 0;
    let roles: BTreeSet<Role> = a.roles.iter().chain(&b.roles).map(|(role, _)| *role).collect();
    for role in roles {
        let find = |event: &Candidate| {
            event.roles.iter().find(|(known, _)| *known == role).map(|(_, fillers)| fillers.clone())
        };
        match (find(a), find(b)) {
            (Some(x), Some(y)) if x == y => shared += 1,
            // Some of many participants are still the same meeting.
            (Some(x), Some(y)) if x.intersection(&y).count() >= 2 && (x.is_subset(&y) || y.is_subset(&x)) => {
                shared += 1;
                score -= 1;
            }
            (Some(_), Some(_)) => return None,
            // One side unnamed.
            _ => score -= 2,
        }
    }
    // A meeting of which one article names one side only could be any.
    let lone = |event: &Candidate| event.roles.iter().map(|(_, fillers)| fillers.len()).sum::<usize>() < 2;
    if shared == 0 || (lone(a) || lone(b)) && !a.named { None } else { Some(score) }
}

/// Whether two sums are one, the coarser a rounding of the finer.
fn nearly(x: &(String, f64), y: &(String, f64)) -> bool {
    x.0 == y.0 && (x.1 - y.1).abs() <= 0.01 * x.1.abs().max(y.1.abs())
}

/// Whether two sums of one day can be two reports of one.
fn close(x: &(String, f64), y: &(String, f64)) -> bool {
    x.0 == y.0 && (x.1 - y.1).abs() <= 0.15 * x.1.abs().max(y.1.abs())
}

/// Whether a sum is one digit and zeros: many packages have such.
fn is_round(value: f64) -> bool {
    iris::decimal(value).trim_end_matches('0').len() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An aid event of Norland to Southia.
    fn aid(id: &str, article: &str, published: i64, day: Option<i64>, amount: Option<f64>) -> Candidate {
        let side = |name: &str| BTreeSet::from([name.to_owned()]);
        Candidate {
            id: id.to_owned(),
            kind: EventType::Aid,
            class: "aid|pledged".to_owned(),
            roles: vec![(Role::Donor, side("norland")), (Role::Recipient, side("southia"))],
            days: day.map(|day| (day, day)),
            amount: amount.map(|value| ("USD".to_owned(), value)),
            places: BTreeSet::new(),
            killed: None,
            articles: BTreeSet::from([article.to_owned()]),
            published: BTreeSet::from([published]),
            named: false,
        }
    }

    fn check(a: Candidate, b: Candidate, expected: bool) {
        let text = format!("{a:?}\n{b:?}");
        let forward = find(vec![a.clone(), b.clone()]);
        assert_eq!(!forward.is_empty(), expected, "{text}");
        assert_eq!(forward, find(vec![b, a]));
    }

    #[test]
    fn one_pledge_in_two_papers_is_one() {
        check(aid("a", "1", 10, Some(9), Some(23e8)), aid("b", "2", 10, None, Some(23e8)), true);
        check(aid("a", "1", 10, Some(9), Some(23e8)), aid("b", "2", 11, Some(9), Some(2.31e9)), true);
        check(aid("a", "1", 10, None, Some(23e8)), aid("b", "2", 11, None, Some(23e8)), true);
    }

    #[test]
    fn what_differs_is_two() {
        // Another day, another sum, one article, long after, and no sum in one.
        check(aid("a", "1", 10, Some(9), Some(23e8)), aid("b", "2", 10, Some(8), Some(23e8)), false);
        check(aid("a", "1", 10, Some(9), Some(23e8)), aid("b", "2", 10, Some(9), Some(15e8)), false);
        check(aid("a", "1", 10, Some(9), Some(23e8)), aid("b", "1", 10, None, Some(23e8)), false);
        check(aid("a", "1", 10, None, Some(23e8)), aid("b", "2", 40, None, Some(23e8)), false);
        check(aid("a", "1", 10, None, Some(23e8)), aid("b", "2", 10, None, None), false);
    }

    #[test]
    fn two_reports_of_one_day_that_differ_a_little_are_one_with_both_sums() {
        check(aid("a", "1", 10, Some(9), Some(23e8)), aid("b", "2", 10, Some(9), Some(22e8)), true);
    }

    #[test]
    fn a_chain_does_not_join_what_does_not_fit() {
        // b fits both a and c, which lie on different days.
        let events = vec![
            aid("a", "1", 10, Some(9), Some(23e8)),
            aid("b", "2", 10, None, Some(23e8)),
            aid("c", "3", 11, Some(10), Some(23e8)),
        ];
        assert_eq!(find(events).len(), 1);
    }
}
