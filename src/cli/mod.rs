//! The command line: one file a command. What the commands share: `args` (their options), `files` (finding and
//! reading drafts), `desk` (the settings of each draft), `many` (many drafts at once, reported in order).

#![allow(clippy::disallowed_methods)] // Reading files and asking the clock is done here.

mod args;
mod baseline;
mod check;
mod desk;
mod explain;
mod init;
mod inspect;
mod many;
mod rewrite;
mod rules;
mod schema;
mod table;
mod test;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::{ColorChoice, CommandFactory, Parser};

use args::{Cli, Command};

/// Exit status: something was found.
const FOUND: u8 = 1;
/// Exit status: the run itself failed.
const FAILED: u8 = 2;

/// Runs the command line of this process, and gives its exit status: 0 nothing found, 1 something found, 2 the run
/// itself failed.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // What the streams, NO_COLOR, CLICOLOR and the terminal say is asked by `anstream`.
    match cli.color {
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
        ColorChoice::Auto => {}
    }
    let outcome = match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Schema => schema::run(),
        Command::Completions(args) => completions(&args),
        #[cfg(feature = "server")]
        Command::Server(_) => return crate::server::run(),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        // Whoever read our output has seen enough: `copydesk check drafts | head`.
        Err(error) if closed(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("{error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Whether the error is a pipe that its reader closed.
fn closed(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe))
}

/// Tells the user, on standard error, what went wrong and what to do about it.
fn complain(what: impl std::fmt::Display) {
    let style = clap::builder::styling::AnsiColor::Red.on_default().bold();
    // If nobody listens to complaints either, there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {what}");
}

/// How text for people looks on standard output.
fn look() -> crate::report::Look {
    let color = AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    crate::report::Look { color, width: columns().unwrap_or(100) }
}

/// Columns of a list of one thing a line: where there is no terminal, a program may read it line by line.
fn list_width() -> usize {
    columns().unwrap_or(usize::MAX)
}

/// Columns to write in: the terminal's, within reason.
fn columns() -> Option<usize> {
    let terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    let asked = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal().or_else(asked).map(|columns: usize| columns.clamp(40, 120))
}

fn completions(args: &args::Completions) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "copydesk", &mut script);
    io::stdout().write_all(&script)?;
    Ok(0)
}
