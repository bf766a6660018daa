//! The program `gouji`: holds the exit codes, everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(gouji::cli::run(std::env::args_os()).code())
}
