use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};

use super::desk::{self, Desk};
use super::many;
use super::table::count;
use crate::baseline::Sorted;
use crate::check;
use crate::config;
use crate::config::discover::{BaselineFile, Source};
use crate::config::renewal::{Renewal, Renewals, Renewed, Standing};
use crate::diagnostic::Diagnostic;
use crate::files::{self, Input, Problem};
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

/// `copydesk check --write-baseline`: lets stand all that is found.
pub(super) fn write(desk: &Desk<'_>, inputs: &[Input], mut problems: Vec<Problem>) -> anyhow::Result<u8> {
    if matches!(inputs, [Input::Stdin(_)]) {
        bail!("--write-baseline needs drafts that are files: a baseline knows each by its path.");
    }
    let work = |input: &Input| -> Result<Result<Standing, String>, Problem> {
        let text = input.read()?;
        let path = input.path();
        let Some(file) = desk.baseline(path) else { return Ok(Err(input.name())) };
        let (format, settings) = (Format::of_path(&input.name()), desk.settings(path));
        let found = check::check(&text, format, &settings);
        Ok(Ok(Standing::of(file, path, found, &text, format, &settings)))
    };
    let mut renewals = Renewals::default();
    let mut homeless = None;
    many::in_order(inputs, work, |outcome| {
        match outcome {
            Ok(Ok(standing)) => renewals.add(standing),
            Ok(Err(draft)) => homeless = homeless.take().or(Some(draft)),
            Err(problem) => problems.push(problem),
        }
        Ok(())
    })?;
    if let Some(draft) = homeless {
        bail!("no copydesk.toml is above {draft}, and the baseline stands beside it. Say where: --baseline FILE.");
    }
    let mistaken = desk.mistakes()?;
    for renewal in renewals.all() {
        write_one(renewal)?;
    }
    problems.extend(desk.problems());
    Ok(mistaken.max(super::check::status(&problems, false)))
}

/// Writes one of the files, and says so.
fn write_one(renewal: Renewal) -> anyhow::Result<()> {
    let path = renewal.file.source.path.clone();
    let shown = desk::shown(&path);
    let Some(Renewed { text, stand, new, dropped }) = renewal.renewed() else {
        bail!("{shown} has mistakes in it and is left as it is. Mend them first.");
    };
    files::put(&path, &text).with_context(|| format!("{shown} can't be written"))?;
    let found = count(stand, "finding");
    let verb = if stand == 1 { "stands" } else { "stand" };
    writeln!(anstream::stderr(), "Wrote {shown}: {found} {verb}, {new} of them new. {dropped} dropped.")?;
    Ok(())
}
