//! `entente man`: the manual page.

use std::io::Write;

use clap::CommandFactory;

use crate::{console::stdout, failure::Failure};

/// Print the manual page
///
/// To read it: `entente man | man -l -`. `entente man build` gives the page of a verb.
#[derive(clap::Args)]
pub(crate) struct Man {
    /// The verb; the whole program where none is named.
    verb: Option<String>,
}

impl Man {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let mut command = crate::Arguments::command();
        command.build();
        if let Some(verb) = &self.verb {
            command = command
                .find_subcommand(verb)
                .cloned()
                .ok_or_else(|| Failure::Usage(format!("no verb {verb:?}; `entente --help` lists them")))?;
        }
        let mut out = stdout();
        clap_mangen::Man::new(command).render(&mut out)?;
        Ok(out.flush()?)
    }
}
