use std::convert::Infallible;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::report;
use crate::style::Style;

/// Reads a news draft the way a good copy editor does.
///
/// Who said it, who is who, where it was filed, and what the house style asks for: Copydesk says so before the
/// readers do.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, max_term_width = 100, styles = STYLES, after_help = "\
Examples:
  copydesk check story.txt             Read one draft
  copydesk check drafts/               Read all drafts of a folder
  copydesk check --style reuters .     … in the style of Reuters
  copydesk explain titles/inconsistent What a rule is about, and why

Run `copydesk help check` for all that `check` can do.")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 900)]
    pub color: ColorChoice,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(Check),
    Inspect(Inspect),
    Explain(Explain),
    Rules(Rules),
    Test(Test),
    Init(Init),
    /// Print the JSON Schema of copydesk.toml, by which editors complete it
    ///
    /// It names the house's own rules, too, where it is run in their folder.
    #[command(after_help = "\
Example:
  copydesk schema > copydesk.schema.json   … and in the first line of copydesk.toml:
                                           #:schema ./copydesk.schema.json")]
    Schema,
    Completions(Completions),
    #[cfg(feature = "server")]
    Server(Server),
}

/// Serve an editor: the language server, over standard input and output
///
/// Editors start this by themselves. COPYDESK_LOG=debug makes it say on standard error what it does.
#[cfg(feature = "server")]
#[derive(Debug, Args)]
pub(super) struct Server {
    /// Some editors say so; there is no other way
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// Read drafts, and say what a copy editor would
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  copydesk check story.txt                     Read one draft
  copydesk check drafts/ --ignore dateline     … a folder, and say nothing about datelines
  copydesk check story.txt --diff              Show what --fix would change
  copydesk check story.txt --fix               Mend what can be mended without asking
  copydesk check drafts/ --format github       In CI: notes in the pull request
  copydesk check archive/ --write-baseline     Let stand what is there, and show only what comes
  pbpaste | copydesk check -                   Read what is on the clipboard (macOS)

Exit status: 0 if nothing at or above the --fail-on level was found, 1 if something was, 2 if a file
could not be read or an option or the configuration is wrong. Everything else is still checked.")]
pub(super) struct Check {
    /// How to report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: report::Format,
    /// Apply the fixes that change nothing but form
    #[arg(long)]
    pub fix: bool,
    /// With --fix or --diff: also apply fixes that a person should look at (the first of each finding)
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show as a diff what --fix would change, and change nothing. Exit status 1 if it would change anything
    #[arg(long, conflicts_with_all = ["fix", "format", "statistics"])]
    pub diff: bool,
    /// Speak of these rules or families only, separated by commas
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = trimmed)]
    pub select: Vec<String>,
    /// Say nothing about these rules or families, separated by commas
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = trimmed)]
    pub ignore: Vec<String>,
    /// Hold back what this file says is to stand, instead of the baseline beside each draft's copydesk.toml
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all that is found into the baseline, so that the next run shows only what is new. What it has of other
    /// drafts stays, and so do the reasons
    #[arg(long, conflicts_with_all = ["fix", "diff", "format", "statistics"])]
    pub write_baseline: bool,
    /// The lowest level that makes the exit status 1
    #[arg(long, value_enum, default_value = "warning", value_name = "LEVEL")]
    pub fail_on: FailOn,
    /// Count the findings of each rule
    #[arg(long)]
    pub statistics: bool,
    #[command(flatten)]
    pub what: What,
}

/// What to read, and by which house style.
#[derive(Debug, Args)]
pub(super) struct What {
    /// Drafts, or folders of them; `-` is standard input [default: the current folder]
    ///
    /// A folder is searched for .txt, .text, .md, .markdown, .html, .htm and .xhtml files, leaving out hidden ones and
    /// what .gitignore names. A file that is named is read whatever it is called.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The house style, instead of the one in copydesk.toml
    #[arg(long, value_name = "NAME", value_parser = Style::IDS, ignore_case = true)]
    pub style: Option<String>,
    /// The day of publication, for drafts whose front matter gives none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<Date>,
    /// Use this configuration for all drafts, instead of each one's nearest copydesk.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to call the draft on standard input; its ending tells the format
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
}

/// Show on whose word a draft stands: its sources, and who is named in it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  copydesk inspect story.txt                 Who speaks, how much and where, and who is named
  copydesk inspect story.txt --format json   The same and more, for programs")]
pub(super) struct Inspect {
    #[command(flatten)]
    pub what: What,
    /// How to show it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: TableFormat,
}

/// Explain a rule: what it flags, why, and how to write instead
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copydesk explain attribution/unnamed-media")]
pub(super) struct Explain {
    /// The rule's name, as reports show it, or a family of rules
    #[arg(value_name = "RULE")]
    pub rule: String,
}

/// List the rules
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// How to show them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: TableFormat,
}

/// Try a house's own rules: on their examples, or on past stories
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  copydesk test                                Try the house's rules on their examples
  copydesk test desk-rules/waterfront.yml      … one of them
  copydesk test --on archive/                  Show what they would have flagged in past stories
  copydesk test --on archive/ --show 20        … with the first 20 alerts of each

Exit status: 0 if every example is as its rule file says, 1 if one is not, 2 if a rule file has mistakes or there is
nothing to test. What --on shows never fails the run.")]
pub(super) struct Test {
    /// A rule file, or a folder of them [default: the folder that the copydesk.toml here names]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Show what the rules would have flagged in these stories, or folders of them
    #[arg(long, value_name = "PATH")]
    pub on: Vec<PathBuf>,
    /// With --on: show so many alerts of each rule
    #[arg(long, value_name = "N", default_value_t = 3, requires = "on")]
    pub show: usize,
}

/// Write a copydesk.toml to start from
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  copydesk init                          Write one with every setting explained
  copydesk init --from-vale              … with what the .vale.ini here says
  copydesk init --from-vale docs/.vale.ini

A copydesk.toml that is there already is left as it is.")]
pub(super) struct Init {
    /// The folder to write it to
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// Take over what this configuration of Vale's says [default: the .vale.ini in FOLDER]
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub from_vale: Option<Option<PathBuf>>,
}

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  copydesk completions bash > ~/.local/share/bash-completion/completions/copydesk")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// The form of a listing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// A table
    #[default]
    Table,
    /// One JSON document
    Json,
}

/// The lowest level that fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Anything found
    Suggestion,
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
    /// Nothing found ever fails the run
    Never,
}

impl FailOn {
    /// Whether a finding of this level fails the run.
    pub(super) fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Suggestion => true,
            Self::Warning => severity >= Severity::Warning,
            Self::Error => severity == Severity::Error,
            Self::Never => false,
        }
    }
}

fn trimmed(name: &str) -> Result<String, Infallible> {
    Ok(name.trim().into())
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "no such day; write year, month and day, as in 2026-03-31".into())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed() {
        super::Cli::command().debug_assert();
    }
}
