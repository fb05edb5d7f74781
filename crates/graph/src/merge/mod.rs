//! The same event told by several articles: which events of single articles are one.
//!
//! Candidates share type, stage, stance, factuality and actors. A pair is scored by what speaks for it: equal days, equal
//! sums, equal places, articles of the same days, the same words. Whatever speaks against it (another day, another sum,
//! another place, one article that tells both) rules it out: a wrong merge hides an event, a missed one only repeats it.
//!
//! Pairs are joined best first, with ties broken by ids, and only where every event of both groups still fits every other:
//! the result depends on the set of articles alone. A merge can be undone: the graph names each event that was merged,
//! its articles and the grounds, and the mentions keep the values of each article.

mod candidate;
mod score;

use std::collections::BTreeMap;

pub(crate) use candidate::{Candidate, candidates};
use entente_model::EventType;
use score::{ENOUGH, Grounds, Offices};

/// Two events that are one, and how sure that is.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    score: i32,
    a: usize,
    b: usize,
}

/// An event that is one with another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Merge {
    /// The event that stands for both.
    pub(crate) kept: String,
    /// The name of the agreement that the kept event happens to, where it has one.
    pub(crate) agreement: Option<String>,
    /// The articles that told the merged one.
    pub(crate) articles: Vec<String>,
    /// The event of the group that it is most like, and what speaks for that: `the same sides 2, the same day 3; 5 of 5`.
    pub(crate) because: String,
    /// The one of them that it is most like.
    pub(crate) like: String,
}

/// Merged event -> what it was merged into. Does not depend on the order of the candidates.
pub(crate) fn find(candidates: Vec<Candidate>) -> BTreeMap<String, Merge> {
    let events = candidate::gather(candidates);
    let offices = Offices::of(&events);
    let mut pairs = pairs(&events, &offices);
    pairs.sort_by(|x, y| (y.score, &events[x.a].id, &events[x.b].id).cmp(&(x.score, &events[y.a].id, &events[y.b].id)));
    let mut group: Vec<usize> = (0..events.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..events.len()).map(|number| vec![number]).collect();
    // For each event the best pair that put it into its group.
    let mut best: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in pairs {
        let (a, b) = (group[pair.a], group[pair.b]);
        let fits = |x: &usize| members[b].iter().all(|y| !score::against(&events[*x], &events[*y], &offices));
        if a != b && !members[a].iter().all(fits) {
            continue;
        }
        best.entry(pair.a).or_insert(pair.b);
        best.entry(pair.b).or_insert(pair.a);
        if a == b {
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
        let Some(kept) = group.iter().min_by_key(|number| standing(&events[**number])) else { continue };
        for number in group.iter().filter(|number| *number != kept) {
            let Some(like) = best.get(number) else { continue };
            let grounds = score::grounds(&events[*number], &events[*like], &offices).unwrap_or_default();
            let merge = Merge {
                kept: events[*kept].id.clone(),
                agreement: events[*kept].named_agreement().cloned(),
                articles: events[*number].articles.iter().cloned().collect(),
                because: because(&grounds),
                like: events[*like].id.clone(),
            };
            merged.insert(events[*number].id.clone(), merge);
        }
    }
    merged
}

/// `the same sides 2, the same day 3: 5, enough is 5`
fn because(grounds: &Grounds) -> String {
    let parts: Vec<String> = grounds.iter().map(|(words, weight)| format!("{words} {weight:+}")).collect();
    format!("{}: {} of {ENOUGH} needed", parts.join(", "), sum(grounds))
}

fn sum(grounds: &Grounds) -> i32 {
    grounds.iter().map(|(_, weight)| weight).sum()
}

fn standing(event: &Candidate) -> (bool, bool, std::cmp::Reverse<usize>, bool, &str) {
    let unnamed = event.kind == EventType::Agreement && event.named_agreement().is_none();
    (unnamed, event.day().is_none(), std::cmp::Reverse(event.actors().count()), event.amount.is_none(), &event.id)
}

/// All pairs that score enough. Only events that share their class and an actor are compared.
fn pairs(events: &[Candidate], offices: &Offices) -> Vec<Pair> {
    let mut blocks: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    // An office is held for years: there is nothing to tell twice.
    let told = events.iter().enumerate().filter(|(_, event)| event.kind != EventType::Position);
    for (number, event) in told {
        // One actor is enough to meet in: fillers of the last role narrow it best (the recipient, the target); a visit's
        // destination may be told more or less exactly, its visitor not.
        let role = if event.kind == EventType::Visit { event.roles.first() } else { event.roles.last() };
        for actor in role.iter().flat_map(|(_, fillers)| fillers) {
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
                let grounds = score::grounds(&events[a], &events[b], offices);
                if let Some(score) = grounds.map(|grounds| sum(&grounds)).filter(|score| *score >= ENOUGH) {
                    pairs.insert((a, b), score);
                }
            }
        }
    }
    pairs.into_iter().map(|((a, b), score)| Pair { score, a, b }).collect()
}

/// How many neighbours in time an event is compared with.
const WINDOW: usize = 200;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use entente_model::{Factuality, Role};

    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// An event told in one article.
    fn event(id: &str, article: &str, published: i64, day: Option<i64>, roles: &[(Role, &[&str])]) -> Candidate {
        Candidate {
            id: id.to_owned(),
            kind: EventType::Meeting,
            class: String::new(),
            stage: None,
            factuality: None,
            roles: roles.iter().map(|(role, names)| (*role, set(names))).collect(),
            persons: BTreeSet::new(),
            countries: BTreeSet::new(),
            hosts: BTreeSet::new(),
            days: day.map(|day| (day, day)),
            amount: None,
            cumulative: false,
            places: BTreeSet::new(),
            killed: None,
            articles: set(&[article]),
            published: BTreeSet::from([published]),
            agreements: BTreeSet::new(),
            title: BTreeSet::new(),
            gatherings: BTreeSet::new(),
            sentences: BTreeSet::new(),
        }
    }

    /// An aid event of Norland to Southia.
    fn aid(id: &str, article: &str, published: i64, day: Option<i64>, amount: Option<f64>) -> Candidate {
        let roles: &[(Role, &[&str])] = &[(Role::Donor, &["norland"]), (Role::Recipient, &["southia"])];
        let amount = amount.map(|value| ("USD".to_owned(), value));
        Candidate { kind: EventType::Aid, amount, ..event(id, article, published, day, roles) }
    }

    /// A meeting of persons.
    fn meeting(id: &str, article: &str, day: Option<i64>, names: &[&str]) -> Candidate {
        Candidate { persons: set(names), ..event(id, article, 10, day, &[(Role::Participant, names)]) }
    }

    fn office(person: &str, side: &str) -> Candidate {
        let roles: &[(Role, &[&str])] = &[(Role::Person, &[person]), (Role::Organization, &[side])];
        Candidate {
            kind: EventType::Position,
            class: "position".to_owned(),
            ..event(&format!("{person} of {side}"), "offices", 10, None, roles)
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
        // Help in general, told every day.
        check(aid("a", "1", 10, None, None), aid("b", "2", 10, None, None), false);
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

    #[test]
    fn persons_meet_once_a_day_and_states_often() {
        check(meeting("a", "1", Some(10), &["holt", "kesk"]), meeting("b", "2", None, &["holt", "kesk"]), true);
        check(meeting("a", "1", None, &["holt", "kesk"]), meeting("b", "2", None, &["holt", "kesk"]), true);
        let states: &[(Role, &[&str])] = &[(Role::Participant, &["norland", "southia"])];
        check(event("a", "1", 10, Some(10), states), event("b", "2", 10, None, states), false);
    }

    #[test]
    fn talks_of_two_sides_are_not_talks_of_three() {
        let two = || meeting("a", "1", Some(10), &["holt", "kesk"]);
        let three = || meeting("b", "2", Some(10), &["brandt", "holt", "kesk"]);
        check(two(), three(), false);
        // Unless the third is one more of the same side.
        let offices = [office("holt", "norland"), office("kesk", "southia"), office("brandt", "southia")];
        let merged = find([two(), three()].into_iter().chain(offices).collect());
        assert_eq!(merged["a"].kept, "b");
        assert_eq!(
            merged["a"].because,
            "the same sides +2, more people of the same sides +0, persons by name +1, the same day +3: 6 of 5 needed"
        );
    }

    #[test]
    fn a_visit_to_a_town_and_to_a_house_in_it_is_told_by_the_host() {
        let visit = |id, article, to: &str, host: &[&str]| Candidate {
            kind: EventType::Visit,
            persons: set(&["holt"]),
            hosts: set(host),
            ..event(id, article, 10, Some(10), &[(Role::Visitor, &["holt"]), (Role::Destination, &[to])])
        };
        check(visit("a", "1", "town", &["kesk"]), visit("b", "2", "palace", &["kesk"]), true);
        check(visit("a", "1", "town", &[]), visit("b", "2", "palace", &[]), false);
    }

    #[test]
    fn what_lasts_may_be_dated_by_its_days() {
        let trip = |id, article, day| Candidate {
            kind: EventType::Visit,
            persons: set(&["holt"]),
            ..event(id, article, day, Some(day), &[(Role::Visitor, &["holt"]), (Role::Destination, &["southia"])])
        };
        check(trip("a", "1", 10), trip("b", "2", 12), true);
        check(trip("a", "1", 10), trip("b", "2", 15), false);
        check(meeting("a", "1", Some(10), &["holt", "kesk"]), meeting("b", "2", Some(11), &["holt", "kesk"]), false);
        let states: &[(Role, &[&str])] = &[(Role::Participant, &["norland", "southia"])];
        let summit = |id, article, day| Candidate {
            gatherings: BTreeSet::from(["summit"]),
            ..event(id, article, 12, Some(day), states)
        };
        check(summit("a", "1", 10), summit("b", "2", 11), true);
    }

    #[test]
    fn one_traveller_makes_one_trip_in_ten_days_and_a_state_many() {
        let trip = |id, article, published, visitor: &str, countries: &[&str]| Candidate {
            kind: EventType::Visit,
            countries: set(countries),
            ..event(id, article, published, None, &[(Role::Visitor, &[visitor]), (Role::Destination, &["southia"])])
        };
        let told = |published, visitor: &str| trip("b", "2", published, visitor, &["norland", "southia"]);
        let first = |visitor: &str| trip("a", "1", 10, visitor, &["norland", "southia"]);
        check(first("holt"), told(19, "holt"), true);
        check(first("holt"), told(22, "holt"), false);
        check(first("norland"), told(11, "norland"), false);
    }

    #[test]
    fn talks_of_the_same_three_are_one_where_talks_of_two_may_be_others() {
        let talks = |id, article, day, names: &[&str]| event(id, article, 11, day, &[(Role::Participant, names)]);
        let three: &[&str] = &["norland", "southia", "westia"];
        check(talks("a", "1", Some(10), three), talks("b", "2", None, three), true);
        check(talks("a", "1", Some(10), &three[..2]), talks("b", "2", None, &three[..2]), false);
    }

    #[test]
    fn a_war_is_told_every_day() {
        let war = |id, article, published| Candidate {
            kind: EventType::Attack,
            countries: set(&["norland", "southia"]),
            ..event(id, article, published, None, &[(Role::Attacker, &["norland"]), (Role::Target, &["southia"])])
        };
        check(war("a", "1", 10), war("b", "2", 19), true);
        check(war("a", "1", 10), war("b", "2", 21), false);
        let raid = |id, article, published| Candidate { countries: set(&["southia"]), ..war(id, article, published) };
        check(raid("a", "1", 10), raid("b", "2", 12), false);
    }

    #[test]
    fn a_meeting_is_announced_before_its_day() {
        let announced = |id, article, published, day| Candidate {
            factuality: Some(Factuality::Planned),
            persons: set(&["holt", "kesk"]),
            ..event(id, article, published, day, &[(Role::Participant, &["holt", "kesk"])])
        };
        check(announced("a", "1", 10, None), announced("b", "2", 11, Some(18)), true);
        check(announced("a", "1", 10, None), announced("b", "2", 11, Some(60)), false);
    }

    #[test]
    fn the_same_sentence_carries_what_has_no_date() {
        let told = |id, article| Candidate {
            sentences: BTreeSet::from([(0..12).collect::<Vec<u32>>()]),
            ..aid(id, article, 10, None, None)
        };
        check(told("a", "1"), told("b", "2"), true);
    }

    #[test]
    fn titles_tell_agreements_apart() {
        let agreement = |id, article, title: &[&str]| Candidate {
            kind: EventType::Agreement,
            title: set(title),
            ..event(id, article, 10, Some(10), &[(Role::Party, &["norland", "southia"])])
        };
        check(agreement("a", "1", &["water"]), agreement("b", "2", &["fishing"]), false);
        check(agreement("a", "1", &["water"]), agreement("b", "2", &[]), true);
    }
}
