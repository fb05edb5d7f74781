//! What merging needs to know of an event: from the events of one article to one candidate for each id over all articles.

use std::collections::{BTreeMap, BTreeSet};

use entente_model::{EntityKind, Event, EventType, Evidence, Extraction, Factuality, Role, Stage};

use crate::{agreement, calendar, iris};

/// An event as all articles give it under one id.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(super) id: String,
    pub(super) kind: EventType,
    /// What must be equal: stage, stance, running total or not, and whether it happened, is denied or lies ahead.
    pub(super) class: String,
    pub(super) stage: Option<Stage>,
    pub(super) factuality: Option<Factuality>,
    /// Core roles with their fillers.
    pub(super) roles: Vec<(Role, BTreeSet<String>)>,
    /// Who of the fillers is a person.
    pub(super) persons: BTreeSet<String>,
    /// Who of the fillers is a country.
    pub(super) countries: BTreeSet<String>,
    /// Who receives a visit.
    pub(super) hosts: BTreeSet<String>,
    /// First and last day.
    pub(super) days: Option<(i64, i64)>,
    pub(super) amount: Option<(String, f64)>,
    pub(super) cumulative: bool,
    pub(super) places: BTreeSet<String>,
    pub(super) killed: Option<u64>,
    pub(super) articles: BTreeSet<String>,
    /// Days on which the articles were published.
    pub(super) published: BTreeSet<i64>,
    /// The agreements that it happens to, by id.
    pub(super) agreements: BTreeSet<String>,
    /// Words of the agreement's title that tell it from others.
    pub(super) title: BTreeSet<String>,
    /// Its triggers, where those are words for gatherings that there are few of.
    pub(super) gatherings: BTreeSet<&'static str>,
    /// Words of the sentences that tell it, as sorted hashes.
    pub(super) sentences: BTreeSet<Vec<u32>>,
}

/// Whether it is yet to come, or may be.
fn ahead(factuality: Option<Factuality>) -> bool {
    matches!(factuality, Some(Factuality::Planned | Factuality::Possible))
}

/// How many sentences of an event are kept to be compared.
const SENTENCES: usize = 4;

/// The candidates of one article.
pub(crate) fn candidates(extraction: &Extraction) -> Vec<Candidate> {
    let published = extraction.article.published.map(|date| calendar::days(date).0);
    extraction.events.iter().map(|event| candidate(event, &extraction.article.id, published)).collect()
}

fn candidate(event: &Event, article: &str, published: Option<i64>) -> Candidate {
    let of_agreement = event.kind == EventType::Agreement;
    let reality = if ahead(event.factuality) { Some(Factuality::Planned) } else { event.factuality };
    let class = format!("{}|{:?}|{:?}|{reality:?}|{}", event.kind, event.stage, event.stance, event.cumulative);
    let ids = |role| event.fillers(role).iter().map(|filler| filler.id.clone()).collect::<BTreeSet<_>>();
    let sides = event.roles.keys().filter(|role| role.is_side());
    let roles = sides.map(|role| (*role, ids(*role))).filter(|(_, fillers)| !fillers.is_empty()).collect();
    let of_kind = |kind| {
        let fillers = event.roles.values().flatten().filter(move |filler| filler.kind == kind);
        fillers.map(|filler| filler.id.clone()).collect()
    };
    Candidate {
        id: event.id.clone(),
        kind: event.kind,
        class,
        stage: event.stage,
        factuality: event.factuality,
        roles,
        persons: of_kind(EntityKind::Person),
        countries: of_kind(EntityKind::Country),
        hosts: ids(Role::Host),
        days: event.date.map(calendar::days),
        amount: event.amount.map(|amount| (amount.currency().to_owned(), amount.value)),
        cumulative: event.cumulative,
        places: event.place.iter().map(|place| place.id.clone()).collect(),
        killed: event.killed,
        articles: BTreeSet::from([article.to_owned()]),
        published: published.into_iter().collect(),
        agreements: of_agreement.then(|| agreement::identify(event).id).into_iter().collect(),
        title: event.title.as_deref().filter(|_| of_agreement).map(agreement::telling_words).unwrap_or_default(),
        gatherings: event.all_evidence().filter_map(gathering).collect(),
        sentences: event.all_evidence().map(|evidence| words(&evidence.text)).take(SENTENCES).collect(),
    }
}

/// Gatherings of which the same sides hold one a year rather than one a day.
const GATHERINGS: [&str; 4] = ["summit", "conference", "forum", "assembly"];

fn gathering(evidence: &Evidence) -> Option<&'static str> {
    let start = evidence.trigger_start.checked_sub(evidence.start)?;
    let length = evidence.trigger_end.checked_sub(evidence.trigger_start)?;
    let trigger: String = evidence.text.chars().skip(start).take(length).flat_map(char::to_lowercase).collect();
    GATHERINGS.into_iter().find(|word| *word == trigger)
}

/// The words of a sentence, each once, as sorted hashes.
fn words(sentence: &str) -> Vec<u32> {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let hash = |word: &str| u32::try_from(iris::hash(&[&word.to_lowercase()]) >> 32).unwrap_or_default();
    words.map(hash).collect::<BTreeSet<_>>().into_iter().collect()
}

/// One candidate for each id, with all articles that give it; sorted by id.
pub(super) fn gather(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut events: BTreeMap<String, Candidate> = BTreeMap::new();
    for candidate in candidates {
        match events.get_mut(&candidate.id) {
            Some(event) => {
                event.articles.extend(candidate.articles);
                event.published.extend(candidate.published);
                event.places.extend(candidate.places);
                event.hosts.extend(candidate.hosts);
                event.agreements.extend(candidate.agreements);
                event.title.extend(candidate.title);
                event.gatherings.extend(candidate.gatherings);
                event.sentences.extend(candidate.sentences);
                while event.sentences.len() > SENTENCES {
                    event.sentences.pop_last();
                }
                event.killed = event.killed.max(candidate.killed);
            }
            None => {
                events.insert(candidate.id.clone(), candidate);
            }
        }
    }
    events.into_values().collect()
}

impl Candidate {
    pub(super) fn stage_is(&self, stage: Stage) -> bool {
        self.stage == Some(stage)
    }

    /// The day, where one is known.
    pub(super) fn day(&self) -> Option<i64> {
        self.days.filter(|(first, last)| first == last).map(|(first, _)| first)
    }

    /// The day to sort by: of the act, else of the report.
    pub(super) fn when(&self) -> i64 {
        self.days.map_or_else(|| self.published.first().copied().unwrap_or_default(), |(first, _)| first)
    }

    /// The days on which it can be: its date, else the two weeks before the report, or the month after it.
    pub(super) fn window(&self) -> Option<(i64, i64)> {
        let (before, after) = if self.is_ahead() { (1, 30) } else { (14, 0) };
        self.days.or_else(|| Some((self.published.first()? - before, self.published.last()? + after)))
    }

    /// Whether it is told as yet to come.
    pub(super) fn is_ahead(&self) -> bool {
        ahead(self.factuality)
    }

    /// An attack of countries on countries, told without day, place and dead: the war as a whole.
    pub(super) fn is_war(&self) -> bool {
        self.kind == EventType::Attack
            && self.days.is_none()
            && self.places.iter().all(|place| self.countries.contains(place))
            && self.killed.is_none()
            && self.actors().all(|actor| self.countries.contains(actor))
    }

    /// Whether somebody travels who goes to one place but seldom: a person or a body, where states send somebody every week.
    pub(super) fn traveller(&self) -> bool {
        let visitors = self.fillers(Role::Visitor);
        visitors.is_some_and(|visitors| visitors.iter().any(|visitor| !self.countries.contains(visitor)))
    }

    /// Who fills a core role.
    pub(super) fn fillers(&self, role: Role) -> Option<&BTreeSet<String>> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, fillers)| fillers)
    }

    /// Everybody in a core role.
    pub(super) fn actors(&self) -> impl Iterator<Item = &String> {
        self.roles.iter().flat_map(|(_, fillers)| fillers)
    }

    /// The agreement that it happens to, where that has a name of its own.
    pub(super) fn named_agreement(&self) -> Option<&String> {
        self.agreements.iter().find(|id| !id.starts_with("of-"))
    }
}
