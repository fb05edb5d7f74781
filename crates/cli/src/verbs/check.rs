//! `entente check`: rules, lexicons, actors and queries against themselves; a store against the ontology's shapes.

use std::{io::Write, path::PathBuf};

use crate::{
    Context,
    console::stdout,
    data,
    failure::Failure,
    verbs::{StoreArgument, counted},
};

/// Check rules, lexicons, actors and queries, with the example sentences of every rule; or a store
///
/// Of the actor files: ids and names that two entries share, references to nobody, offices that two persons hold at once.
/// Every finding is a line on standard output: `file:line: [code] message` for data files; thing, shape or check, and
/// message, separated by tabs, for a store. Exit code 1 where there are findings. The shapes are checked as SHACL Core
/// defines them; what a shape of your own (`--data DIR`, file ontology/shapes.ttl) says beyond that is named on standard error.
#[derive(clap::Args)]
pub(crate) struct Check {
    /// Check what this store holds against the shapes of the ontology, instead of the data files.
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
}

impl Check {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        match self.store {
            Some(store) => of_store(store, context),
            None => of_data(context),
        }
    }
}

fn of_data(context: &Context) -> Result<(), Failure> {
    let findings = data::findings(context)?;
    let queries = data::queries(context)?;
    let mut out = stdout();
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    out.flush()?;
    let queries = queries.iter().count();
    context.console.note(&format!("{}; {queries} named queries read", counted(findings.len(), "finding")));
    if findings.is_empty() { Ok(()) } else { Err(Failure::No) }
}

fn of_store(store: PathBuf, context: &Context) -> Result<(), Failure> {
    let store = StoreArgument { store }.open()?;
    let shapes = context.data.as_deref().map(|dir| dir.join("ontology/shapes.ttl")).filter(|path| path.is_file());
    let shapes =
        shapes.map(|path| std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))).transpose()?;
    let report = store.graph().check(shapes.as_deref()).map_err(|error| Failure::data(&error))?;
    let mut out = stdout();
    for finding in &report.findings {
        writeln!(out, "{}\t{}\t{}", finding.name, finding.check, finding.message)?;
    }
    out.flush()?;
    for constraint in &report.uncovered {
        context.console.warn(&format!("not checked: {constraint}"));
    }
    let (findings, checked) = (counted(report.findings.len(), "finding"), counted(report.checked, "thing"));
    context.console.note(&format!("{findings} in {checked}"));
    if report.findings.is_empty() { Ok(()) } else { Err(Failure::No) }
}
