//! `entente path`: how two actors are connected.

use std::io::Write;

use crate::{
    Context,
    console::stdout,
    failure::Failure,
    verbs::{FilterArguments, StoreArgument},
};

/// The shortest chain of events between two actors, with the sentence behind each link
#[derive(clap::Args)]
pub(crate) struct Path {
    /// A name, an alias, a Wikidata item or an IRI.
    from: String,
    /// Another.
    to: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    store: StoreArgument,
}

impl Path {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        let store = self.store.open()?;
        let chain =
            store.graph().path(&self.from, &self.to, &self.filter.filter()).map_err(|error| Failure::data(&error))?;
        let Some(chain) = chain else {
            context.console.note(&format!("no chain of events connects {} and {}", self.from, self.to));
            return Err(Failure::No);
        };
        if chain.is_empty() {
            return Err(Failure::Usage(format!("{} and {} are one and the same actor", self.from, self.to)));
        }
        let mut out = stdout();
        if self.json {
            chain.write_json(&mut out)?;
        } else {
            chain.write_text(&mut out)?;
        }
        Ok(out.flush()?)
    }
}
