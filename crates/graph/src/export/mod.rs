//! The graph, or a part of it, in the formats of other tools.
//!
//! RDF formats give the quads themselves, whole; the others give actors and what passed between them, or events as rows.

mod html;
mod network;
mod rdf;
mod shards;
mod table;

use std::{
    io::{self, Write},
    path::Path,
    time::Duration,
};

use crate::{Filter, Graph, NameError};

/// How long Graphviz may take before the own layout is drawn.
const PATIENCE: Duration = Duration::from_secs(10);

/// A format that the graph can be exported in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportFormat {
    /// Graphviz.
    Dot,
    /// A picture.
    Svg,
    /// Mermaid flow chart.
    Mermaid,
    /// `GraphML`, for yEd, Gephi and networkx.
    Graphml,
    /// GEXF with dates, for Gephi.
    Gexf,
    /// Cytoscape JSON.
    Cytoscape,
    /// Events as rows of a spreadsheet.
    Csv,
    /// Nodes and relationships in Cypher, for Neo4j.
    Neo4j,
    /// A page with the picture, the events and their sentences.
    Html,
    /// Turtle: the default graph only.
    Turtle,
    /// `TriG`.
    Trig,
    /// N-Quads, sorted: two equal graphs give equal files.
    NQuads,
    /// N-Triples, sorted: the default graph only.
    NTriples,
    /// JSON-LD.
    JsonLd,
    /// RDF/XML: the default graph only.
    RdfXml,
}

impl ExportFormat {
    /// All formats.
    pub const ALL: [Self; 15] = [
        Self::Dot,
        Self::Svg,
        Self::Mermaid,
        Self::Graphml,
        Self::Gexf,
        Self::Cytoscape,
        Self::Csv,
        Self::Neo4j,
        Self::Html,
        Self::Turtle,
        Self::Trig,
        Self::NQuads,
        Self::NTriples,
        Self::JsonLd,
        Self::RdfXml,
    ];

    /// What it is called on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Mermaid => "mermaid",
            Self::Graphml => "graphml",
            Self::Gexf => "gexf",
            Self::Cytoscape => "cytoscape",
            Self::Csv => "csv",
            Self::Neo4j => "neo4j",
            Self::Html => "html",
            Self::Turtle => "turtle",
            Self::Trig => "trig",
            Self::NQuads => "nquads",
            Self::NTriples => "ntriples",
            Self::JsonLd => "jsonld",
            Self::RdfXml => "rdfxml",
        }
    }

    /// The format of that name, or of a common other name of it.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "gv" => Some(Self::Dot),
            "mmd" => Some(Self::Mermaid),
            "cyjs" => Some(Self::Cytoscape),
            "cypher" => Some(Self::Neo4j),
            "htm" => Some(Self::Html),
            "ttl" => Some(Self::Turtle),
            "nq" => Some(Self::NQuads),
            "nt" => Some(Self::NTriples),
            "rdf" => Some(Self::RdfXml),
            _ => Self::ALL.into_iter().find(|format| format.name() == name),
        }
    }

    /// The format that the ending of a file name stands for.
    pub fn from_path(path: &Path) -> Option<Self> {
        Self::from_name(path.extension()?.to_str()?)
    }
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// An actor of the filter is not known.
    #[error(transparent)]
    Name(#[from] NameError),
    /// It cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Graph {
    /// Writes the graph, or what passes the filter, in a format.
    ///
    /// RDF formats with a filter give the events that pass, their actors and mentions, and the direct triples among them.
    ///
    /// # Errors
    /// If an actor of the filter is not known, or writing fails.
    pub fn export(&self, format: ExportFormat, filter: &Filter, out: &mut dyn Write) -> Result<(), ExportError> {
        match format {
            ExportFormat::Dot => out.write_all(self.picture(filter)?.dot().as_bytes())?,
            ExportFormat::Svg => {
                let picture = self.picture(filter)?;
                let svg = picture.svg_by_graphviz(PATIENCE).unwrap_or_else(|_| picture.svg());
                out.write_all(svg.as_bytes())?;
            }
            ExportFormat::Mermaid => network::write_mermaid(&self.picture(filter)?, out)?,
            ExportFormat::Graphml => network::write_graphml(&self.network_of(filter)?, out)?,
            ExportFormat::Gexf => network::write_gexf(&self.network_of(filter)?, out)?,
            ExportFormat::Cytoscape => network::write_cytoscape(&self.network_of(filter)?, out)?,
            ExportFormat::Neo4j => network::write_cypher(&self.network_of(filter)?, out)?,
            ExportFormat::Csv => table::write(self, &self.events_of(filter)?, out)?,
            ExportFormat::Html => html::write(self, filter, out)?,
            _ => rdf::write(self, format, filter, out)?,
        }
        Ok(())
    }
}
