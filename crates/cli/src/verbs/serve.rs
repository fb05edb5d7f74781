//! `entente serve`: the graph over HTTP, until Ctrl-C.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use entente_graph::{Current, ServeOptions, Store, serve};

use crate::{
    Context, data,
    failure::Failure,
    pipeline::INTERRUPTED,
    verbs::{StoreArgument, counted},
};

/// Serve the graph over HTTP: a SPARQL 1.1 endpoint, the questions by name, and a page; read-only, until Ctrl-C
///
/// `/` is the page, `/sparql` the endpoint, `/query/NAME` a question, `/queries` the list of them, `/store` the whole graph.
/// What is built later shows within seconds. An answer that has more rows than `--limit` ends there.
#[derive(clap::Args)]
pub(crate) struct Serve {
    /// Where to listen: host and port. Port 0 takes any that is free. There is no log-in: whoever reaches it can read.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7878")]
    bind: String,
    /// Give up on a query after so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// At most so many rows or triples in an answer.
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = |text: &str| text.parse::<usize>())]
    limit: usize,
    #[command(flatten)]
    store: StoreArgument,
}

/// How long a store that has changed is left to its writer before it is opened.
const SETTLE: Duration = Duration::from_secs(1);

impl Serve {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        // First what fails at once: to open a large store takes a while.
        let (listener, address) = self.listen().map_err(|error| self.refused(&error))?;
        let queries = data::queries(context)?;
        // Before it is opened, so that a change in between is seen.
        let written = Store::written(&self.store.store);
        let graph = self.store.open()?.into_graph();
        let console = &context.console;
        if !address.ip().is_loopback() {
            console.warn(&format!("{address} can be reached from other machines, and there is no log-in"));
        }
        console.note(&format!(
            "{} of {} at http://{address}/, SPARQL at http://{address}/sparql; Ctrl-C ends it",
            counted(graph.events(), "event"),
            counted(graph.articles(), "article"),
        ));
        let timeout = Duration::from_secs(self.timeout);
        let options = ServeOptions { timeout, limit: self.limit, ..ServeOptions::default() };
        let (current, ended) = (Current::new(graph), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| renew(&self.store.store, written, &current, &ended, context));
            let served = serve(&listener, &current, &queries, &options, &INTERRUPTED);
            ended.store(true, Ordering::Relaxed);
            served
        })
        .map_err(|error| self.refused(&error))?;
        Err(Failure::Interrupted)
    }

    fn listen(&self) -> io::Result<(TcpListener, SocketAddr)> {
        let listener = TcpListener::bind(&self.bind)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    }

    fn refused(&self, error: &io::Error) -> Failure {
        let bind = &self.bind;
        Failure::Remote(match error.kind() {
            io::ErrorKind::InvalidInput => {
                let message = format!("--bind {bind}: not host and port, such as 127.0.0.1:7878");
                return Failure::Usage(message);
            }
            io::ErrorKind::AddrInUse => {
                format!("{bind} is taken: another program listens there; choose another port with --bind")
            }
            io::ErrorKind::AddrNotAvailable => format!("{bind} is no address of this machine"),
            io::ErrorKind::PermissionDenied => {
                format!("{bind}: permission denied; ports below 1024 are often reserved, choose another with --bind")
            }
            _ => format!("{bind}: {error}"),
        })
    }
}

/// Serves what the store holds whenever that has changed. While somebody writes to it, or where it is damaged, what was
/// read before is served on.
fn renew(
    dir: &Path,
    mut written: Option<std::time::SystemTime>,
    current: &Current,
    ended: &AtomicBool,
    context: &Context,
) {
    while !ended.load(Ordering::Relaxed) {
        thread::sleep(SETTLE / 4);
        let now = Store::written(dir);
        if now.is_none() || now == written {
            continue;
        }
        thread::sleep(SETTLE);
        if let Ok(store) = Store::open(dir) {
            written = now;
            let graph = store.into_graph();
            context.console.note(&format!("the store has changed: now {}", counted(graph.events(), "event")));
            current.set(graph);
        }
    }
}
