//! Shapes in Turtle -> the part of SHACL Core that [`super`] checks, and the names of what it does not.
//!
//! Nothing is passed over in silence: a shape whose targets are of another sort, a path that is more than one property, a
//! constraint that is not known here are each named, so that a report never looks more thorough than it is.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{NamedNodeRef, NamedOrBlankNode, Term},
};
use regex::Regex;

use super::ShapesError;
use crate::vocabulary::rdf;

const SH: &str = "http://www.w3.org/ns/shacl#";

/// Parts of a shape that constrain nothing.
const COMMENTS: [&str; 6] = ["name", "description", "order", "group", "severity", "message"];

/// What some things must have.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) targets: Vec<Target>,
    /// What the things themselves must be.
    pub(super) itself: Value,
    pub(super) properties: Vec<Property>,
}

/// Which things a shape is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    Class(String),
    SubjectsOf(String),
    ObjectsOf(String),
}

/// How many values a property must have, and what each must be.
#[derive(Debug, Default)]
pub(super) struct Property {
    pub(super) path: String,
    pub(super) least: Option<usize>,
    pub(super) most: Option<usize>,
    pub(super) value: Value,
}

/// What one value must be.
#[derive(Debug, Default)]
pub(super) struct Value {
    pub(super) datatype: Option<String>,
    pub(super) iri: bool,
    pub(super) class: Option<String>,
    pub(super) among: Option<BTreeSet<String>>,
    pub(super) pattern: Option<Regex>,
    pub(super) lowest: Option<f64>,
    pub(super) highest: Option<f64>,
    pub(super) shortest: Option<usize>,
    /// At least one of these must hold.
    pub(super) any: Vec<Value>,
}

type Nodes = BTreeMap<String, Vec<(String, Term)>>;

/// Reads shapes, and what of them is not checked.
pub(super) fn read(turtle: &str) -> Result<(Vec<Shape>, Vec<String>), ShapesError> {
    let mut nodes = Nodes::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
        let quad = quad.map_err(|error| ShapesError(error.to_string()))?;
        let subject = match quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.into_string(),
            NamedOrBlankNode::BlankNode(node) => node.into_string(),
        };
        nodes.entry(subject).or_default().push((quad.predicate.into_string(), quad.object));
    }
    let mut reader = Reader { nodes: &nodes, uncovered: BTreeSet::new() };
    let shapes = nodes.keys().filter_map(|name| reader.shape(name)).collect();
    Ok((shapes, reader.uncovered.into_iter().collect()))
}

struct Reader<'a> {
    nodes: &'a Nodes,
    uncovered: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn parts(&self, node: &str) -> impl Iterator<Item = (&'a str, &'a Term)> + use<'a> {
        let parts = self.nodes.get(node).map_or(&[][..], Vec::as_slice);
        parts.iter().filter_map(|(property, value)| Some((property.strip_prefix(SH)?, value)))
    }

    /// A shape with targets; others are only parts of these.
    fn shape(&mut self, name: &str) -> Option<Shape> {
        let mut shape = Shape { name: local(name).to_owned(), ..Shape::default() };
        let mut is_target = false;
        for (property, value) in self.parts(name) {
            is_target |= property.starts_with("target");
            match property {
                "targetClass" => shape.targets.push(Target::Class(text(value))),
                "targetSubjectsOf" => shape.targets.push(Target::SubjectsOf(text(value))),
                "targetObjectsOf" => shape.targets.push(Target::ObjectsOf(text(value))),
                _ => {}
            }
        }
        let is_shape = self
            .nodes
            .get(name)?
            .iter()
            .any(|(property, value)| property == rdf::TYPE.as_str() && text(value) == format!("{SH}NodeShape"));
        if !is_target {
            if is_shape {
                self.uncovered.insert(format!("{}: a shape without a target", shape.name));
            }
            return None;
        }
        for (property, value) in self.parts(name) {
            match property {
                "targetClass" | "targetSubjectsOf" | "targetObjectsOf" => {}
                "property" => shape.properties.extend(self.property(&text(value))),
                _ => self.constraint(&mut shape.itself, property, value),
            }
        }
        shape.properties.sort_by(|a, b| a.path.cmp(&b.path));
        Some(shape)
    }

    fn property(&mut self, node: &str) -> Option<Property> {
        let mut shape = Property::default();
        for (property, value) in self.parts(node) {
            match (property, value) {
                ("path", Term::NamedNode(path)) => path.as_str().clone_into(&mut shape.path),
                ("path", _) => {
                    self.uncovered.insert("sh:path that is not one property".to_owned());
                    return None;
                }
                ("minCount", _) => shape.least = text(value).parse().ok(),
                ("maxCount", _) => shape.most = text(value).parse().ok(),
                _ => self.constraint(&mut shape.value, property, value),
            }
        }
        Some(shape)
    }

    fn constraint(&mut self, of: &mut Value, property: &str, term: &Term) {
        let text = text(term);
        match property {
            "datatype" => of.datatype = Some(text),
            "nodeKind" if text == format!("{SH}IRI") => of.iri = true,
            "class" if of.class.is_none() => of.class = Some(text),
            "in" => of.among = Some(self.list(&text).into_iter().collect()),
            "minInclusive" => of.lowest = text.parse().ok(),
            "maxInclusive" => of.highest = text.parse().ok(),
            "minLength" => of.shortest = text.parse().ok(),
            "pattern" => match Regex::new(&text) {
                Ok(pattern) => of.pattern = Some(pattern),
                Err(_) => self.not_covered(property, &text),
            },
            "or" => {
                for member in self.list(&text) {
                    let mut value = Value::default();
                    for (property, term) in self.parts(&member) {
                        self.constraint(&mut value, property, term);
                    }
                    of.any.push(value);
                }
            }
            _ if COMMENTS.contains(&property) => {}
            _ => self.not_covered(property, &text),
        }
    }

    fn not_covered(&mut self, property: &str, text: &str) {
        // The name of a blank node says nothing to anybody.
        let is_named = !self.nodes.contains_key(text) || text.contains(':');
        let value = if is_named { format!(" {text}") } else { String::new() };
        self.uncovered.insert(format!("sh:{property}{value}"));
    }

    /// The members of an RDF list.
    fn list(&self, head: &str) -> Vec<String> {
        let mut members = Vec::new();
        let mut node = head.to_owned();
        // A list cannot have more cells than there are nodes, even one that bites its tail.
        for _ in 0..self.nodes.len() {
            let Some(parts) = self.nodes.get(&node) else { break };
            let part = |name: NamedNodeRef<'_>| parts.iter().find(|(property, _)| property == name.as_str());
            members.extend(part(rdf::FIRST).map(|(_, value)| text(value)));
            let Some((_, rest)) = part(rdf::REST) else { break };
            node = text(rest);
        }
        members
    }
}

fn text(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

/// The last part of an IRI, for people.
pub(super) fn local(iri: &str) -> &str {
    iri.rsplit(['/', '#']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONTOLOGY: &str = crate::ONTOLOGY;

    #[test]
    fn all_constraints_of_the_shapes_are_checked() {
        let (shapes, uncovered) = read(crate::shapes_turtle()).unwrap();
        assert!(shapes.len() > 35, "{}", shapes.len());
        assert_eq!(uncovered, Vec::<String>::new());
    }

    #[test]
    fn the_shapes_cover_every_class_and_property_of_the_ontology() {
        let (shapes, _) = read(crate::shapes_turtle()).unwrap();
        let mut covered = BTreeSet::new();
        for shape in &shapes {
            covered.extend(shape.properties.iter().map(|property| property.path.clone()));
            covered.extend(shape.targets.iter().map(|target| match target {
                Target::Class(iri) | Target::SubjectsOf(iri) | Target::ObjectsOf(iri) => iri.clone(),
            }));
        }
        for name in crate::vocabulary::ent::LOCAL_NAMES {
            assert!(covered.contains(&format!("{ONTOLOGY}{name}")), "no shape says anything about ent:{name}");
        }
    }

    #[test]
    fn the_values_allowed_are_those_of_the_ontology() {
        let (shapes, _) = read(crate::shapes_turtle()).unwrap();
        let mut schemes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(crate::ontology_turtle().as_bytes()) {
            let quad = quad.unwrap();
            if quad.predicate.as_str().ends_with("core#inScheme") {
                let subject = quad.subject.to_string().trim_matches(['<', '>']).to_owned();
                schemes.entry(text(&quad.object)).or_default().insert(subject);
            }
        }
        let mut compared = 0;
        for property in shapes.iter().flat_map(|shape| &shape.properties) {
            if let Some(among) = &property.value.among {
                let first = among.first().unwrap();
                let scheme = first.rsplit_once('/').unwrap().0;
                assert_eq!(Some(among), schemes.get(scheme), "{}", property.path);
                compared += 1;
            }
        }
        assert!(compared >= 8, "{compared}");
    }
}
