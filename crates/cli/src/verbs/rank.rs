//! `entente rank`: who is at the centre.

use std::io::Write;

use crate::{
    Context,
    console::stdout,
    failure::Failure,
    verbs::{FilterArguments, StoreArgument},
};

/// The most central actors: by events, partners, rank and the chains that lead through them
///
/// Rank is an actor's share of a random walk along events (`PageRank`), between its share of the shortest chains of events
/// between others, group the circle that it belongs to.
#[derive(clap::Args)]
pub(crate) struct Rank {
    /// Show so many.
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Tab-separated, all actors.
    #[arg(long)]
    tsv: bool,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    store: StoreArgument,
}

impl Rank {
    pub(crate) fn run(self, _: &Context) -> Result<(), Failure> {
        let store = self.store.open()?;
        let ranked = store.graph().rank(&self.filter.filter()).map_err(|error| Failure::data(&error))?;
        let mut out = stdout();
        if self.tsv {
            writeln!(out, "actor\tkind\tevents\tpartners\trank\tbetween\tgroup\tiri")?;
            for one in &ranked {
                let (name, kind, iri) = (&one.actor.name, &one.actor.kind, &one.actor.iri);
                let (rank, between) = (one.rank, one.between);
                let numbers = format!("{}\t{}\t{rank:.5}\t{between:.5}\t{}", one.events, one.partners, one.community);
                writeln!(out, "{name}\t{kind}\t{numbers}\t{iri}")?;
            }
            return Ok(out.flush()?);
        }
        let shown = &ranked[..ranked.len().min(self.top)];
        let width = shown.iter().map(|one| one.actor.name.chars().count()).max().unwrap_or(0).max(5);
        writeln!(
            out,
            "{:width$}  {:>6}  {:>8}  {:>6}  {:>7}  {:>5}",
            "actor", "events", "partners", "rank", "between", "group"
        )?;
        for one in shown {
            writeln!(
                out,
                "{:width$}  {:>6}  {:>8}  {:>6.3}  {:>7.3}  {:>5}",
                one.actor.name, one.events, one.partners, one.rank, one.between, one.community
            )?;
        }
        Ok(out.flush()?)
    }
}
