//! Checks of a graph: the shapes of `data/ontology/shapes.ttl`, and what shapes cannot say.
//!
//! In: the graph and shapes in Turtle. Out: a [`Report`] of findings in words.
//!
//! Of SHACL Core it reads: targets by class, by subjects and by objects of a property; for the things themselves and for
//! the values of one property `minCount`, `maxCount`, `datatype` with the lexical form, `nodeKind sh:IRI`, `class`, `in`,
//! `pattern`, `minLength`, `minInclusive`, `maxInclusive` and `or` of these. Whatever else a shape says is named in the
//! report, never passed over in silence. A class counts where a thing has it by name: subclasses are not inferred.
//! pyshacl finds the same in a test. The one SHACL crate that is kept up, rudof's `shacl`, brings 250 crates and ten
//! minutes of building and takes 4 kB a triple: too much for what the shapes here need.

mod shapes;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use shapes::{Shape, Target, Value, local};

use crate::{
    Graph,
    index::Id,
    query::shorten,
    vocabulary::{RDF_STATEMENT, ent, gaf, nif, rdf, rdfs},
};

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// What is wrong, sorted.
    pub findings: Vec<Finding>,
    /// How many things were looked at.
    pub checked: usize,
    /// Constraints of the shapes that are not checked here.
    pub uncovered: Vec<String>,
}

/// Something wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Finding {
    /// The thing that is wrong, as an IRI.
    pub subject: String,
    /// The thing for people: its short name and its label.
    pub name: String,
    /// Which shape or check says so.
    pub check: String,
    /// What is wrong with it, for people.
    pub message: String,
}

/// The shapes cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the shapes cannot be read: {0}")]
pub struct ShapesError(String);

impl Graph {
    /// Checks the graph against shapes in Turtle; without any, against those that are compiled in.
    ///
    /// # Errors
    /// If the shapes are not Turtle.
    pub fn check(&self, shapes: Option<&str>) -> Result<Report, ShapesError> {
        let (shapes, uncovered) = shapes::read(shapes.unwrap_or_else(|| crate::shapes_turtle()))?;
        let mut report = Report { findings: Vec::new(), checked: 0, uncovered };
        for shape in &shapes {
            self.check_shape(shape, &mut report);
        }
        self.check_mentions(&mut report);
        self.check_statements(&mut report);
        report.findings.sort();
        report.findings.dedup();
        Ok(report)
    }

    /// Objects of a property in all graphs together.
    fn values(&self, subject: Id, property: &str) -> BTreeSet<Id> {
        let index = self.index();
        let Some(property) = index.iri(property) else { return BTreeSet::new() };
        let known = index.known([Some(subject), Some(property), None]).map(|row| row[2]);
        let told = index.told([Some(subject), Some(property), None, None]).map(|row| row[2]);
        known.chain(told).collect()
    }

    /// Things of a class in all graphs together.
    fn members(&self, class: &str) -> BTreeSet<Id> {
        let index = self.index();
        let (Some(kind), Some(class)) = (index.iri(rdf::TYPE.as_str()), index.iri(class)) else {
            return BTreeSet::new();
        };
        let known = index.known([None, Some(kind), Some(class)]).map(|row| row[0]);
        let told = index.told([None, Some(kind), Some(class), None]).map(|row| row[0]);
        known.chain(told).collect()
    }

    /// The things that a shape is about.
    fn targets(&self, shape: &Shape) -> BTreeSet<Id> {
        let index = self.index();
        let column = |property: &str, column: usize| -> BTreeSet<Id> {
            let Some(property) = index.iri(property) else { return BTreeSet::new() };
            let known = index.known([None, Some(property), None]).map(|row| row[column]);
            let told = index.told([None, Some(property), None, None]).map(|row| row[column]);
            known.chain(told).collect()
        };
        let of = |target: &Target| match target {
            Target::Class(class) => self.members(class),
            Target::SubjectsOf(property) => column(property, 0),
            Target::ObjectsOf(property) => column(property, 2),
        };
        shape.targets.iter().flat_map(of).collect()
    }

    fn finding(&self, subject: Id, check: &str, message: String) -> Finding {
        let index = self.index();
        let iri = index.iri_of(subject);
        let short = if iri.is_empty() { index.dictionary.term(subject).to_string() } else { self.short(iri) };
        let label = index.objects(subject, &rdfs::LABEL.into_owned()).first().map(|id| index.dictionary.value(*id));
        let name = label.map_or_else(|| short.clone(), |label| format!("{short} “{label}”"));
        Finding { subject: iri.to_owned(), name, check: check.to_owned(), message }
    }

    fn short(&self, iri: &str) -> String {
        shorten(iri, &self.base().prefixes())
    }

    fn check_shape(&self, shape: &Shape, report: &mut Report) {
        let index = self.index();
        let values = shape.properties.iter().map(|property| &property.value).chain([&shape.itself]);
        let classes: BTreeSet<&str> = values.flat_map(Value::classes).collect();
        let classes: BTreeMap<&str, BTreeSet<Id>> =
            classes.into_iter().map(|class| (class, self.members(class))).collect();
        let fault = |of: &Value, value: Id| {
            of.fault(&index.dictionary.term(value), &|class| classes.get(class).is_some_and(|all| all.contains(&value)))
        };
        for subject in self.targets(shape) {
            report.checked += 1;
            let mut wrong = |message: String| report.findings.push(self.finding(subject, &shape.name, message));
            if let Some(message) = fault(&shape.itself, subject) {
                wrong(message);
            }
            for property in &shape.properties {
                let values = self.values(subject, &property.path);
                let name = local(&property.path);
                if let Some(least) = property.least.filter(|least| values.len() < *least) {
                    wrong(if values.is_empty() {
                        format!("has no {name}")
                    } else {
                        format!("has {} values of {name}, needs {least}", values.len())
                    });
                }
                if let Some(most) = property.most.filter(|most| values.len() > *most) {
                    wrong(format!("has {} values of {name}, may have {most}", values.len()));
                }
                for value in values {
                    if let Some(message) = fault(&property.value, value) {
                        wrong(format!("{name} {message}"));
                    }
                }
            }
        }
    }

    /// A mention lies in its sentence, and the text there is the one that it names.
    fn check_mentions(&self, report: &mut Report) {
        let dictionary = &self.index().dictionary;
        let text = |subject: Id, property: oxigraph::model::NamedNodeRef<'_>| {
            let values = self.values(subject, property.as_str());
            values.first().map(|value| dictionary.value(*value).to_owned()).unwrap_or_default()
        };
        let number = |subject, property| text(subject, property).parse::<usize>().unwrap_or_default();
        for mention in self.members(ent::MENTION.as_str()) {
            report.checked += 1;
            let Some(sentence) = self.values(mention, nif::SENTENCE.as_str()).first().copied() else { continue };
            let (start, end) = (number(mention, nif::BEGIN_INDEX), number(mention, nif::END_INDEX));
            let (from, to) = (number(sentence, nif::BEGIN_INDEX), number(sentence, nif::END_INDEX));
            let mut wrong = |message: &str| {
                report.findings.push(self.finding(mention, "mention in its sentence", message.to_owned()));
            };
            if start > end || start < from || end > to {
                wrong("the mention does not lie in its sentence");
                continue;
            }
            let there: String = text(sentence, nif::ANCHOR_OF).chars().skip(start - from).take(end - start).collect();
            if there != text(mention, nif::ANCHOR_OF) {
                wrong("the sentence has another text at the place of the mention");
            }
        }
        // An event without a mention cannot be explained.
        for event in self.members(ent::EVENT.as_str()) {
            if self.values(event, gaf::DENOTED_BY.as_str()).is_empty() {
                report.findings.push(self.finding(
                    event,
                    "event with evidence",
                    "no article mentions the event".to_owned(),
                ));
            }
        }
    }

    /// A statement stands for a triple that is there, and every direct triple has a statement.
    fn check_statements(&self, report: &mut Report) {
        let index = self.index();
        let mut stated = BTreeSet::new();
        for statement in self.members(RDF_STATEMENT.as_str()) {
            let part = |property: oxigraph::model::NamedNodeRef<'_>| {
                self.values(statement, property.as_str()).first().copied()
            };
            if let (Some(s), Some(p), Some(o)) = (part(rdf::SUBJECT), part(rdf::PREDICATE), part(rdf::OBJECT)) {
                stated.insert([s, p, o]);
                if index.known([Some(s), Some(p), Some(o)]).next().is_none() {
                    report.findings.push(self.finding(
                        statement,
                        "statement of a triple",
                        "the triple that it stands for is not in the graph".to_owned(),
                    ));
                }
            }
        }
        for relation in entente_model::Relation::ALL {
            let property = crate::mapping::relation_property(relation);
            let Some(property) = index.iri(property.as_str()) else { continue };
            for row in index.known([None, Some(property), None]) {
                report.checked += 1;
                let [s, p, o] = row;
                let is_stated = stated.contains(&row) || relation.is_symmetric() && stated.contains(&[o, p, s]);
                if !is_stated {
                    report.findings.push(self.finding(
                        s,
                        "triple with a statement",
                        format!("{} {} has no event behind it", relation.name(), self.short(index.iri_of(o))),
                    ));
                }
            }
        }
    }
}
