//! Rules, lexicons, actors and queries: those built in, or those of `--data DIR`; and the user's own actors (`--actors FILE`).

use std::fs;

use entente_extract::{Diagnostic, Extractor};
use entente_graph::Queries;

use crate::{Context, failure::Failure};

/// The extractor. Bad data files are fatal: all of their errors are told.
pub(crate) fn extractor(context: &Context) -> Result<Extractor, Failure> {
    let actors = actor_files(context)?;
    Extractor::load_with(context.data.as_deref(), &actors).map_err(|error| Failure::data(&error))
}

/// What is wrong with data that can be loaded.
pub(crate) fn findings(context: &Context) -> Result<Vec<Diagnostic>, Failure> {
    let actors = actor_files(context)?;
    Extractor::check_with(context.data.as_deref(), &actors).map_err(|error| Failure::data(&error))
}

/// Names and texts of the user's actor files, once it is sure that the data folder is there.
fn actor_files(context: &Context) -> Result<Vec<(String, String)>, Failure> {
    if let Some(dir) = context.data.as_deref().filter(|dir| !dir.is_dir()) {
        return Err(Failure::Usage(format!("--data {}: no such folder", dir.display())));
    }
    let mut actors = Vec::new();
    for path in &context.actors {
        let text = fs::read_to_string(path)
            .map_err(|error| Failure::Usage(format!("--actors {}: {error}", path.display())))?;
        actors.push((path.display().to_string(), text));
    }
    Ok(actors)
}

/// The named queries: those of `DIR/queries` where it is there.
pub(crate) fn queries(context: &Context) -> Result<Queries, Failure> {
    let loaded = match context.data.as_deref().filter(|dir| dir.join("queries").is_dir()) {
        Some(dir) => Queries::load(dir),
        None => Queries::built_in(),
    };
    loaded.map_err(|error| Failure::data(&error))
}
