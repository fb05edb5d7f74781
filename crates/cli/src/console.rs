//! What a human sees: warnings and progress on standard error. Data goes to standard output, through [`stdout`].

use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::Mutex,
    time::Duration,
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::failure::Failure;

/// Where messages go: standard error, above the progress bar if there is one.
pub(crate) struct Console {
    quiet: bool,
    color: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Console {
    /// `quiet` leaves out everything but errors.
    pub(crate) fn new(quiet: bool) -> Self {
        Self { quiet, color: colored(io::stderr().is_terminal()), bar: Mutex::new(None) }
    }

    /// Something that the user should know and that does not stop the run.
    pub(crate) fn warn(&self, message: &str) {
        if !self.quiet {
            self.say("warning", AnsiColor::Yellow, message);
        }
    }

    /// Something that could not be done.
    pub(crate) fn error(&self, message: &str) {
        self.say("error", AnsiColor::Red, message);
    }

    /// A line of information, such as a summary.
    pub(crate) fn note(&self, message: &str) {
        if !self.quiet {
            self.line(message);
        }
    }

    fn say(&self, word: &str, color: AnsiColor, message: &str) {
        let style = if self.color { Style::new().bold().fg_color(Some(color.into())) } else { Style::new() };
        self.line(&format!("{style}{word}{style:#}: {message}"));
    }

    fn line(&self, message: &str) {
        let write = || {
            // Nobody is left to tell when standard error is gone.
            let _ = writeln!(io::stderr(), "{message}");
        };
        match self.bar.lock().ok().and_then(|bar| bar.clone()) {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Shows a bar of `total` things, or a counter where the number is not known; only on a terminal.
    pub(crate) fn start(&self, total: Option<u64>, things: &'static str) {
        if self.quiet || !io::stderr().is_terminal() {
            return;
        }
        let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        bar.set_draw_target(ProgressDrawTarget::stderr());
        let template = if total.is_some() { "{bar:32} {pos}/{len} {msg} {eta}" } else { "{spinner} {pos} {msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(things);
        bar.enable_steady_tick(Duration::from_millis(200));
        if let Ok(mut slot) = self.bar.lock() {
            *slot = Some(bar);
        }
    }

    /// Further by so many.
    pub(crate) fn advance(&self, count: u64) {
        if let Ok(slot) = self.bar.lock()
            && let Some(bar) = slot.as_ref()
        {
            bar.inc(count);
        }
    }

    /// Takes the bar away.
    pub(crate) fn stop(&self) {
        if let Ok(mut slot) = self.bar.lock()
            && let Some(bar) = slot.take()
        {
            bar.finish_and_clear();
        }
    }
}

/// Whether to colour: only on a terminal, and not where `NO_COLOR` is set (no-color.org).
pub(crate) fn colored(terminal: bool) -> bool {
    terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether to colour what goes to standard output.
pub(crate) fn stdout_colored() -> bool {
    colored(io::stdout().is_terminal())
}

/// Standard output, buffered.
pub(crate) fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Writes to a file, or to standard output where none is named (or `-`). A file is whole or not there.
pub(crate) fn write_to(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let Some(path) = path.filter(|p| *p != Path::new("-")) else {
        let mut out = stdout();
        write(&mut out)?;
        return Ok(out.flush()?);
    };
    let beside = beside(path);
    let told = |error: io::Error| Failure::file(path, &error);
    let mut out = BufWriter::new(File::create(&beside).map_err(told)?);
    let written = write(&mut out).and_then(|()| out.flush().map_err(told));
    match written {
        Ok(()) => std::fs::rename(&beside, path).map_err(told),
        Err(failure) => {
            // What is left is a fragment; if it cannot be removed, the failure itself is still what to tell.
            let _ = std::fs::remove_file(&beside);
            Err(failure)
        }
    }
}

/// A name in the same folder, to write to before renaming.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
