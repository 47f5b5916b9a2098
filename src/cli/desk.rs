use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{anyhow, bail};

use super::args::What;
use super::{FAILED, complain};
use crate::config::discover::{self, BaselineFile, Finder, Found, Source, Unreadable};
use crate::diagnostic::Severity;
use crate::files::Problem;
use crate::report::{Checked, Format, Look, Piece};
use crate::rules::{self, Rule};
use crate::settings::Settings;
use crate::style::Style;

/// Knows by which settings each draft is checked: what the command line says, else its configuration, else the
/// house style of the Associated Press.
pub(super) struct Desk<'a> {
    what: &'a What,
    choice: Choice<'a>,
    /// The configuration that the command line names.
    named: Option<Arc<Found>>,
    /// The baseline that the command line names.
    baseline: Option<Arc<BaselineFile>>,
    read: Mutex<Read>,
}

/// The configurations read so far, and what is wrong with them.
#[derive(Default)]
struct Read {
    finder: Finder,
    mistaken: BTreeMap<PathBuf, Arc<Source>>,
    unreadable: BTreeMap<PathBuf, Unreadable>,
}

/// Which rules the command line asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Choice<'a> {
    /// These rules and families only, unless there are none.
    pub select: &'a [String],
    /// Not these.
    pub ignore: &'a [String],
}

impl<'a> Desk<'a> {
    /// # Errors
    ///
    /// If a rule is not known, or the configuration that the command line names can't be read.
    pub(super) fn new(what: &'a What, choice: Choice<'a>, baseline: Option<&Path>) -> anyhow::Result<Self> {
        let mut named = None;
        let mut read = Read::default();
        if let Some(path) = &what.config {
            let found =
                Found::read(path).map_err(|error| anyhow!("{}: {}", path.display(), discover::explain(&error)))?;
            named = Some(read.keep(Arc::new(found)));
        }
        let baseline = baseline.map(|path| Arc::new(BaselineFile::read(path)));
        baseline.iter().for_each(|baseline| read.keep_source(&baseline.source));
        let desk = Self { what, choice, named, baseline, read: Mutex::new(read) };
        for names in [choice.select, choice.ignore] {
            // A comma too many names nothing; an option without any name is a slip.
            for name in names.iter().filter(|name| !name.is_empty() || names.len() == 1) {
                desk.know(name)?;
            }
        }
        Ok(desk)
    }

    /// # Errors
    ///
    /// If the name is no rule's or family's: no built-in one, and none of the configurations that count where the drafts
    /// are looked for.
    fn know(&self, name: &str) -> anyhow::Result<()> {
        if rules::named(name).next().is_some() {
            return Ok(());
        }
        let here = [PathBuf::from(".")];
        let paths = if self.what.paths.is_empty() { &here } else { self.what.paths.as_slice() };
        let stdin = |path: &PathBuf| self.what.stdin_filename.clone().filter(|_| path.as_os_str() == "-");
        let found = paths.iter().filter_map(|path| self.found_at(&stdin(path).unwrap_or_else(|| path.clone())));
        let settings: Vec<Settings> = found.map(|found| found.settings_for(Path::new(""))).collect();
        if settings.iter().any(|settings| settings.named(name).next().is_some()) {
            return Ok(());
        }
        bail!("{}", unknown(name, settings.first().unwrap_or(&Settings::default())));
    }

    /// The configuration for a draft or a folder.
    fn found_at(&self, path: &Path) -> Option<Arc<Found>> {
        self.named.clone().or_else(|| self.read().find_in(path))
    }

    /// The baseline that counts for the draft at `path`.
    pub(super) fn baseline(&self, path: &Path) -> Option<Arc<BaselineFile>> {
        self.baseline.clone().or_else(|| Some(Arc::clone(&self.found(path)?.baseline)))
    }

    fn found(&self, path: &Path) -> Option<Arc<Found>> {
        self.named.clone().or_else(|| self.read().find(path))
    }

    /// The settings for the draft at `path`.
    pub(super) fn settings(&self, path: &Path) -> Settings {
        let found = self.found(path);
        let mut settings = found.as_ref().map_or_else(Settings::default, |found| found.settings_for(path));
        if let Some(style) = self.what.style.as_deref().and_then(|name| Style::named(&name.to_ascii_lowercase())) {
            settings.style = style;
            // The house's own words stay.
            if let Some(found) = found {
                found.config.add_words(&mut settings.style);
            }
        }
        settings.date = self.what.date.or(settings.date);
        choose(&mut settings, self.choice);
        settings
    }

    /// The files of the configurations used so far that have mistakes, in the order of their paths.
    pub(super) fn mistaken(&self) -> Vec<Arc<Source>> {
        self.read().mistaken.values().cloned().collect()
    }

    /// Tells of the mistakes in the configurations on standard error, and gives the exit status.
    pub(super) fn mistakes(&self) -> io::Result<u8> {
        let mistaken = self.mistaken();
        for found in &mistaken {
            let path = shown(&found.path);
            let checked = Checked::new(&path, &found.text, &found.mistakes);
            let look = Look { color: false, width: usize::MAX };
            if let Piece::Text(lines) = Format::Concise.piece(&checked, look) {
                anstream::stderr().write_all(lines.as_bytes())?;
            }
        }
        // A mistake in a style from elsewhere turns one rule off, and is no reason to fail.
        let failing = |found: &Arc<Source>| found.mistakes.iter().any(|mistake| mistake.severity == Severity::Error);
        Ok(if mistaken.iter().any(failing) { FAILED } else { 0 })
    }

    /// What is wrong with the configurations that could not be read.
    pub(super) fn problems(&self) -> Vec<Problem> {
        self.read().unreadable.values().map(|it| Problem::new(&shown(&it.path), &it.reason)).collect()
    }

    fn read(&self) -> MutexGuard<'_, Read> {
        // Whoever panicked while reading has left nothing half done.
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Read {
    fn find(&mut self, path: &Path) -> Option<Arc<Found>> {
        self.find_in(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
    }

    fn find_in(&mut self, folder: &Path) -> Option<Arc<Found>> {
        match self.finder.find(folder) {
            Ok(found) => found.map(|found| self.keep(found)),
            Err(unreadable) => {
                self.unreadable.insert(unreadable.path.clone(), unreadable);
                None
            }
        }
    }

    fn keep(&mut self, found: Arc<Found>) -> Arc<Found> {
        found.sources().for_each(|source| self.keep_source(source));
        found
    }

    fn keep_source(&mut self, source: &Arc<Source>) {
        if !source.mistakes.is_empty() {
            self.mistaken.insert(source.path.clone(), Arc::clone(source));
        }
    }
}

/// A path as the user would write it: from the current folder, if it is in it.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_string_lossy().into_owned()
}

/// Makes the command line's choice of rules the last word. A rule that is asked for by its own name is on.
fn choose(settings: &mut Settings, choice: Choice<'_>) {
    let meant = |names: &[String], rule: &Rule| names.iter().any(|name| rule.stands_for(name));
    let chosen = settings.rules().filter_map(|rule| {
        let level = if meant(choice.ignore, rule) || !(choice.select.is_empty() || meant(choice.select, rule)) {
            None
        } else if choice.select.iter().any(|name| name == rule.name) {
            settings.level(rule).or(Some(rule.level))
        } else {
            return None;
        };
        Some((rule.name.into(), level))
    });
    let chosen: Vec<(String, _)> = chosen.collect();
    settings.levels.extend(chosen);
}

/// The settings of a draft in the current folder.
pub(super) fn here() -> Settings {
    match Finder::default().find(Path::new(".")) {
        Ok(found) => found.map_or_else(Settings::default, |found| found.settings_for(Path::new(""))),
        Err(unreadable) => {
            complain(unreadable);
            Settings::default()
        }
    }
}

/// What to say of a rule that there is not.
pub(super) fn unknown(name: &str, settings: &Settings) -> String {
    match settings.nearest(name) {
        Some(known) => format!("there is no rule called “{name}”. Did you mean “{known}”?"),
        None => format!("there is no rule called “{name}”. `copydesk rules` lists them all."),
    }
}
