//! The program `entente`, built for the cases of this package.

use std::process::ExitCode;

fn main() -> ExitCode {
    entente::main()
}
