//! Runs the program as a user would.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

/// What a run gave.
pub(crate) struct Ran {
    /// Exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) told: String,
}

/// Runs the program in a folder with arguments and standard input.
pub(crate) fn entente(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut child =
        command(folder, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that does not read its input closes the pipe.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        told: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The program with arguments, not yet running.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente-under-test"));
    command.current_dir(folder).args(arguments).env_remove("ENTENTE_STORE").env_remove("ENTENTE_DATA");
    command
}

/// The articles that come with the program.
pub(crate) fn samples() -> String {
    format!("{}/../data/samples", env!("CARGO_MANIFEST_DIR"))
}
