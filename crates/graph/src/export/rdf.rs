//! The quads themselves, in the RDF formats; N-Quads and N-Triples sorted, so that equal graphs give equal files.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use entente_model::Relation;
use oxigraph::{
    io::{JsonLdProfileSet, RdfFormat, RdfSerializer},
    model::{Quad, TripleRef},
};

use super::{ExportError, ExportFormat};
use crate::{
    Filter, Graph,
    index::Id,
    vocabulary::{gaf, nif, prov, rdf, schema},
};

pub(super) fn write(
    graph: &Graph,
    format: ExportFormat,
    filter: &Filter,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let everything = *filter == Filter { top: filter.top, depth: filter.depth, ..Filter::default() };
    let quads: Box<dyn Iterator<Item = Quad>> =
        if everything { Box::new(graph.index().quads()) } else { Box::new(part(graph, filter)?.into_iter()) };
    let target = match format {
        ExportFormat::NQuads | ExportFormat::NTriples => {
            return Ok(write_sorted(quads, format == ExportFormat::NTriples, out)?);
        }
        ExportFormat::Trig => RdfFormat::TriG,
        ExportFormat::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        ExportFormat::RdfXml => RdfFormat::RdfXml,
        _ => RdfFormat::Turtle,
    };
    let mut serializer = RdfSerializer::from_format(target);
    for (name, iri) in graph.base().prefixes() {
        serializer = serializer.with_prefix(name, iri).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(&mut *out);
    for quad in quads {
        if target.supports_datasets() {
            writer.serialize_quad(&quad)?;
        } else if quad.graph_name.is_default_graph() {
            writer.serialize_triple(TripleRef::from(quad.as_ref()))?;
        }
    }
    writer.finish()?;
    Ok(())
}

fn write_sorted(quads: impl Iterator<Item = Quad>, triples_only: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut lines: Vec<String> =
        quads.filter(|quad| !triples_only || quad.graph_name.is_default_graph()).map(|quad| quad.to_string()).collect();
    lines.sort_unstable();
    for line in lines {
        writeln!(out, "{line} .")?;
    }
    Ok(())
}

/// The quads of the events that pass the filter, of what they point to, and of the direct triples that they give.
fn part(graph: &Graph, filter: &Filter) -> Result<Vec<Quad>, ExportError> {
    let index = graph.index();
    let mut subjects: BTreeSet<Id> = graph.events_of(filter)?.into_iter().map(|event| event.id).collect();
    let events = subjects.clone();
    let mut rows: BTreeSet<(Option<Id>, [Id; 3])> = BTreeSet::new();
    if let Some(derived) = index.iri(prov::WAS_DERIVED_FROM.as_str()) {
        for event in &events {
            subjects.extend(index.known([None, Some(derived), Some(*event)]).map(|row| row[0]));
        }
    }
    // Amounts, items and agreements are one step further than actors. Direct triples come by their statements alone,
    // and a statement leads to no event that has not passed.
    let derived = index.iri(prov::WAS_DERIVED_FROM.as_str());
    for _ in 0..3 {
        let mut next = BTreeSet::new();
        for subject in &subjects {
            for row in index.known([Some(*subject), None, None]) {
                let is_derived = Some(row[1]) == derived;
                if relation(index.iri_of(row[1])).is_some() || is_derived && !events.contains(&row[2]) {
                    continue;
                }
                rows.insert((None, row));
                next.insert(row[2]);
            }
        }
        subjects.extend(next);
    }
    rows.extend(direct(graph, &events));
    for event in &events {
        let Some(denoted_by) = index.iri(gaf::DENOTED_BY.as_str()) else { continue };
        for [s, p, mention, article] in index.told([Some(*event), Some(denoted_by), None, None]) {
            rows.insert((Some(article), [s, p, mention]));
            let sentence = index.iri(nif::SENTENCE.as_str());
            let sentences = index.told([Some(mention), sentence, None, Some(article)]).map(|row| row[2]);
            let publisher = index.iri(schema::PUBLISHER.as_str());
            let publishers = index.told([Some(article), publisher, None, Some(article)]).map(|row| row[2]);
            for node in [mention, article].into_iter().chain(sentences).chain(publishers) {
                rows.extend(
                    index.told([Some(node), None, None, Some(article)]).map(|[s, p, o, g]| (Some(g), [s, p, o])),
                );
            }
        }
    }
    Ok(rows.into_iter().filter_map(|(graph, [s, p, o])| index.quad(s, p, o, graph)).collect())
}

fn relation(iri: &str) -> Option<Relation> {
    let name = iri.strip_prefix(crate::ONTOLOGY)?;
    Relation::ALL.into_iter().find(|relation| relation.name() == name)
}

/// The direct triples that these events give, both ways where the graph has both.
fn direct(graph: &Graph, events: &BTreeSet<Id>) -> Vec<(Option<Id>, [Id; 3])> {
    let index = graph.index();
    let id = |iri: oxigraph::model::NamedNodeRef<'_>| index.iri(iri.as_str());
    let (Some(derived), Some(subject), Some(predicate), Some(object)) =
        (id(prov::WAS_DERIVED_FROM), id(rdf::SUBJECT), id(rdf::PREDICATE), id(rdf::OBJECT))
    else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for event in events {
        for [statement, _, _] in index.known([None, Some(derived), Some(*event)]) {
            let part = |property| index.known([Some(statement), Some(property), None]).next().map(|row| row[2]);
            if let (Some(s), Some(p), Some(o)) = (part(subject), part(predicate), part(object)) {
                rows.push((None, [s, p, o]));
                if relation(index.iri_of(p)).is_some_and(Relation::is_symmetric) {
                    rows.push((None, [o, p, s]));
                }
            }
        }
    }
    rows
}
