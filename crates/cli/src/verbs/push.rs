//! `entente push`: the graph into another triple store, over HTTP.

use std::time::Duration;

use entente_graph::{Auth, Preset, PushOptions};

use crate::{
    Context,
    failure::Failure,
    verbs::{StoreArgument, counted, one_of},
};

/// Send the graph to another triple store, and compare counts at the end
///
/// The password is read from `ENTENTE_PASSWORD`, a token from `ENTENTE_TOKEN`, so that neither shows up in a list of processes.
#[derive(clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
pub(crate) struct Push {
    /// The address: of a SPARQL endpoint (generic), a dataset (fuseki), a repository (graphdb), else of the server.
    #[arg(value_name = "URL")]
    url: String,
    /// Which store it is: generic, virtuoso, fuseki, graphdb, neptune, qlever, oxigraph. In Virtuoso what is known goes to the
    /// graph `known` under the store's base: name it as the default graph of a query, as Virtuoso's own is the union of all.
    #[arg(long, value_name = "STORE", default_value = "generic", value_parser = |name: &str| one_of(name, &Preset::ALL, |p| p.name()))]
    to: Preset,
    /// The name to log in with; the password is that of `ENTENTE_PASSWORD`.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Log in by digest rather than in the clear; Virtuoso always wants it.
    #[arg(long, requires = "user")]
    digest: bool,
    /// Use SPARQL Update even where the Graph Store Protocol would do.
    #[arg(long)]
    update: bool,
    /// Replace the other store's default graph instead of adding to it.
    #[arg(long)]
    replace: bool,
    /// Leave out graphs that are there already.
    #[arg(long)]
    resume: bool,
    /// Say what would be sent, and send nothing.
    #[arg(long)]
    dry_run: bool,
    /// Give up on a request after so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    #[command(flatten)]
    store: StoreArgument,
}

impl Push {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        let auth = self.auth()?;
        let store = self.store.open()?;
        let options = PushOptions {
            preset: self.to,
            auth,
            update: self.update,
            replace: self.replace,
            resume: self.resume,
            dry_run: self.dry_run,
            timeout: Duration::from_secs(self.timeout.max(1)),
            ..PushOptions::default()
        };
        let console = &context.console;
        let mut before = None;
        let pushed = store.graph().push(&self.url, &options, &mut |done, total| {
            if before.is_none() {
                console.start(Some(total as u64), "triples sent");
            }
            console.advance(done.saturating_sub(before.unwrap_or(0)) as u64);
            before = Some(done);
        });
        console.stop();
        let pushed = pushed.map_err(|error| Failure::remote(&error))?;
        console.note(&format!(
            "{}{} in {} and {}; {} there already{}",
            if self.dry_run { "would send " } else { "sent " },
            counted(pushed.triples, "triple"),
            counted(pushed.graphs, "graph"),
            counted(pushed.requests, "request"),
            pushed.skipped,
            if pushed.verified { "; counts agree" } else { "" },
        ));
        Ok(())
    }

    fn auth(&self) -> Result<Auth, Failure> {
        let given = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let Some(user) = self.user.clone() else {
            return Ok(given("ENTENTE_TOKEN").map_or(Auth::None, Auth::Token));
        };
        let password = given("ENTENTE_PASSWORD")
            .ok_or_else(|| Failure::Usage("--user needs a password: set ENTENTE_PASSWORD".into()))?;
        let digest = self.digest || self.to == Preset::Virtuoso;
        Ok(if digest { Auth::Digest(user, password) } else { Auth::Basic(user, password) })
    }
}
