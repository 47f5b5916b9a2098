//! The editor's settings: what they say of drafts, as `copydesk.toml` would, and of the editor itself. A folder of several
//! may have its own.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::config::{self, Config};
use crate::nearest::nearest;

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

/// What the editor's settings say where they count.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Of drafts.
    pub config: Config,
    /// Of the editor itself.
    pub editor: Editor,
}

/// The editor's settings, wherever they count.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// Those for all folders.
    pub all: Arc<Scope>,
    /// Those of the folders that have their own.
    folders: Vec<(PathBuf, Scope)>,
}

impl Scopes {
    /// Reads what the client says: for all folders, unless that stays as it was `before`, and for some of them. And what is
    /// wrong with it, once: what counts for all is said again for each folder.
    pub fn read(before: &Self, all: Option<&Value>, folders: &[(PathBuf, Value)]) -> (Self, Vec<String>) {
        let mut mistakes = Vec::new();
        let mut read = |section: &Value| {
            let (scope, wrong) = Scope::read(section);
            mistakes.extend(wrong);
            scope
        };
        let all = all.map_or_else(|| Arc::clone(&before.all), |section| Arc::new(read(section)));
        let folders = folders.iter().map(|(folder, section)| (folder.clone(), read(section))).collect();
        let mut told = HashSet::new();
        mistakes.retain(|mistake| told.insert(mistake.clone()));
        (Self { all, folders }, mistakes)
    }

    /// The settings for what is at `path`: those of the innermost folder around it that has its own, with that folder, else
    /// those for all.
    pub fn of(&self, path: &Path) -> (Option<&Path>, &Scope) {
        let around = self.folders.iter().filter(|(folder, _)| path.starts_with(folder));
        let inner = around.max_by_key(|(folder, _)| folder.components().count());
        inner.map_or((None, &self.all), |(folder, scope)| (Some(folder), scope))
    }

    /// What is said of something everywhere.
    pub fn each<T>(&self, what: impl Fn(&Editor) -> T) -> Vec<T> {
        let scopes = std::iter::once(&*self.all).chain(self.folders.iter().map(|(_, scope)| scope));
        scopes.map(|scope| what(&scope.editor)).collect()
    }
}

impl Scope {
    /// All of a section that can be used, and what is wrong with the rest.
    fn read(section: &Value) -> (Self, Vec<String>) {
        let (config, mut mistakes) = read(section);
        let editor = read_editor(section, &mut mistakes);
        mistakes.extend(misspelled(section));
        (Self { config, editor }, mistakes)
    }
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
    fn a_folder_may_have_its_own() {
        let folder = |name: &str, section: Value| (PathBuf::from(name), section);
        let all = json!({"style": "reuters", "inlayHints": "yes"});
        let wire = json!({"style": "bbc", "inlayHints": "yes", "typingDelay": 5});
        let own = [folder("/news", json!({"style": "afp"})), folder("/news/wire", wire)];
        let (scopes, mistakes) = Scopes::read(&Scopes::default(), Some(&all), &own);
        assert_eq!(mistakes.len(), 1, "what is said of all folders is wrong once: {mistakes:?}");
        let style = |path: &str| scopes.of(Path::new(path)).1.config.base.style.as_ref().map(|style| style.id.clone());
        assert_eq!(style("/news/wire/a.txt").as_deref(), Some("bbc"));
        assert_eq!(style("/news/wires.txt").as_deref(), Some("afp"));
        assert_eq!(style("/sport/a.txt").as_deref(), Some("reuters"));
        assert_eq!(scopes.each(|editor| editor.typing_delay), [0, 0, 5]);
        let (scopes, _) = Scopes::read(&scopes, None, &[]);
        assert_eq!(scopes.all.config.base.style.as_ref().map(|style| &*style.id), Some("reuters"), "it stays");
        assert_eq!(scopes.each(|editor| editor.typing_delay), [0]);
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
