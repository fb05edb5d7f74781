//! Checks of a graph: the shapes of `data/ontology/shapes.ttl`, and what shapes cannot say.
//!
//! Of SHACL Core it reads what those shapes use: target classes, and for a property `minCount`, `maxCount`, `datatype`,
//! `nodeKind sh:IRI`, `class`, `in`, `pattern` (three capitals), `minInclusive` and `maxInclusive`. Constraints that it
//! does not know are named in the report, never passed over in silence.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{NamedOrBlankNode, Term},
};

use crate::{
    Graph,
    index::Id,
    vocabulary::{RDF_STATEMENT, ent, gaf, nif, rdf},
};

const SH: &str = "http://www.w3.org/ns/shacl#";

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
    /// The thing that is wrong.
    pub subject: String,
    /// Which shape or check says so.
    pub check: String,
    /// What is wrong with it, for people.
    pub message: String,
}

/// The shapes cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the shapes cannot be read: {0}")]
pub struct ShapesError(String);

/// What all things of a class must have.
#[derive(Debug, Default)]
struct Shape {
    name: String,
    class: String,
    properties: Vec<Property>,
}

/// What the values of one property must be.
#[derive(Debug, Default)]
struct Property {
    path: String,
    least: Option<usize>,
    most: Option<usize>,
    datatype: Option<String>,
    iri: bool,
    class: Option<String>,
    among: Option<BTreeSet<String>>,
    pattern: Option<String>,
    lowest: Option<f64>,
    highest: Option<f64>,
}

impl Graph {
    /// Checks the graph against shapes in Turtle; without any, against those that are compiled in.
    ///
    /// # Errors
    /// If the shapes are not Turtle.
    pub fn check(&self, shapes: Option<&str>) -> Result<Report, ShapesError> {
        let (shapes, uncovered) = read(shapes.unwrap_or_else(|| crate::shapes_turtle()))?;
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

    fn check_shape(&self, shape: &Shape, report: &mut Report) {
        let classes: BTreeMap<&str, BTreeSet<Id>> = shape
            .properties
            .iter()
            .filter_map(|property| property.class.as_deref())
            .map(|class| (class, self.members(class)))
            .collect();
        let dictionary = &self.index().dictionary;
        for subject in self.members(&shape.class) {
            report.checked += 1;
            for property in &shape.properties {
                let values = self.values(subject, &property.path);
                let mut wrong = |message: String| {
                    report.findings.push(Finding {
                        subject: self.index().iri_of(subject).to_owned(),
                        check: shape.name.clone(),
                        message: format!("{} {message}", local(&property.path)),
                    });
                };
                if let Some(least) = property.least.filter(|least| values.len() < *least) {
                    wrong(format!("has {} values, needs {least}", values.len()));
                }
                if let Some(most) = property.most.filter(|most| values.len() > *most) {
                    wrong(format!("has {} values, may have {most}", values.len()));
                }
                for value in values {
                    let member = |class: &String| classes.get(class.as_str()).is_none_or(|all| all.contains(&value));
                    if let Some(message) = property.fault(&dictionary.term(value), member) {
                        wrong(message);
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
                report.findings.push(Finding {
                    subject: self.index().iri_of(mention).to_owned(),
                    check: "mention in its sentence".to_owned(),
                    message: message.to_owned(),
                });
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
                report.findings.push(Finding {
                    subject: self.index().iri_of(event).to_owned(),
                    check: "event with evidence".to_owned(),
                    message: "no article mentions the event".to_owned(),
                });
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
                    report.findings.push(Finding {
                        subject: index.iri_of(statement).to_owned(),
                        check: "statement of a triple".to_owned(),
                        message: "the triple that it stands for is not in the graph".to_owned(),
                    });
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
                    report.findings.push(Finding {
                        subject: index.iri_of(s).to_owned(),
                        check: "triple with a statement".to_owned(),
                        message: format!("{} {} has no event behind it", relation.name(), index.iri_of(o)),
                    });
                }
            }
        }
    }
}

impl Property {
    /// What is wrong with a value.
    fn fault(&self, value: &Term, is_member: impl Fn(&String) -> bool) -> Option<String> {
        let datatype = match value {
            Term::Literal(literal) => Some(literal.datatype().as_str().to_owned()),
            _ => None,
        };
        let text = match value {
            Term::Literal(literal) => literal.value(),
            Term::NamedNode(node) => node.as_str(),
            Term::BlankNode(node) => node.as_str(),
        };
        if self.datatype.is_some() && self.datatype != datatype {
            return Some(format!("{value} is not of {}", local(self.datatype.as_deref().unwrap_or_default())));
        }
        if self.iri && !value.is_named_node() {
            return Some(format!("{value} is not an IRI"));
        }
        if self.class.as_ref().is_some_and(|class| !is_member(class)) {
            return Some(format!("{value} is not of class {}", local(self.class.as_deref().unwrap_or_default())));
        }
        if self.among.as_ref().is_some_and(|among| !among.contains(text)) {
            return Some(format!("{value} is not one of the values allowed"));
        }
        if self.pattern.is_some() && !(text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())) {
            return Some(format!("{value} is not three capital letters"));
        }
        let number = text.parse::<f64>();
        let outside = |number: f64| {
            self.lowest.is_some_and(|lowest| number < lowest) || self.highest.is_some_and(|highest| number > highest)
        };
        if (self.lowest.is_some() || self.highest.is_some()) && number.map_or(true, outside) {
            return Some(format!("{value} is outside the range allowed"));
        }
        None
    }
}

fn local(iri: &str) -> &str {
    iri.rsplit(['/', '#']).next().unwrap_or(iri)
}

/// Reads shapes, and the names of constraints that this module does not check.
fn read(turtle: &str) -> Result<(Vec<Shape>, Vec<String>), ShapesError> {
    let mut nodes: BTreeMap<String, Vec<(String, Term)>> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
        let quad = quad.map_err(|error| ShapesError(error.to_string()))?;
        let subject = match quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.into_string(),
            NamedOrBlankNode::BlankNode(node) => node.into_string(),
        };
        nodes.entry(subject).or_default().push((quad.predicate.into_string(), quad.object));
    }
    let mut uncovered = BTreeSet::new();
    let mut shapes = Vec::new();
    for (name, parts) in &nodes {
        let Some((_, class)) = parts.iter().find(|(property, _)| *property == format!("{SH}targetClass")) else {
            continue;
        };
        let mut shape = Shape { name: local(name).to_owned(), class: text(class), ..Shape::default() };
        for (property, value) in parts {
            match property.strip_prefix(SH) {
                Some("property") => shape.properties.push(property_shape(&nodes, &text(value), &mut uncovered)),
                Some("targetClass") | None => {}
                Some(other) => {
                    uncovered.insert(format!("sh:{other}"));
                }
            }
        }
        shape.properties.sort_by(|a, b| a.path.cmp(&b.path));
        shapes.push(shape);
    }
    Ok((shapes, uncovered.into_iter().collect()))
}

fn property_shape(
    nodes: &BTreeMap<String, Vec<(String, Term)>>,
    node: &str,
    uncovered: &mut BTreeSet<String>,
) -> Property {
    let mut shape = Property::default();
    for (property, value) in nodes.get(node).into_iter().flatten() {
        let text = text(value);
        match property.strip_prefix(SH) {
            Some("path") => shape.path = text,
            Some("minCount") => shape.least = text.parse().ok(),
            Some("maxCount") => shape.most = text.parse().ok(),
            Some("datatype") => shape.datatype = Some(text),
            Some("nodeKind") if text == format!("{SH}IRI") => shape.iri = true,
            Some("class") => shape.class = Some(text),
            Some("in") => shape.among = Some(list(nodes, &text)),
            Some("pattern") if text == "^[A-Z]{3}$" => shape.pattern = Some(text),
            Some("minInclusive") => shape.lowest = text.parse().ok(),
            Some("maxInclusive") => shape.highest = text.parse().ok(),
            Some(other) => {
                uncovered.insert(format!("sh:{other} {text}"));
            }
            None => {}
        }
    }
    shape
}

/// The members of an RDF list.
fn list(nodes: &BTreeMap<String, Vec<(String, Term)>>, head: &str) -> BTreeSet<String> {
    let mut members = BTreeSet::new();
    let mut node = head.to_owned();
    // A list cannot have more cells than there are nodes, even one that bites its tail.
    for _ in 0..nodes.len() {
        let Some(parts) = nodes.get(&node) else { break };
        let part =
            |name: oxigraph::model::NamedNodeRef<'_>| parts.iter().find(|(property, _)| property == name.as_str());
        members.extend(part(rdf::FIRST).map(|(_, value)| text(value)));
        let Some((_, rest)) = part(rdf::REST) else { break };
        node = text(rest);
    }
    members
}

fn text(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_constraints_of_the_shapes_are_checked() {
        let (shapes, uncovered) = read(crate::shapes_turtle()).unwrap();
        assert!(shapes.len() > 20, "{}", shapes.len());
        assert_eq!(uncovered, Vec::<String>::new());
    }
}
