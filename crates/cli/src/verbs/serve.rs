//! `entente serve`: the graph over HTTP, until Ctrl-C.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use entente_graph::{ServeOptions, serve};

use crate::{
    Context, data,
    failure::Failure,
    pipeline::INTERRUPTED,
    verbs::{StoreArgument, counted},
};

/// Serve the graph over HTTP: a SPARQL 1.1 endpoint, the questions by name, and a page; read-only, until Ctrl-C
///
/// `/` is the page, `/sparql` the endpoint, `/query/NAME` a question, `/queries` the list of them, `/store` the whole graph.
/// What is built later shows after a restart.
#[derive(clap::Args)]
pub(crate) struct Serve {
    /// Where to listen: host and port. Port 0 takes any that is free. There is no log-in: whoever reaches it can read.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7878")]
    bind: String,
    /// Give up on a query after so many seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    #[command(flatten)]
    store: StoreArgument,
}

impl Serve {
    pub(crate) fn run(self, context: &Context) -> Result<(), Failure> {
        // First what fails at once: to open a large store takes a while.
        let (listener, address) = self.listen().map_err(|error| self.refused(&error))?;
        let queries = data::queries(context)?;
        let store = self.store.open()?;
        let graph = store.graph();
        let console = &context.console;
        if !address.ip().is_loopback() {
            console.warn(&format!("{address} can be reached from other machines, and there is no log-in"));
        }
        console.note(&format!(
            "{} of {} at http://{address}/, SPARQL at http://{address}/sparql; Ctrl-C ends it",
            counted(graph.events(), "event"),
            counted(graph.articles(), "article"),
        ));
        let options = ServeOptions { timeout: Duration::from_secs(self.timeout), ..ServeOptions::default() };
        serve(&listener, graph, &queries, &options, &INTERRUPTED).map_err(|error| self.refused(&error))?;
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
