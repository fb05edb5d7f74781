//! The command line of Entente: one verb, one file.
//!
//! In: arguments. Out: data on standard output, everything else on standard error, an exit code that scripts can tell apart:
//! 0 success, 1 "no" or findings, 2 usage, 3 bad data or query, 4 store, 5 remote, 130 interrupted.
//! A library so that the tests can build the program; nothing else is meant to depend on it.

mod console;
mod data;
mod failure;
mod inputs;
mod pipeline;
mod values;
mod verbs;

use std::{path::PathBuf, process::ExitCode, sync::atomic::Ordering};

use clap::{Parser, Subcommand};

use crate::{console::Console, failure::Failure};

/// Turns news articles into a knowledge graph of actors, agreements and aid: who met whom, who pledged what to whom,
/// which agreement was signed. Works offline, gives the same graph for the same input, and shows the sentence behind
/// every fact.
#[derive(Parser)]
#[command(name = "entente", version, max_term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    common: Common,
}

const EXAMPLES: &str = "Examples:
  entente build articles/ --store kg         read a folder of articles into a graph
  entente query --list                       the questions that come with the program
  entente query pledges --param recipient=Ukraine
  entente export --format svg -o kg.svg      draw it
  entente explain \"Ukraine\" met \"France\"     the sentences behind a fact";

/// What every verb understands.
#[derive(clap::Args)]
struct Common {
    /// Rules, lexicons, actors and queries from this folder, instead of those built in.
    #[arg(long, value_name = "DIR", global = true, env = "ENTENTE_DATA", help_heading = "Common options")]
    data: Option<PathBuf>,
    /// Further actors, in the form of data/actors/*.toml; may be given several times.
    #[arg(long, value_name = "FILE", global = true, env = "ENTENTE_ACTORS", help_heading = "Common options")]
    actors: Vec<PathBuf>,
    /// Errors only: no warnings, no summary, no progress.
    #[arg(long, short, global = true, help_heading = "Common options")]
    quiet: bool,
}

#[derive(Subcommand)]
enum Verb {
    Build(verbs::build::Build),
    Extract(verbs::extract::Extract),
    Query(verbs::query::Query),
    Export(verbs::export::Export),
    Show(verbs::show::Show),
    Path(verbs::path::Path),
    Rank(verbs::rank::Rank),
    Explain(verbs::explain::Explain),
    Serve(verbs::serve::Serve),
    Push(verbs::push::Push),
    Check(verbs::check::Check),
    Completions(verbs::completions::Completions),
    Man(verbs::man::Man),
}

/// What a verb gets beside its own arguments.
pub(crate) struct Context {
    /// `--data`.
    pub(crate) data: Option<PathBuf>,
    /// `--actors`.
    pub(crate) actors: Vec<PathBuf>,
    /// Where messages go.
    pub(crate) console: Console,
}

/// Runs the program: what `main` is.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(message) => {
            // Help goes to standard output and is a success; printing fails only where nobody reads.
            let _ = message.print();
            return if message.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let Common { data, actors, quiet } = arguments.common;
    let context = Context { data, actors, console: Console::new(quiet) };
    match listen().and_then(|()| run(arguments.verb, &context)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            context.console.stop();
            let message = failure.to_string();
            if !message.is_empty() {
                context.console.error(&message);
            }
            ExitCode::from(failure.code())
        }
    }
}

fn run(verb: Verb, context: &Context) -> Result<(), Failure> {
    match verb {
        Verb::Build(build) => build.run(context),
        Verb::Extract(extract) => extract.run(context),
        Verb::Query(query) => query.run(context),
        Verb::Export(export) => export.run(context),
        Verb::Show(show) => show.run(context),
        Verb::Path(path) => path.run(context),
        Verb::Rank(rank) => rank.run(context),
        Verb::Explain(explain) => explain.run(context),
        Verb::Serve(serve) => serve.run(context),
        Verb::Push(push) => push.run(context),
        Verb::Check(check) => check.run(context),
        Verb::Completions(completions) => completions.run(),
        Verb::Man(man) => man.run(),
    }
}

/// The first Ctrl-C lets the run come to a clean end; the second ends it at once.
fn listen() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if pipeline::INTERRUPTED.swap(true, Ordering::Relaxed) {
            #[allow(
                clippy::exit,
                reason = "asked for twice; segments are renamed into place, so nothing is half written"
            )]
            std::process::exit(130);
        }
    })
    .map_err(|error| Failure::Usage(format!("cannot listen for Ctrl-C: {error}")))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
