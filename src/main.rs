//! The `treatyline` command. Everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    treatyline::cli::main()
}
