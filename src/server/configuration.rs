//! How drafts are to be checked: the house's `copydesk.toml`, and below it the editor's settings.
//!
//! The file wins where both speak: it is what the command line and the rest of the desk go by.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tower_lsp::ls_types::{InitializeParams, Uri, WorkspaceFolder, WorkspaceFoldersChangeEvent};

use super::convert;
use super::editor::{Editor, Scopes};
use crate::config::discover::{BaselineFile, Finder, Found, Unreadable};
use crate::config::{Config, Sheet};
use crate::diagnostic::Diagnostic;
use crate::settings::Settings;

/// How drafts are to be checked. Nothing here waits for a file but [`settings`](Self::settings).
#[derive(Default)]
pub(super) struct Configuration {
    /// The folders that the client works in: an unsaved draft is taken to stand in the first.
    folders: Mutex<Vec<PathBuf>>,
    /// The editor's settings.
    scopes: Mutex<Arc<Scopes>>,
    /// What was read of files; replaced when they, or the editor's settings, may have changed.
    files: Mutex<Arc<Mutex<Files>>>,
    /// The files whose mistakes were pushed although nobody has them open.
    pushed: Mutex<HashSet<Uri>>,
    /// The names of the rosters, the baselines and the folders of rules that are watched.
    watched: Mutex<HashSet<String>>,
    /// Baselines as they are typed, each with the moment of its document.
    typed: Mutex<HashMap<PathBuf, (u64, Arc<BaselineFile>)>>,
    /// What the user was last shown of each file.
    shown: Mutex<HashMap<PathBuf, String>>,
}

#[derive(Default)]
struct Files {
    finder: Finder,
    /// Each file laid over the editor's settings for one of the client's folders, or for all.
    laid: HashMap<(Option<PathBuf>, PathBuf), Arc<Found>>,
}

/// What can be wrong with a configuration file that was read for a draft.
pub(super) enum Trouble {
    /// It has been read, with mistakes or without.
    Read(Arc<Found>),
    /// It can't be read.
    Unreadable(Unreadable),
}

impl Configuration {
    /// Takes down where the client works.
    pub fn begin(&self, params: &InitializeParams) {
        let named = params.workspace_folders.iter().flatten().filter_map(|folder| convert::path(&folder.uri));
        let mut folders: Vec<PathBuf> = named.collect();
        if folders.is_empty() {
            #[allow(deprecated, reason = "older clients name no folders")]
            folders.extend(params.root_uri.as_ref().and_then(convert::path));
        }
        *lock(&self.folders) = folders;
    }

    /// The client works in other folders than before.
    pub fn move_to(&self, change: &WorkspaceFoldersChangeEvent) {
        let paths = |folders: &[WorkspaceFolder]| -> Vec<PathBuf> {
            folders.iter().filter_map(|folder| convert::path(&folder.uri)).collect()
        };
        let (removed, added) = (paths(&change.removed), paths(&change.added));
        let mut folders = lock(&self.folders);
        folders.retain(|folder| !removed.contains(folder));
        folders.extend(added);
    }

    /// The folders that the client works in.
    pub fn folders(&self) -> Vec<PathBuf> {
        lock(&self.folders).clone()
    }

    /// The settings for the draft in that file, or for one that is in no file yet. Reads the configuration if need be:
    /// `tell` hears of a file that was read just now.
    pub fn settings(&self, path: Option<&Path>, tell: impl FnOnce(Trouble)) -> Settings {
        let scopes = self.scopes();
        let files = Arc::clone(&lock(&self.files));
        let Some(place) = self.place(path) else { return scopes.all.config.settings_for(Path::new("")) };
        let place = place.as_path();
        let (folder, editor) = scopes.of(place);
        let key = |file: &Path| (folder.map(Path::to_owned), file.to_owned());
        let mut files = lock(&files);
        match files.finder.find(place) {
            Ok(None) => editor.config.settings_for(place),
            Ok(Some(found)) => {
                let key = key(&found.file.path);
                if let Some(laid) = files.laid.get(&key) {
                    return laid.settings_for(place);
                }
                // The file wins where both speak.
                let config = found.config.clone().over(editor.config.clone());
                let laid = Arc::new(Found { config, ..Found::clone(&found) });
                files.laid.insert(key, Arc::clone(&laid));
                tell(Trouble::Read(found));
                laid.settings_for(place)
            }
            Err(unreadable) => {
                let key = key(&unreadable.path);
                if files.laid.insert(key, Arc::default()).is_none() {
                    tell(Trouble::Unreadable(unreadable));
                }
                editor.config.settings_for(place)
            }
        }
    }

    /// The configuration that names the file at `path` as `names` tells: the one above it or one that was read for a draft.
    fn naming(&self, path: &Path, names: impl Fn(&Found) -> bool) -> Option<Arc<Found>> {
        let files = Arc::clone(&lock(&self.files));
        let mut files = lock(&files);
        let above = files.finder.find(path).ok().flatten().filter(|found| names(found));
        above.or_else(|| files.laid.values().find(|found| names(found)).cloned())
    }

    /// Whether the file at `path` is a roster.
    pub fn is_sheet(&self, path: &Path) -> bool {
        // Most documents are drafts: no configuration need be looked for.
        Sheet::of_path(path).is_some() && self.naming(path, |found| found.is_sheet(path)).is_some()
    }

    /// The mistakes of the roster at `path` if `text` were its text; `None` if it is none.
    pub fn sheet_mistakes(&self, path: &Path, text: &str) -> Option<Vec<Diagnostic>> {
        Sheet::of_path(path)?;
        self.naming(path, |found| found.is_sheet(path))?.sheet_mistakes(path, text)
    }

    /// Whether a configuration extends the file at `path`.
    pub fn is_extended(&self, path: &Path) -> bool {
        is_toml(path) && self.naming(path, |found| found.extends(path)).is_some()
    }

    /// Where a draft stands for what counts for it: one that is in no file yet is taken to stand in the first folder.
    pub fn place(&self, path: Option<&Path>) -> Option<PathBuf> {
        path.map(Path::to_owned).or_else(|| lock(&self.folders).first().cloned())
    }

    /// The configuration that counts for the draft at `path`, if there is one.
    ///
    /// # Errors
    ///
    /// There is one, and it can't be read.
    pub fn found(&self, path: &Path) -> Result<Option<Arc<Found>>, Unreadable> {
        let files = Arc::clone(&lock(&self.files));
        lock(&files).finder.find(path)
    }

    /// The folder in which one belongs for the draft at `path`: the innermost of the client's around it, else its own.
    pub fn home(&self, path: &Path) -> PathBuf {
        let folders = lock(&self.folders);
        let around = folders.iter().filter(|folder| path.starts_with(folder));
        let around = around.max_by_key(|folder| folder.components().count());
        around.cloned().unwrap_or_else(|| path.parent().unwrap_or(path).to_owned())
    }

    /// The configuration that the file at `path` is a rule of.
    pub fn rules_at(&self, path: &Path) -> Option<Arc<Found>> {
        path.extension().filter(|ending| *ending == "yml" || *ending == "yaml")?;
        self.naming(path, |found| found.is_rule(path))
    }

    /// Whether the file at `path` is in a folder of rules, or is among the words of one.
    pub fn is_below_rules(&self, path: &Path) -> bool {
        let below = |found: &Found| {
            let Config { rules, vale, .. } = &found.config;
            rules
                .iter()
                .map(|named| &named.path)
                .chain(vale.iter().map(|vale| &vale.path))
                .any(|it| path.starts_with(it))
        };
        self.naming(path, below).is_some()
    }

    /// The baseline that counts for the draft at `path`, as its file has it.
    pub fn baseline(&self, path: &Path) -> Option<Arc<BaselineFile>> {
        Some(Arc::clone(&self.found(path).ok()??.baseline))
    }

    /// The baseline that the file at `path` is.
    pub fn baseline_at(&self, path: &Path) -> Option<Arc<BaselineFile>> {
        let found = is_toml(path).then(|| self.naming(path, |found| found.is_baseline(path)))?;
        found.map(|found| Arc::clone(&found.baseline))
    }

    /// The baseline as it is typed at that moment of its document, if it was read before.
    pub fn typed(&self, path: &Path, generation: u64, read: impl FnOnce() -> BaselineFile) -> Arc<BaselineFile> {
        let mut typed = lock(&self.typed);
        match typed.get(path) {
            Some((known, file)) if *known == generation => Arc::clone(file),
            _ => {
                let file = Arc::new(read());
                typed.insert(path.into(), (generation, Arc::clone(&file)));
                file
            }
        }
    }

    /// Takes the editor's settings over: those for all folders, unless they stay as they are, and those that a folder has
    /// for itself. Mistakes in them are left out, and told.
    pub fn edit(&self, all: Option<&Value>, folders: &[(PathBuf, Value)]) -> Vec<String> {
        let before = self.scopes();
        let (scopes, mistakes) = Scopes::read(&before, all, folders);
        *lock(&self.scopes) = Arc::new(scopes);
        self.forget();
        mistakes
    }

    /// The editor's settings.
    pub fn scopes(&self) -> Arc<Scopes> {
        Arc::clone(&lock(&self.scopes))
    }

    /// What they say of the editor itself, whatever the draft.
    pub fn editor(&self) -> Editor {
        self.scopes().all.editor
    }

    /// What they say of it for the draft at `path`, or for one that is in no file yet.
    pub fn editor_for(&self, path: Option<&Path>) -> Editor {
        let scopes = self.scopes();
        self.place(path).map_or(scopes.all.editor, |place| scopes.of(&place).1.editor)
    }

    /// What was read from files may have changed there: it is read again when it is next needed.
    pub fn forget(&self) {
        *lock(&self.files) = Arc::default();
    }

    /// Takes down that files of that name are watched. Whether they were not before.
    pub fn watches(&self, file: &str) -> bool {
        lock(&self.watched).insert(file.into())
    }

    /// Takes down what is shown of a file, which may be nothing. Whether that was not what was last shown.
    pub fn shows(&self, path: &Path, message: &str) -> bool {
        lock(&self.shown).insert(path.into(), message.into()).unwrap_or_default() != message
    }

    /// Takes down that the mistakes of a file that is not open were pushed.
    pub fn pushed(&self, uri: Uri) {
        lock(&self.pushed).insert(uri);
    }

    /// The files whose mistakes were pushed, which are to be taken back.
    pub fn take_pushed(&self) -> HashSet<Uri> {
        std::mem::take(&mut *lock(&self.pushed))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whatever is in here is whole at any moment.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}
