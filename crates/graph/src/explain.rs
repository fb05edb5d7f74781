//! From an event, a direct triple or an actor to the sentences behind it: what is said, where, and which rule found it.

use std::io::{self, Write};

use oxigraph::model::NamedNodeRef;
use serde_json::json;

use crate::{
    Graph, NameError,
    escape::terminal,
    index::Id,
    view::{EventView, label},
    vocabulary::{ONTOLOGY, ent, gaf, nif, prov, schema},
};

/// What to explain, as IRIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An event.
    Event(String),
    /// A direct triple, or an event, a role and an actor.
    Triple(String, String, String),
    /// Everything that an actor has a part in.
    Actor(String),
}

/// Why there is no explanation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// A name is no actor's.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Neither one thing nor a triple.
    #[error("give an event, an actor, or a triple of three words: SUBJECT RELATION OBJECT")]
    Words,
    /// The word in the middle is no relation.
    #[error("{0:?} is no relation; relations are {list}", list = relations())]
    Relation(String),
    /// The graph does not hold it.
    #[error("the graph does not say this: {0}")]
    Unknown(String),
}

fn relations() -> String {
    let names: Vec<&str> = entente_model::Relation::ALL.iter().map(|relation| relation.name()).collect();
    names.join(", ")
}

impl Target {
    /// Reads one word (an event's IRI, prefixed name or id, or an actor), or three (subject, relation, object).
    ///
    /// # Errors
    /// If a name is no actor's, or the middle word is no relation.
    pub fn parse(graph: &Graph, words: &[String]) -> Result<Self, ExplainError> {
        match words {
            [one] => Ok(match event_iri(graph, one) {
                Some(event) => Self::Event(event),
                None => Self::Actor(graph.actor(one)?.iri),
            }),
            [subject, relation, object] => {
                let named = |iri: &String| graph.index().iri(iri).is_some();
                let relation = match graph.expand(&format!("ent:{relation}")).filter(named) {
                    Some(iri) => iri,
                    None => graph
                        .expand(relation)
                        .filter(named)
                        .ok_or_else(|| unknown_relation(graph, relation, subject, object))?,
                };
                let subject = match event_iri(graph, subject) {
                    Some(event) => event,
                    None => graph.actor(subject)?.iri,
                };
                Ok(Self::Triple(subject, relation, graph.actor(object)?.iri))
            }
            _ => Err(ExplainError::Words),
        }
    }
}

/// A relation of the ontology that this graph does not use is no mistake of spelling.
fn unknown_relation(graph: &Graph, relation: &str, subject: &str, object: &str) -> ExplainError {
    let local = graph.expand(relation).and_then(|iri| iri.strip_prefix(ONTOLOGY).map(str::to_owned));
    let local = local.unwrap_or_else(|| relation.to_owned());
    if entente_model::Relation::ALL.iter().any(|known| known.name() == local) {
        ExplainError::Unknown(format!("{subject} {relation} {object}"))
    } else {
        ExplainError::Relation(relation.to_owned())
    }
}

fn event_iri(graph: &Graph, word: &str) -> Option<String> {
    let iri = graph.expand(word)?;
    let id = graph.index().iri(&iri)?;
    graph.event_view(id).is_some().then_some(iri)
}

/// The sentences behind something, with articles and rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    heading: String,
    events: Vec<Explained>,
}

#[derive(Debug, Clone, PartialEq)]
struct Explained {
    iri: String,
    label: String,
    /// Events of other articles that were found to be this one.
    merged_from: Vec<Merged>,
    mentions: Vec<Told>,
}

/// An event that was found to be another.
#[derive(Debug, Clone, PartialEq)]
struct Merged {
    iri: String,
    /// Ids of the articles that told it.
    articles: Vec<String>,
    /// The event of the group that it is most like.
    like: String,
    because: String,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) published: String,
    pub(crate) article: String,
    pub(crate) article_id: String,
    pub(crate) headline: String,
    pub(crate) publisher: String,
    pub(crate) url: String,
    pub(crate) sentence: String,
    /// Offset of the sentence in the article, in characters.
    pub(crate) start: usize,
    /// Where the trigger lies in the sentence, in characters.
    pub(crate) trigger: (usize, usize),
    pub(crate) rule: String,
    pub(crate) confidence: String,
}

impl Graph {
    /// Gives the sentences behind an event, a triple or an actor.
    ///
    /// # Errors
    /// If the graph does not hold it.
    pub fn explain(&self, target: &Target) -> Result<Explanation, ExplainError> {
        let index = self.index();
        let id = |iri: &str| index.iri(iri).ok_or_else(|| ExplainError::Unknown(iri.to_owned()));
        let (heading, events) = match target {
            Target::Event(iri) => (label(index, id(iri)?), vec![id(iri)?]),
            Target::Actor(iri) => {
                let actor = id(iri)?;
                let filter = crate::Filter { actors: vec![iri.clone()], ..Default::default() };
                let events = self.events_of(&filter)?.into_iter().map(|event| event.id).collect();
                (label(index, actor), events)
            }
            Target::Triple(subject, predicate, object) => {
                let (s, p, o) = (id(subject)?, id(predicate)?, id(object)?);
                let words =
                    format!("{} {} {}", label(index, s), predicate.trim_start_matches(ONTOLOGY), label(index, o));
                if index.known([Some(s), Some(p), Some(o)]).next().is_none() {
                    return Err(ExplainError::Unknown(words));
                }
                let mut events: Vec<Id> = Vec::new();
                for (from, to) in [(subject, object), (object, subject)] {
                    let statement = self.base().fact(from, predicate, to);
                    let Some(statement) = index.iri(&statement) else { continue };
                    events.extend(index.objects(statement, &prov::WAS_DERIVED_FROM.into_owned()));
                    break;
                }
                // A role of an event explains itself.
                if events.is_empty() && self.event_view(s).is_some() {
                    events.push(s);
                }
                (words, events)
            }
        };
        let events = events.into_iter().filter_map(|event| self.event_view(event)).map(|event| self.explained(&event));
        Ok(Explanation { heading, events: events.collect() })
    }

    fn explained(&self, event: &EventView) -> Explained {
        let index = self.index();
        let merged = index.objects(event.id, &ent::MERGED_FROM.into_owned());
        Explained {
            iri: index.iri_of(event.id).to_owned(),
            label: event.label.clone(),
            merged_from: merged.into_iter().map(|id| self.merged(id)).collect(),
            mentions: self.told(event.id),
        }
    }

    fn merged(&self, event: Id) -> Merged {
        let index = self.index();
        let first = |property: NamedNodeRef<'_>| {
            let values = index.objects(event, &property.into_owned());
            values.first().map(|id| index.dictionary.value(*id).to_owned()).unwrap_or_default()
        };
        let articles = index.objects(event, &prov::WAS_DERIVED_FROM.into_owned());
        Merged {
            iri: index.iri_of(event).to_owned(),
            articles: articles.into_iter().map(|article| self.article_id(article)).collect(),
            like: first(ent::MERGED_AS),
            because: first(ent::MERGED_BECAUSE),
        }
    }

    fn article_id(&self, article: Id) -> String {
        let index = self.index();
        let property = index.iri(schema::IDENTIFIER.as_str());
        let row = index.told([Some(article), property, None, Some(article)]).next();
        row.map(|[_, _, id, _]| index.dictionary.value(id).to_owned()).unwrap_or_default()
    }

    /// All evidence of an event, by date of publication and place in the text.
    pub(crate) fn told(&self, event: Id) -> Vec<Told> {
        let index = self.index();
        let Some(denoted_by) = index.iri(gaf::DENOTED_BY.as_str()) else { return Vec::new() };
        let mut told: Vec<Told> = index
            .told([Some(event), Some(denoted_by), None, None])
            .map(|[_, _, mention, article]| self.mention(mention, article))
            .collect();
        told.sort();
        told
    }

    fn mention(&self, mention: Id, article: Id) -> Told {
        let index = self.index();
        let object = |subject: Id, property: NamedNodeRef<'_>| {
            let property = index.iri(property.as_str())?;
            index.told([Some(subject), Some(property), None, Some(article)]).next().map(|row| row[2])
        };
        let value = |subject: Id, property: NamedNodeRef<'_>| {
            object(subject, property).map(|id| index.dictionary.value(id).to_owned()).unwrap_or_default()
        };
        let offset = |subject, property| value(subject, property).parse::<usize>().unwrap_or_default();
        let sentence = object(mention, nif::SENTENCE).unwrap_or(mention);
        let start = offset(sentence, nif::BEGIN_INDEX);
        let trigger = [nif::BEGIN_INDEX, nif::END_INDEX].map(|end| offset(mention, end).saturating_sub(start));
        let publisher = object(article, schema::PUBLISHER).map(|id| value(id, schema::NAME)).unwrap_or_default();
        Told {
            published: value(article, schema::DATE_PUBLISHED),
            article: index.iri_of(article).to_owned(),
            article_id: value(article, schema::IDENTIFIER),
            headline: value(article, schema::HEADLINE),
            publisher,
            url: value(article, schema::URL),
            sentence: value(sentence, nif::ANCHOR_OF),
            start,
            trigger: (trigger[0], trigger[1]),
            rule: value(mention, ent::RULE),
            confidence: value(mention, ent::CONFIDENCE),
        }
    }
}

impl Merged {
    fn write(&self, out: &mut dyn Write, into: &str, faint: &str, plain: &str) -> io::Result<()> {
        writeln!(out, "{faint}  the same event as {} ({})", self.iri, terminal(&self.articles.join(", ")))?;
        if self.like != into {
            writeln!(out, "    most like {}", self.like)?;
        }
        writeln!(out, "    {}{plain}", self.because)
    }

    fn json(&self) -> serde_json::Value {
        json!({"event": self.iri, "articles": self.articles, "mostLike": self.like, "because": self.because})
    }
}

impl Told {
    /// `Headline, Publisher, 2024-05-01 (id)`
    pub(crate) fn source(&self) -> String {
        let mut parts: Vec<&str> = vec![&self.headline, &self.publisher, &self.published];
        parts.retain(|part| !part.is_empty());
        if parts.is_empty() { self.article_id.clone() } else { format!("{} ({})", parts.join(", "), self.article_id) }
    }

    /// The sentence in three parts: before the trigger, the trigger, after it.
    pub(crate) fn parts(&self) -> (String, String, String) {
        let (start, end) = self.trigger;
        let take = |from: usize, to: usize| self.sentence.chars().skip(from).take(to.saturating_sub(from)).collect();
        let length = self.sentence.chars().count();
        if start >= end || end > length {
            return (self.sentence.clone(), String::new(), String::new());
        }
        (take(0, start), take(start, end), take(end, length))
    }
}

impl Explanation {
    /// Whether there is no evidence.
    pub fn is_empty(&self) -> bool {
        self.events.iter().all(|event| event.mentions.is_empty())
    }

    /// Writes it for people; the trigger of each sentence is bold on a terminal, in brackets elsewhere.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write_text(&self, out: &mut dyn Write, color: bool) -> io::Result<()> {
        let (bold, faint, plain) = if color { ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m") } else { ("", "", "") };
        let (open, close) = if color { ("\u{1b}[1;33m", plain) } else { ("[", "]") };
        writeln!(out, "{bold}{}{plain}", terminal(&self.heading))?;
        for event in &self.events {
            writeln!(out)?;
            if event.label != self.heading {
                writeln!(out, "{}", terminal(&event.label))?;
            }
            writeln!(out, "{faint}{}{plain}", event.iri)?;
            for other in &event.merged_from {
                other.write(out, &event.iri, faint, plain)?;
            }
            for told in &event.mentions {
                let (before, trigger, after) = told.parts();
                let clean = |text: &str| terminal(&text.replace(['\n', '\r'], " "));
                let marked =
                    if trigger.is_empty() { String::new() } else { format!("{open}{}{close}", clean(&trigger)) };
                writeln!(out, "  “{}{marked}{}”", clean(before.trim_start()), clean(after.trim_end()))?;
                writeln!(out, "    {}", terminal(&told.source()))?;
                if !told.url.is_empty() {
                    writeln!(out, "    {}", terminal(&told.url))?;
                }
                let end = told.start + told.sentence.chars().count();
                writeln!(
                    out,
                    "    {faint}rule {}, confidence {}, characters {} to {end}{plain}",
                    told.rule, told.confidence, told.start
                )?;
            }
        }
        Ok(())
    }

    /// Writes it as one JSON object.
    ///
    /// # Errors
    /// If writing fails.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let events: Vec<_> = self
            .events
            .iter()
            .map(|event| {
                let evidence: Vec<_> = event.mentions.iter().map(Told::json).collect();
                let merged: Vec<_> = event.merged_from.iter().map(Merged::json).collect();
                json!({"event": event.iri, "label": event.label, "mergedFrom": merged, "evidence": evidence})
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &json!({"about": self.heading, "events": events}))?;
        writeln!(out)
    }
}

impl Told {
    pub(crate) fn json(&self) -> serde_json::Value {
        let (start, end) = self.trigger;
        json!({
            "sentence": self.sentence,
            "start": self.start,
            "end": self.start + self.sentence.chars().count(),
            "trigger": {"text": self.parts().1, "start": self.start + start, "end": self.start + end},
            "rule": self.rule,
            "confidence": self.confidence.parse::<f64>().ok(),
            "article": {
                "iri": self.article,
                "id": self.article_id,
                "title": self.headline,
                "publisher": self.publisher,
                "published": self.published,
                "url": self.url,
            },
        })
    }
}
