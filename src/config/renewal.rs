//! Baselines in the making: all that drafts are found with now is to stand.

#![allow(clippy::disallowed_methods)] // A draft that is gone has nothing that stands.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::discover::BaselineFile;
use super::is_on;
use crate::baseline::{Baseline, Entry};
use crate::diagnostic::Diagnostic;
use crate::format::Format;
use crate::settings::Settings;

/// What is to stand in one draft.
#[derive(Clone, Debug)]
pub struct Standing {
    file: Arc<BaselineFile>,
    name: String,
    entries: Vec<Entry>,
    new: usize,
}

impl Standing {
    /// All that was found in the draft at `path`, for which the baseline in `file` counts.
    pub fn of(
        file: Arc<BaselineFile>,
        path: &Path,
        found: Vec<Diagnostic>,
        text: &str,
        format: Format,
        settings: &Settings,
    ) -> Self {
        let name = file.name_of(path);
        let (entries, new) = file.baseline.renewed(&name, found, text, format, |rule| is_on(rule, settings));
        Self { file, name, entries, new }
    }
}

/// The baselines of some drafts, by their files.
#[derive(Debug, Default)]
pub struct Renewals(BTreeMap<PathBuf, Renewal>);

/// One of them.
#[derive(Clone, Debug)]
pub struct Renewal {
    /// The file as it was.
    pub file: Arc<BaselineFile>,
    checked: HashSet<String>,
    entries: Vec<Entry>,
    new: usize,
}

/// What a baseline's file is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// The text of the file.
    pub text: String,
    /// How many findings stand.
    pub stand: usize,
    /// How many of them are new.
    pub new: usize,
    /// How many that stood do so no longer.
    pub dropped: usize,
}

impl Renewals {
    /// A draft was checked.
    pub fn add(&mut self, Standing { file, name, entries, new }: Standing) {
        let renewal = self.0.entry(file.source.path.clone()).or_insert_with(|| Renewal {
            file,
            checked: HashSet::new(),
            entries: Vec::new(),
            new: 0,
        });
        renewal.checked.insert(name);
        renewal.entries.extend(entries);
        renewal.new += new;
    }

    /// Each of them, in the order of their paths.
    pub fn all(self) -> impl Iterator<Item = Renewal> {
        self.0.into_values()
    }
}

impl Renewal {
    /// What the file is to say; `None` where it has mistakes, and is left as it is. Drafts that were not checked keep what
    /// stands in them while they are there.
    pub fn renewed(self) -> Option<Renewed> {
        let Self { file, checked, mut entries, new } = self;
        if !file.source.mistakes.is_empty() {
            return None;
        }
        let before = file.baseline.entries();
        let gone: HashSet<&str> = file.baseline.drafts().filter(|draft| !file.path_of(draft).exists()).collect();
        let kept = before.iter().filter(|entry| !checked.contains(&entry.draft) && !gone.contains(&*entry.draft));
        entries.extend(kept.cloned());
        let stand = entries.len();
        let dropped = (before.len() + new).saturating_sub(stand);
        Some(Renewed { text: Baseline::new(entries).text(), stand, new, dropped })
    }
}
