//! `entente export`: the graph, or a part of it, as a picture or a file for another program.

use std::path::PathBuf;

use entente_graph::{ExportFormat, Filter};

use crate::{
    Context,
    console::write_to,
    failure::Failure,
    verbs::{FilterArguments, StoreArgument, one_of},
};

/// Write the graph, or a part of it, as a picture or for another program
///
/// A picture (dot, svg, html, mermaid) shows actors as nodes and what they did as labelled edges.
#[derive(clap::Args)]
pub(crate) struct Export {
    /// dot, svg, graphml, gexf, cytoscape, csv, neo4j, html, mermaid, turtle, trig, nquads, ntriples, jsonld, rdfxml.
    #[arg(long, short, value_name = "FORMAT", value_parser = |name: &str| one_of(name, &ExportFormat::ALL, |f| f.name()))]
    format: Option<ExportFormat>,
    /// Write to this file; its extension says the format where --format does not.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only what concerns this actor: a name, an alias or an IRI. Can be given many times.
    #[arg(long, value_name = "ACTOR")]
    actor: Vec<String>,
    #[command(flatten)]
    filter: FilterArguments,
    /// With --actor: how many steps from the actor.
    #[arg(long, value_name = "STEPS", default_value_t = 1)]
    depth: usize,
    /// Draw at most so many edges, those with the most sources first.
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[command(flatten)]
    store: StoreArgument,
}

impl Export {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        let format =
            self.format.or_else(|| self.output.as_deref().and_then(ExportFormat::from_path)).ok_or_else(|| {
                Failure::Usage("which format? Give --format, or -o with a file name that says it (kg.svg)".into())
            })?;
        let store = self.store.open()?;
        let filter = Filter { actors: self.actor, depth: self.depth, top: self.top, ..self.filter.filter() };
        write_to(self.output.as_deref(), |out| {
            store.graph().export(format, &filter, out).map_err(|error| Failure::data(&error))
        })?;
        if let Some(path) = &self.output {
            context.console.note(&format!("wrote {}", path.display()));
        }
        Ok(())
    }
}
