//! The `treatyline` command. Everything it does is in the libraries.

use std::process::ExitCode;

fn main() -> ExitCode {
    treatyline_cli::main()
}
