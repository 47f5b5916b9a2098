mod past;
mod verdict;

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::args::Test;
use super::desk;
use super::table::count;
use super::{FAILED, FOUND, look, many};
use crate::config::FILE;
use crate::config::discover::{Finder, Source, explain};
use crate::config::rule_files::{self, RuleFile};
use crate::report::{Checked, Format, Look, Piece};
use crate::rules::{Rule, Words};
use crate::settings::Settings;
use crate::style::Style;
use crate::styles;

/// The rules to test.
struct Rules {
    words: Arc<Words>,
    /// The file of each, in their order.
    sources: Vec<Source>,
    /// Files that are no rules.
    broken: Vec<Source>,
}

/// `copydesk test`.
pub(super) fn run(args: &Test) -> anyhow::Result<u8> {
    let rules = Rules::read(args.path.as_deref())?;
    let look = look();
    let mut out = anstream::stdout().lock();
    for source in rules.sources.iter().chain(&rules.broken) {
        let path = desk::shown(&source.path);
        if let Piece::Text(told) = Format::Full.piece(&Checked::new(&path, &source.text, &source.mistakes), look) {
            out.write_all(told.as_bytes())?;
        }
    }
    let broken = rules.sources.iter().chain(&rules.broken).filter(|source| !source.mistakes.is_empty()).count();
    if broken > 0 {
        let has = if broken == 1 { "has" } else { "have" };
        writeln!(out, "{} {has} mistakes.\n", count(broken, "rule file"))?;
    }
    let status = if args.on.is_empty() { rules.examples(&mut out, look)? } else { past::run(args, &rules, &mut out)? };
    Ok(if broken > 0 { FAILED } else { status })
}

impl Rules {
    fn read(path: Option<&Path>) -> anyhow::Result<Self> {
        let (folder, path) = place(path)?;
        let shown = desk::shown(&path);
        let files = rule_files::own(&folder, &path).map_err(|error| anyhow!("{shown}: {}", explain(&error)))?;
        if files.is_empty() {
            bail!("there is nothing to test: {shown} has no rule files. A rule is a file that ends in .yml.");
        }
        let (mut written, mut sources, mut broken) = (Vec::new(), Vec::new(), Vec::new());
        for RuleFile { source, rule } in files {
            let list = if rule.is_some() { &mut sources } else { &mut broken };
            list.push(source);
            written.extend(rule);
        }
        Ok(Self { words: Arc::new(Words::of_house(written)), sources, broken })
    }

    /// The rules as they are written, each with its file.
    fn written(&self) -> impl Iterator<Item = (&styles::Rule, &Source)> {
        self.words.set().rules().iter().zip(&self.sources)
    }

    /// Settings with no rules but those that `on` names, in preview or not.
    fn settings(&self, on: impl Fn(&Rule) -> bool) -> Settings {
        let levels = self.words.rules().iter().map(|rule| (rule.name.into(), on(rule).then_some(rule.level)));
        Settings {
            style: Style::named("none").unwrap_or_default(),
            levels: levels.collect(),
            words: Arc::clone(&self.words),
            ..Settings::default()
        }
    }

    /// Tries each rule on its examples, and tells which ones fail.
    fn examples(&self, out: &mut impl Write, look: Look) -> anyhow::Result<u8> {
        let rules: Vec<_> = self.written().collect();
        let (mut tried, mut failed) = (0, 0);
        let work = |(rule, source): &(&styles::Rule, &Source)| {
            let settings = self.settings(|other| other.name == rule.name);
            let path = desk::shown(&source.path);
            let failure = |example: &styles::Example| {
                let verdict = verdict::failure(rule, example, &settings, look)?;
                let line = source.text.get(..example.span.start).map_or(0, |before| before.matches('\n').count()) + 1;
                Some(format!("{}: {path}:{line}\n\n{verdict}\n", verdict::title(rule.name, look)))
            };
            (rule.examples.len(), rule.examples.iter().filter_map(failure).collect::<Vec<_>>())
        };
        many::in_order(&rules, work, |(examples, failures)| {
            tried += examples;
            failed += failures.len();
            failures.iter().try_for_each(|failure| out.write_all(failure.as_bytes()))
        })?;
        let untested: Vec<&str> =
            rules.iter().filter(|(rule, _)| rule.examples.is_empty()).map(|(rule, _)| rule.name).collect();
        let tested = rules.len() - untested.len();
        if tried == 0 {
            bail!("there is nothing to test: no rule has examples. See “examples” in rules/README.md of Copydesk.");
        }
        let of = format!("{} of {}", count(tried, "example"), count(tested, "rule"));
        let mut summary = if failed == 0 { format!("{of}: all pass.") } else { format!("{failed} of {of} failed.") };
        if !untested.is_empty() {
            let has = if untested.len() == 1 { "has" } else { "have" };
            let _ = write!(summary, "\n{} {has} no examples: {}.", count(untested.len(), "rule"), untested.join(", "));
        }
        writeln!(out, "{summary}")?;
        Ok(if failed > 0 { FOUND } else { 0 })
    }
}

/// Where the rules are that `path` means: the folder by which they have their names, and what of it to read. Without a
/// path they are the house's.
fn place(path: Option<&Path>) -> anyhow::Result<(PathBuf, PathBuf)> {
    let asked = path.unwrap_or(Path::new("."));
    let asked = fs::canonicalize(asked).map_err(|error| anyhow!("{}: {}", asked.display(), explain(&error)))?;
    let found = Finder::default().find(&asked)?;
    let folders = found.iter().flat_map(|found| &found.config.rules);
    let folders: Vec<PathBuf> =
        folders.map(|own| fs::canonicalize(&own.path).unwrap_or_else(|_| own.path.clone())).collect();
    // Of several folders it is the one that is asked for, or the nearest.
    let of_house = folders.iter().find(|folder| asked.starts_with(folder)).or(folders.first()).cloned();
    let has_rules = || rule_files::own(&asked, &asked).is_ok_and(|files| !files.is_empty());
    Ok(match (of_house, found) {
        (Some(folder), _) if path.is_some() && asked.starts_with(&folder) => (folder, asked),
        // Other files in the folder of a house may end like rules.
        (Some(folder), _) if path.is_none() || asked.join(FILE).is_file() => (folder.clone(), folder),
        _ if asked.is_file() => (asked.parent().unwrap_or(&asked).into(), asked),
        _ if path.is_some() && has_rules() => (asked.clone(), asked),
        (Some(folder), _) => (folder.clone(), folder),
        (None, Some(found)) => {
            let config = desk::shown(&found.file.path);
            bail!("there is nothing to test: {config} names no folder of rules. Add one: rules = \"desk-rules\".")
        }
        (None, None) => {
            bail!(
                "there is nothing to test: no copydesk.toml here names a folder of rules. Name one: copydesk test FOLDER."
            )
        }
    })
}
