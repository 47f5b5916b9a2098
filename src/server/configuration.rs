//! How drafts are to be checked: the house's `copydesk.toml`, and below it the editor's settings.
//!
//! The file wins where both speak: it is what the command line and the rest of the desk go by.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::ls_types::{InitializeParams, Uri, WorkspaceFolder, WorkspaceFoldersChangeEvent};

use super::convert;
use crate::config::discover::{BaselineFile, Finder, Found, Unreadable};
use crate::config::{self, Config, Sheet};
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::settings::Settings;

/// What of `copydesk.toml` the editor's settings can say too. The section holds the client's own settings as well.
const KEYS: [&str; 3] = ["style", "date", "levels"];

/// What the editor's settings say of the editor itself. `copydesk.toml` can't say it: it is no matter of the house's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Editor {
    /// Whether quotations, sources and cues are told apart by color.
    pub semantic_tokens: bool,
    /// Whether the name of who speaks stands behind a pronoun.
    pub inlay_hints: bool,
    /// How long, in milliseconds, a draft is left alone after a keystroke before it is checked.
    pub typing_delay: u16,
    /// Whether the drafts that are not open are checked too.
    pub whole_folder: bool,
}

/// What each of these takes.
const OWN_KEYS: [(&str, &str); 4] = [
    ("semanticTokens", "true or false"),
    ("inlayHints", "true or false"),
    ("typingDelay", "a number of milliseconds, from 0 to 65535"),
    ("wholeFolder", "true or false"),
];

/// How drafts are to be checked. Nothing here waits for a file but [`settings`](Self::settings).
#[derive(Default)]
pub(super) struct Configuration {
    /// The folders that the client works in: an unsaved draft is taken to stand in the first.
    folders: Mutex<Vec<PathBuf>>,
    /// What the editor's settings say of drafts.
    config: Mutex<Arc<Config>>,
    /// And of itself.
    editor: Mutex<Editor>,
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
    /// Each file laid over the editor's settings.
    laid: HashMap<PathBuf, Arc<Found>>,
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
        let editor = Arc::clone(&lock(&self.config));
        let files = Arc::clone(&lock(&self.files));
        let Some(place) = self.place(path) else { return editor.settings_for(Path::new("")) };
        let place = place.as_path();
        let mut files = lock(&files);
        match files.finder.find(place) {
            Ok(None) => editor.settings_for(place),
            Ok(Some(found)) => {
                if let Some(laid) = files.laid.get(&found.file.path) {
                    return laid.settings_for(place);
                }
                // The file wins where both speak.
                let config = found.config.clone().over(Config::clone(&editor));
                let laid = Arc::new(Found { config, ..Found::clone(&found) });
                files.laid.insert(found.file.path.clone(), Arc::clone(&laid));
                tell(Trouble::Read(found));
                laid.settings_for(place)
            }
            Err(unreadable) => {
                if !files.laid.contains_key(&unreadable.path) {
                    files.laid.insert(unreadable.path.clone(), Arc::default());
                    tell(Trouble::Unreadable(unreadable));
                }
                editor.settings_for(place)
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

    /// Takes the editor's settings over; mistakes in them are left out, and told.
    pub fn edit(&self, section: &Value) -> Vec<String> {
        let (config, mut mistakes) = read(section);
        *lock(&self.config) = Arc::new(config);
        *lock(&self.editor) = read_editor(section, &mut mistakes);
        mistakes.extend(misspelled(section));
        self.forget();
        mistakes
    }

    /// What the editor's settings say of itself.
    pub fn editor(&self) -> Editor {
        *lock(&self.editor)
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

/// Reads the editor's settings as the `copydesk.toml` that they would be: all of them that can be used, and what is
/// wrong with the others.
fn read(section: &Value) -> (Config, Vec<String>) {
    let mut settings = toml::Table::new();
    let mut mistakes = Vec::new();
    for key in KEYS {
        let Some(value) = section.get(key).filter(|value| !value.is_null() && **value != "") else { continue };
        match toml::Value::try_from(without_nulls(value.clone())) {
            Ok(value) => drop(settings.insert(key.into(), value)),
            Err(error) => mistakes.push(format!("“{key}” can’t be read: {error}.")),
        }
    }
    let (config, found) = config::read(&settings.to_string());
    mistakes.extend(found.into_iter().map(|mistake| mistake.message));
    (config, mistakes)
}

/// Reads what the editor's settings say of itself, key by key, so that a mistake in one hides no other.
fn read_editor(section: &Value, mistakes: &mut Vec<String>) -> Editor {
    let mut known = serde_json::Map::new();
    for (key, takes) in OWN_KEYS {
        let Some(value) = section.get(key).filter(|value| !value.is_null()) else { continue };
        let alone = Value::Object([(key.to_owned(), value.clone())].into_iter().collect());
        match Editor::deserialize(&alone) {
            Ok(_) => drop(known.insert(key.into(), value.clone())),
            Err(_) => mistakes.push(format!("“{key}” takes {takes}, not {value}.")),
        }
    }
    Editor::deserialize(Value::Object(known)).unwrap_or_default()
}

/// Settings that are none of ours but nearly spelled as one. Others are the client's own.
fn misspelled(section: &Value) -> Vec<String> {
    let ours = || KEYS.into_iter().chain(OWN_KEYS.map(|(key, _)| key));
    let unknown = section.as_object().into_iter().flat_map(serde_json::Map::keys);
    let unknown = unknown.filter(|key| !ours().any(|known| known == *key));
    let meant = |key: &String| {
        let meant = nearest(key, ours())?;
        Some(format!("There is no “{key}”: did you mean “{meant}”?"))
    };
    unknown.filter_map(meant).collect()
}

/// The value with what it says nothing of left out: null is how an editor says that something is not set.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().filter(|item| !item.is_null()).map(without_nulls).collect(),
        Value::Object(fields) => {
            let said = fields.into_iter().filter(|(_, value)| !value.is_null());
            said.map(|(key, value)| (key, without_nulls(value))).collect()
        }
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_editors_settings_are_read_as_the_file_is() {
        let section = json!({
            "style": "reuters", "date": "", "levels": {"attribution/unnamed-media": "off"},
            "server": {"path": "/opt/copydesk"}, "trace": null,
        });
        let (config, mistakes) = read(&section);
        assert_eq!(mistakes, [] as [String; 0]);
        let settings = config.settings_for(Path::new(""));
        assert_eq!(settings.style.id, "reuters");
        assert_eq!(settings.levels["attribution/unnamed-media"], None);
        let (config, mistakes) = read(&json!({"style": "reuterz", "date": "2025-12-11"}));
        assert_eq!(mistakes.len(), 1);
        assert!(config.base.date.is_some(), "a mistake hides nothing else");
        for nonsense in [json!(null), json!(17), json!([]), json!("style")] {
            assert_eq!(read(&nonsense).1, [] as [String; 0], "{nonsense}");
        }
    }

    #[test]
    fn what_is_of_the_editor_itself_is_read_key_by_key() {
        let mut mistakes = Vec::new();
        let section = json!({"semanticTokens": true, "inlayHints": "yes", "typingDelay": 200, "style": "ap"});
        let editor = read_editor(&section, &mut mistakes);
        assert_eq!(
            editor,
            Editor { semantic_tokens: true, inlay_hints: false, typing_delay: 200, whole_folder: false }
        );
        assert_eq!(mistakes, ["“inlayHints” takes true or false, not \"yes\"."]);
        assert_eq!(read_editor(&json!(null), &mut mistakes), Editor::default());
        let slow = read_editor(&json!({"typingDelay": 70_000}), &mut mistakes);
        assert_eq!(slow, Editor::default());
        assert_eq!(mistakes[1], "“typingDelay” takes a number of milliseconds, from 0 to 65535, not 70000.");
    }

    #[test]
    fn a_setting_that_is_nearly_one_of_ours_is_asked_about() {
        let section = json!({"inlayHint": true, "semantictokens": true, "level": {}, "style": "ap"});
        let asked = misspelled(&section);
        assert_eq!(
            asked,
            [
                "There is no “inlayHint”: did you mean “inlayHints”?",
                "There is no “level”: did you mean “levels”?",
                "There is no “semantictokens”: did you mean “semanticTokens”?",
            ]
        );
        let of_the_client = json!({"server": {"path": ""}, "trace": {"server": "off"}, "typingDelay": 5});
        for right in [of_the_client, json!(null), json!([1])] {
            assert_eq!(misspelled(&right), [] as [String; 0], "{right}");
        }
    }

    #[test]
    fn what_is_null_is_not_set_and_what_no_file_can_say_hides_nothing_else() {
        let (config, mistakes) = read(&json!({
            "style": "reuters", "levels": {"attribution": null, "titles": "off", "quotes": [null]},
        }));
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert!(mistakes[0].contains("off, suggestion, warning or error"), "{mistakes:?}");
        assert_eq!(config.base.style.map(|style| style.id).as_deref(), Some("reuters"));
        assert_eq!(config.base.levels.keys().collect::<Vec<_>>(), ["titles"]);
        let (config, mistakes) = read(&json!({"style": "reuters", "date": u64::MAX}));
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert!(mistakes[0].contains("“date”"), "{mistakes:?}");
        assert!(config.base.style.is_some());
    }

    #[test]
    fn the_file_wins_where_both_speak() {
        let (editor, _) = read(&json!({"style": "reuters", "date": "2025-12-11", "levels": {"attribution": "off"}}));
        let (file, _) = config::read("style = \"afp\"\n[levels]\n\"attribution/unnamed-media\" = \"error\"\n");
        let date = editor.base.date;
        let laid = file.over(editor).settings_for(Path::new("draft.txt"));
        assert_eq!(laid.style.id, "afp");
        assert_eq!(laid.date, date);
        assert_eq!(laid.levels.len(), 2);
        let (editor, _) = read(&json!({"levels": {"attribution/unnamed-media": "off"}}));
        let (file, _) = config::read("[levels]\nattribution = \"error\"\n");
        let levels = file.base.levels.clone();
        assert_eq!(file.over(editor).settings_for(Path::new("draft.txt")).levels, levels);
    }
}
