//! `entente build`: articles into a store. Incremental, idempotent, safe against being killed.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{RwLock, atomic::Ordering},
    time::Instant,
};

use entente_graph::StoreWriter;
use entente_model::Extraction;

use crate::{
    Context, data,
    failure::Failure,
    inputs::{Inputs, Piece},
    pipeline::{self, INTERRUPTED},
    verbs::counted,
};

/// Read articles, extract what they tell, and load it into a store
///
/// INPUT is a file (.txt, .md, .html, .jsonl), a folder of them, or `-` for standard input. Articles that the store has
/// already are left alone; changed ones are replaced. The order of inputs does not matter.
#[derive(clap::Args)]
pub(crate) struct Build {
    /// Files, folders, or `-`.
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// The store's folder, made where it is not there.
    #[arg(long, value_name = "DIR", default_value = "kg", env = "ENTENTE_STORE")]
    store: PathBuf,
    /// Where IRIs of new actors and events are minted; fixed when the store is made.
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
    /// Take articles out of the store that are not among the inputs.
    #[arg(long)]
    prune: bool,
    /// Worker threads; all cores by default.
    #[arg(long, short = 'j', value_name = "N")]
    threads: Option<usize>,
}

/// What a worker made of a piece.
struct Made {
    ids: Vec<String>,
    extractions: Vec<Extraction>,
    current: usize,
    warnings: Vec<String>,
    error: Option<String>,
}

impl Build {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        let started = Instant::now();
        let console = &context.console;
        let inputs = Inputs::told(&self.inputs, console)?;
        let extractor = data::extractor(context)?;
        let fingerprint = extractor.fingerprint().to_owned();
        let store = |error| Failure::store(&error);
        let writer = RwLock::new(StoreWriter::open(&self.store, self.base.as_deref()).map_err(store)?);
        let work = |piece: Piece| {
            let mut made = Made { ids: vec![], extractions: vec![], current: 0, warnings: vec![], error: None };
            match piece.read() {
                Err(error) => made.error = Some(error),
                Ok(reading) => {
                    made.warnings = reading.warnings;
                    for article in reading.articles {
                        made.ids.push(article.id.clone());
                        let current = writer.read().is_ok_and(|w| w.is_current(&article, &fingerprint));
                        if current {
                            made.current += 1;
                        } else {
                            made.extractions.push(extractor.extract(&article));
                        }
                    }
                }
            }
            made
        };
        let mut bad = inputs.problems.len();
        let mut current = 0;
        let mut seen = BTreeSet::new();
        console.start(inputs.count(), "inputs read");
        let ran = pipeline::run(&inputs, pipeline::workers(self.threads), work, |made: Made| {
            console.advance(1);
            for warning in &made.warnings {
                console.warn(warning);
            }
            if let Some(error) = &made.error {
                console.error(error);
                bad += 1;
            }
            current += made.current;
            for id in made.ids {
                if !seen.insert(id.clone()) {
                    console.warn(&format!("{id}: this id came twice; the last one counts"));
                }
            }
            for extraction in &made.extractions {
                let mut writer = writer.write().map_err(|_| Failure::Store("a worker failed".into()))?;
                writer.put(extraction, &fingerprint).map_err(store)?;
            }
            Ok(())
        });
        console.stop();
        let interrupted = INTERRUPTED.load(Ordering::Relaxed);
        let mut writer = writer.into_inner().map_err(|_| Failure::Store("a worker failed".into()))?;
        if self.prune && ran.is_ok() && bad == 0 && !interrupted {
            for id in writer.article_ids().map_err(store)? {
                if !seen.contains(&id) {
                    writer.remove(&id).map_err(store)?;
                }
            }
        }
        // Whatever ended the run, what was put is kept.
        let finished = writer.finish().map_err(store);
        ran?;
        let summary = finished?;
        console.note(&format!(
            "{}: {} new, {} changed, {} unchanged, {} removed; now {}, {}, {} ({:.1} s)",
            self.store.display(),
            summary.added,
            summary.changed,
            summary.unchanged + current,
            summary.removed,
            counted(summary.articles, "article"),
            counted(summary.events, "event"),
            counted(summary.quads, "quad"),
            started.elapsed().as_secs_f64(),
        ));
        if interrupted {
            console.note("what was read is in the store; the same command goes on from here");
            return Err(Failure::Interrupted);
        }
        if self.prune && bad > 0 {
            console.warn("nothing pruned, as some inputs could not be read");
        }
        if bad > 0 {
            console.note(&format!("{} could not be read; the rest is in the store", counted(bad, "input")));
            return Err(Failure::Told);
        }
        Ok(())
    }
}
