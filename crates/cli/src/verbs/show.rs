//! `entente show`: the dossier of an actor.

use std::io::Write;

use entente_graph::Target;

use crate::{
    Context,
    console::{stdout, stdout_colored},
    failure::Failure,
    verbs::StoreArgument,
};

/// What the graph knows of an actor, with its sources
#[derive(clap::Args)]
pub(crate) struct Show {
    /// A name, an alias, a Wikidata item (Q212) or an IRI.
    #[arg(value_name = "ACTOR")]
    actor: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    store: StoreArgument,
}

impl Show {
    pub(crate) fn run(self, _: &Context) -> Result<(), Failure> {
        let store = self.store.open()?;
        let graph = store.graph();
        let actor = graph.actor(&self.actor).map_err(|error| Failure::data(&error))?;
        let dossier = graph.explain(&Target::Actor(actor.iri)).map_err(|error| Failure::data(&error))?;
        let mut out = stdout();
        if self.json {
            dossier.write_json(&mut out)?;
        } else {
            dossier.write_text(&mut out, stdout_colored())?;
        }
        Ok(out.flush()?)
    }
}
