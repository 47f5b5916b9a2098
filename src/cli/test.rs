mod past;
mod verdict;

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};
use rustc_hash::FxHashSet;

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
        let places = places(path)?;
        let mut files = Vec::new();
        for (folder, path) in &places {
            let own = rule_files::own(folder, path);
            files.extend(own.map_err(|error| anyhow!("{}: {}", desk::shown(path), explain(&error)))?);
        }
        if files.is_empty() {
            let shown: Vec<String> = places.iter().map(|(_, path)| desk::shown(path)).collect();
            let shown = shown.join(", ");
            bail!("there is nothing to test: {shown} has no rule files. A rule is a file that ends in .yml.");
        }
        let (mut written, mut sources, mut broken) = (Vec::new(), Vec::new(), Vec::new());
        let mut names = FxHashSet::default();
        for RuleFile { source, rule } in files {
            // A nearer rule stands for one of the same name.
            if rule.as_ref().is_some_and(|rule| !names.insert(rule.name)) {
                continue;
            }
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

/// Where the rules are that `path` means: the folders by which they have their names, and what of each to read, the
/// nearest first. Without a path they are the house's.
fn places(path: Option<&Path>) -> anyhow::Result<Vec<(PathBuf, PathBuf)>> {
    let asked = path.unwrap_or(Path::new("."));
    let asked = fs::canonicalize(asked).map_err(|error| anyhow!("{}: {}", asked.display(), explain(&error)))?;
    let found = Finder::default().find(&asked)?;
    let folders = found.iter().flat_map(|found| &found.config.rules);
    let folders: Vec<PathBuf> =
        folders.map(|own| fs::canonicalize(&own.path).unwrap_or_else(|_| own.path.clone())).collect();
    let around = folders.iter().find(|folder| path.is_some() && asked.starts_with(folder)).cloned();
    let of_house = || folders.into_iter().map(|folder| (folder.clone(), folder)).collect::<Vec<_>>();
    let has_rules = || rule_files::own(&asked, &asked).is_ok_and(|files| !files.is_empty());
    if let Some(folder) = around {
        return Ok(vec![(folder, asked)]);
    }
    // Other files in the folder of a house may end like rules.
    let means_house = path.is_none() || asked.join(FILE).is_file();
    Ok(match found {
        Some(found) if means_house && !found.config.rules.is_empty() => of_house(),
        _ if asked.is_file() => vec![(asked.parent().unwrap_or(&asked).into(), asked)],
        _ if path.is_some() && has_rules() => vec![(asked.clone(), asked)],
        Some(found) if !found.config.rules.is_empty() => of_house(),
        Some(found) => {
            let config = desk::shown(&found.file.path);
            bail!(
                "there is nothing to test: {config} names no folder of rules. Add one, rules = \"desk-rules\", or say which folder to test."
            )
        }
        None => {
            bail!(
                "there is nothing to test: no copydesk.toml here names a folder of rules. Name one: copydesk test FOLDER."
            )
        }
    })
}
