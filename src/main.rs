//! The command `copydesk`.

use std::process::ExitCode;

fn main() -> ExitCode {
    copydesk::cli::run()
}
