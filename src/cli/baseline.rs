use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::desk::{self, Desk};
use super::table::count;
use super::{many, rewrite};
use crate::baseline::{Baseline, Entry, Sorted};
use crate::check;
use crate::config::discover::{BaselineFile, Source};
use crate::config::{self, is_on};
use crate::diagnostic::Diagnostic;
use crate::files::{Input, Problem};
use crate::format::Format;
use crate::settings::Settings;

/// What is found in the draft at `path`, and what of it the baseline holds back.
pub(super) fn find(
    path: &Path,
    text: &str,
    format: Format,
    settings: &Settings,
    baseline: Option<&BaselineFile>,
) -> Sorted {
    let found = check::check(text, format, settings);
    match baseline {
        Some(file) if !file.baseline.entries().is_empty() => {
            file.baseline.sort(&file.name_of(path), found, text, format)
        }
        _ => Sorted { new: found, ..Sorted::default() },
    }
}

/// The baselines that counted for drafts, and what is wrong with their entries.
#[derive(Default)]
pub(super) struct Baselines(BTreeMap<PathBuf, (Arc<BaselineFile>, Vec<Diagnostic>)>);

impl Baselines {
    pub(super) fn add(&mut self, of_draft: Option<(Arc<BaselineFile>, Vec<Diagnostic>)>) {
        let Some((file, idle)) = of_draft else { return };
        self.0.entry(file.source.path.clone()).or_insert_with(|| (file, Vec::new())).1.extend(idle);
    }

    /// The files in which entries hold nothing back. Where a whole folder was looked at, those for drafts that are gone
    /// are among them: who checks one draft has nothing to do with them.
    pub(super) fn idle(self, desk: &Desk<'_>, folder: bool) -> BTreeMap<PathBuf, (Arc<Source>, Vec<Diagnostic>)> {
        let mut idle = BTreeMap::new();
        for (path, (file, mut found)) in self.0 {
            let drafts = file.baseline.drafts().map(|name| (name, file.path_of(name)));
            for (name, draft) in drafts.filter(|(_, draft)| folder && !draft.exists()) {
                let entries = file.baseline.of(name);
                found.extend(config::idle(&file.baseline, entries, &file.source.text, &desk.settings(&draft)));
            }
            found.sort_by_key(|found| found.span);
            found.dedup();
            if !found.is_empty() {
                idle.insert(path, (Arc::clone(&file.source), found));
            }
        }
        idle
    }
}

/// What is to stand in one draft.
struct Standing {
    /// The baseline that counts for it, if there is one.
    file: Option<Arc<BaselineFile>>,
    name: String,
    entries: Vec<Entry>,
    new: usize,
}

/// A baseline in the making.
struct Renewal {
    file: Arc<BaselineFile>,
    checked: HashSet<String>,
    entries: Vec<Entry>,
    new: usize,
}

/// `copydesk check --write-baseline`: lets stand all that is found.
pub(super) fn write(desk: &Desk<'_>, inputs: &[Input], mut problems: Vec<Problem>) -> anyhow::Result<u8> {
    if matches!(inputs, [Input::Stdin(_)]) {
        bail!("--write-baseline needs drafts that are files: a baseline knows each by its path.");
    }
    let work = |input: &Input| -> Result<Standing, Problem> {
        let text = input.read()?;
        let Some(file) = desk.baseline(input.path()) else {
            return Ok(Standing { file: None, name: input.name(), entries: Vec::new(), new: 0 });
        };
        let (format, settings) = (Format::of_path(&input.name()), desk.settings(input.path()));
        let found = check::check(&text, format, &settings);
        let name = file.name_of(input.path());
        let (entries, new) = file.baseline.renewed(&name, found, &text, format, |rule| is_on(rule, &settings));
        Ok(Standing { file: Some(file), name, entries, new })
    };
    let mut renewals: BTreeMap<PathBuf, Renewal> = BTreeMap::new();
    let mut homeless = None;
    many::in_order(inputs, work, |outcome| {
        match outcome {
            Ok(Standing { file: Some(file), name, entries, new }) => {
                let renewal = renewals.entry(file.source.path.clone()).or_insert_with(|| Renewal {
                    file,
                    checked: HashSet::new(),
                    entries: Vec::new(),
                    new: 0,
                });
                renewal.checked.insert(name);
                renewal.entries.extend(entries);
                renewal.new += new;
            }
            Ok(Standing { file: None, name, .. }) => homeless = homeless.take().or(Some(name)),
            Err(problem) => problems.push(problem),
        }
        Ok(())
    })?;
    if let Some(draft) = homeless {
        bail!("no copydesk.toml is above {draft}, and the baseline stands beside it. Say where: --baseline FILE.");
    }
    let mistaken = desk.mistakes()?;
    for renewal in renewals.into_values() {
        renewal.write()?;
    }
    problems.extend(desk.problems());
    Ok(mistaken.max(super::check::status(&problems, false)))
}

impl Renewal {
    /// Writes the file, and says so.
    fn write(mut self) -> anyhow::Result<()> {
        let path = &self.file.source.path;
        let shown = desk::shown(path);
        if !self.file.source.mistakes.is_empty() {
            bail!("{shown} has mistakes in it and is left as it is. Mend them first.");
        }
        let before = self.file.baseline.entries();
        let kept = before.iter().filter(|entry| !self.checked.contains(&entry.draft));
        let gone: HashSet<&str> =
            self.file.baseline.drafts().filter(|draft| !self.file.path_of(draft).exists()).collect();
        self.entries.extend(kept.filter(|entry| !gone.contains(&*entry.draft)).cloned());
        let (stand, dropped) = (self.entries.len(), (before.len() + self.new).saturating_sub(self.entries.len()));
        let text = Baseline::new(self.entries).text();
        if path.exists() {
            rewrite::replace(path, &text).with_context(|| format!("{shown} can't be written"))?;
        } else {
            fs::write(path, text).with_context(|| format!("{shown} can't be written"))?;
        }
        let found = count(stand, "finding");
        let verb = if stand == 1 { "stands" } else { "stand" };
        let new = self.new;
        writeln!(anstream::stderr(), "Wrote {shown}: {found} {verb}, {new} of them new. {dropped} dropped.")?;
        Ok(())
    }
}
