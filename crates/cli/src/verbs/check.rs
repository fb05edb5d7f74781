//! `entente check`: rules, lexicons and queries against their own examples.

use std::io::Write;

use crate::{Context, console::stdout, data, failure::Failure, verbs::counted};

/// Check rules, lexicons and queries, with the example sentences of every rule
///
/// Every finding is a line `file:line: [code] message` on standard output. Exit code 1 where there are findings.
#[derive(clap::Args)]
pub(crate) struct Check {}

impl Check {
    pub(crate) fn run(context: &Context) -> Result<(), Failure> {
        let extractor = data::extractor(context)?;
        let queries = data::queries(context)?;
        let findings = extractor.check();
        let mut out = stdout();
        for finding in &findings {
            writeln!(out, "{finding}")?;
        }
        out.flush()?;
        context.console.note(&format!(
            "{}; {} read",
            counted(findings.len(), "finding"),
            counted(queries.iter().count(), "named query").replace("querys", "queries"),
        ));
        if findings.is_empty() { Ok(()) } else { Err(Failure::No) }
    }
}
