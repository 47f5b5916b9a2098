//! Finding the `copydesk.toml` that counts for a draft: the one in its folder or in the nearest folder above.

#![allow(clippy::disallowed_methods)] // Files are what this is about.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use super::read::mistake;
use super::{Config, FILE, RosterFile, Sheet, read, rule_files};
use crate::baseline::{self, Baseline};
use crate::diagnostic::Diagnostic;
use crate::settings::Settings;
use crate::text::Span;

/// A file that a house configures Copydesk with, read.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Its mistakes, at places of its text.
    pub mistakes: Vec<Diagnostic>,
}

/// A configuration file, the roster that it names and the baseline, read.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The configuration file.
    pub file: Arc<Source>,
    /// The roster, if one is named and can be read.
    pub roster: Option<Arc<Source>>,
    /// The baseline beside it.
    pub baseline: Arc<BaselineFile>,
    /// Rule files with mistakes in them.
    pub rules: Vec<Arc<Source>>,
    /// What they say.
    pub config: Config,
}

/// The file of a baseline, read. There may be none yet: it is empty then.
#[derive(Clone, Debug, Default)]
pub struct BaselineFile {
    /// The file.
    pub source: Arc<Source>,
    /// What stands in the drafts.
    pub baseline: Baseline,
}

impl BaselineFile {
    /// Reads the baseline at `path`. That it can't be read is a mistake in it.
    pub fn read(path: &Path) -> Self {
        let path = direct(path);
        match fs::read_to_string(&path) {
            Ok(text) => Self::of(path, text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::of(path, String::new()),
            Err(error) => {
                let mistakes = vec![mistake(Span::default(), format!("The baseline is not read: {}", explain(&error)))];
                let source = Arc::new(Source { path, text: String::new(), mistakes });
                Self { source, baseline: Baseline::default() }
            }
        }
    }

    /// The baseline at `path` if `text` is its text.
    pub fn of(path: PathBuf, text: String) -> Self {
        let (baseline, mistakes) = super::baseline(&text);
        Self { source: Arc::new(Source { path, text, mistakes }), baseline }
    }

    /// What it calls the draft at `path`: the way there from its folder.
    pub fn name_of(&self, path: &Path) -> String {
        let path = direct(path);
        let folder = direct(self.source.path.parent().unwrap_or(Path::new("")));
        let common = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
        let up = folder.components().skip(common).map(|_| "..".into());
        let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy());
        up.chain(down).collect::<Vec<_>>().join("/")
    }

    /// Where the draft is that it calls `name`.
    pub fn path_of(&self, name: &str) -> PathBuf {
        direct(&self.source.path.with_file_name(name))
    }
}

/// The path from the root, without detours: "desk/../wire" is "wire". What links lead to is not looked at.
fn direct(path: &Path) -> PathBuf {
    let mut direct = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.into()).components() {
        match part {
            Component::ParentDir => drop(direct.pop()),
            part => direct.push(part),
        }
    }
    direct
}

impl Found {
    /// Reads the configuration at `path`.
    ///
    /// # Errors
    ///
    /// The file can't be read or is not UTF-8.
    pub fn read(path: &Path) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        let text = fs::read_to_string(&path)?;
        Ok(Self::of(path, text))
    }

    /// The configuration at `path` as it would be if `text` were its text.
    pub fn of(path: PathBuf, text: String) -> Self {
        let (mut config, mut mistakes, roster) = read_with_roster(&path, &text);
        let rules = rule_files::read(path.parent().unwrap_or(&path), &mut config, &mut mistakes, None);
        let roster = roster.map(|(file, text)| {
            let (people, mistakes) = super::roster(&text, file.sheet);
            config.roster = people.into();
            Arc::new(Source { path: path.with_file_name(file.path), text, mistakes })
        });
        let name = config.baseline_file.as_deref().unwrap_or(baseline::FILE);
        let baseline = Arc::new(BaselineFile::read(&path.with_file_name(name)));
        Self { file: Arc::new(Source { path, text, mistakes }), roster, baseline, rules, config }
    }

    /// Whether the file at `path` is the roster that the configuration names, and how it is written then.
    pub fn roster_at(&self, path: &Path) -> Option<Sheet> {
        let file = self.config.roster_file.as_ref()?;
        same(&self.file.path.with_file_name(&file.path), path).then_some(file.sheet)
    }

    /// Whether the file at `path` is its baseline.
    pub fn is_baseline(&self, path: &Path) -> bool {
        path.file_name() == self.baseline.source.path.file_name() && same(&self.baseline.source.path, path)
    }

    /// Whether the file at `path` is in a folder of rules that the configuration names.
    pub fn is_rule(&self, path: &Path) -> bool {
        let is_rule = path.extension().is_some_and(|ending| ending == "yml" || ending == "yaml");
        let own = self.config.rules.iter().map(|own| PathBuf::from(&own.path));
        let styles =
            self.config.vale.iter().flat_map(|vale| vale.styles.iter().map(|style| Path::new(&vale.path).join(style)));
        is_rule
            && own.chain(styles).any(|folder| {
                let folder = self.file.path.with_file_name("").join(folder);
                path.ancestors().skip(1).any(|above| above.file_name() == folder.file_name() && same(&folder, above))
            })
    }

    /// The mistakes of the rule file at `path` if `text` were its text. Reads the other rules, too: no two have one name.
    pub fn rule_mistakes(&self, path: &Path, text: &str) -> Vec<Diagnostic> {
        let folder = self.file.path.parent().unwrap_or(&self.file.path);
        let sources = rule_files::read(folder, &mut self.config.clone(), &mut Vec::new(), Some((path, text)));
        let own = sources.iter().find(|source| same(&source.path, path));
        own.map(|source| source.mistakes.clone()).unwrap_or_default()
    }

    /// The files that were read.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        std::iter::once(&self.file).chain(&self.roster).chain([&self.baseline.source]).chain(&self.rules)
    }

    /// The settings of the draft at `path`.
    pub fn settings_for(&self, path: &Path) -> Settings {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        let folder = self.file.path.parent().unwrap_or(&self.file.path);
        // What is not in the folder is matched by its whole path.
        self.config.settings_for(path.strip_prefix(folder).unwrap_or(&path))
    }
}

/// Whether two paths are of one file: "desk/../people.csv".
pub(super) fn same(named: &Path, path: &Path) -> bool {
    named == path || fs::canonicalize(named).is_ok_and(|named| fs::canonicalize(path).is_ok_and(|path| path == named))
}

/// The mistakes of the configuration at `path` if `text` were its text. The roster's own are told in the roster.
pub fn mistakes(path: &Path, text: &str) -> Vec<Diagnostic> {
    let (mut config, mut mistakes, _) = read_with_roster(path, text);
    rule_files::read(path.parent().unwrap_or(path), &mut config, &mut mistakes, None);
    mistakes
}

/// Reads a configuration's text, and that of the roster which it names. That there is no such file is a mistake of the
/// configuration.
fn read_with_roster(path: &Path, text: &str) -> (Config, Vec<Diagnostic>, Option<(RosterFile, String)>) {
    let (config, mut mistakes) = read(text);
    let Some(file) = config.roster_file.clone() else { return (config, mistakes, None) };
    match fs::read_to_string(path.with_file_name(&file.path)) {
        Ok(text) => (config, mistakes, Some((file, text))),
        Err(error) => {
            mistakes.push(mistake(file.span, format!("“{}” is not read: {}", file.path, explain(&error))));
            mistakes.sort_by_key(|mistake| mistake.span);
            (config, mistakes, None)
        }
    }
}

/// Finds configurations, and reads each of them once.
#[derive(Debug, Default)]
pub struct Finder {
    folders: HashMap<PathBuf, Option<Result<Arc<Found>, Unreadable>>>,
}

/// A configuration file that is there and can't be read.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct Unreadable {
    /// Where it is.
    pub path: PathBuf,
    /// Why it can't be read.
    pub reason: String,
}

impl Finder {
    /// The configuration that counts for the draft at `path`, or for a draft in the folder `path`; `None` if there is
    /// none.
    ///
    /// # Errors
    ///
    /// There is one, and it can't be read.
    pub fn find(&mut self, path: &Path) -> Result<Option<Arc<Found>>, Unreadable> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        let mut passed = Vec::new();
        let mut found = None;
        for folder in path.ancestors() {
            if let Some(known) = self.folders.get(folder) {
                found.clone_from(known);
                break;
            }
            passed.push(folder);
            found = read_in(folder);
            if found.is_some() {
                break;
            }
        }
        for folder in passed {
            self.folders.insert(folder.into(), found.clone());
        }
        found.transpose()
    }
}

/// The configuration in `folder`, if it has one.
fn read_in(folder: &Path) -> Option<Result<Arc<Found>, Unreadable>> {
    let path = folder.join(FILE);
    match Found::read(&path) {
        Ok(found) => Some(Ok(Arc::new(found))),
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_symlink() => {
            let reason = "this link leads to a file that is not there. Remove the link or mend it.".into();
            Some(Err(Unreadable { path, reason }))
        }
        // `folder` may itself be a file.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => None,
        Err(error) => Some(Err(Unreadable { path, reason: explain(&error) })),
    }
}

/// Why a configuration can't be read, and what to do.
pub fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file. Check the spelling and the folder.".into(),
        io::ErrorKind::PermissionDenied => "you may not read this. Ask its owner for permission.".into(),
        io::ErrorKind::IsADirectory => {
            format!(
                "this is a folder, and a configuration is a file. Name one, or give the folder another name than {FILE}."
            )
        }
        io::ErrorKind::InvalidData => "this is not in UTF-8. Save it again as UTF-8 in your editor.".into(),
        _ => format!("can't be read: {error}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new folder for a test's files.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("copydesk-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn style(finder: &mut Finder, path: &Path) -> Option<String> {
        let found = finder.find(path).unwrap()?;
        Some(found.settings_for(path).style.id)
    }

    #[test]
    fn the_nearest_one_counts() {
        let root = folder("nearest");
        fs::create_dir_all(root.join("wire/world")).unwrap();
        fs::create_dir_all(root.join("desk")).unwrap();
        fs::write(root.join(FILE), "style = \"bbc\"\n[[overrides]]\npaths = [\"desk/*.md\"]\nstyle = \"afp\"\n")
            .unwrap();
        fs::write(root.join("wire").join(FILE), "style = \"reuters\"\n").unwrap();
        fs::write(root.join("wire/world/a.txt"), "").unwrap();
        let mut finder = Finder::default();
        for (path, expected) in [
            ("a.txt", "bbc"),
            ("desk/a.txt", "bbc"),
            ("desk/a.md", "afp"),
            ("wire/a.txt", "reuters"),
            ("wire/world/a.txt", "reuters"),
            ("wire/world/not/there.txt", "reuters"),
        ] {
            assert_eq!(style(&mut finder, &root.join(path)).as_deref(), Some(expected), "{path}");
        }
        // It was read once and is kept.
        fs::remove_file(root.join(FILE)).unwrap();
        assert_eq!(style(&mut finder, &root.join("desk/b.txt")).as_deref(), Some("bbc"));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_roster_is_read_with_it() {
        let root = folder("roster");
        let path = root.join(FILE);
        let read = |text: &str| Found::of(path.clone(), text.into());
        let found = read("roster = \"people.csv\"\n");
        assert!(found.file.mistakes[0].message.contains("there is no such file"), "{:?}", found.file.mistakes);
        assert!(found.roster.is_none() && found.config.roster.is_empty());
        fs::write(root.join("people.csv"), "name,titel\nAnn Roe,Mayor\n").unwrap();
        let found = read("roster = \"people.csv\"\n");
        assert_eq!(found.file.mistakes, []);
        assert_eq!(found.sources().map(|source| source.mistakes.len()).collect::<Vec<_>>(), [0, 1, 0]);
        assert!(found.settings_for(&root.join("a.txt")).style.roster.named("Ann", "Roe").is_some());
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_baseline_is_beside_it_whatever_the_way_to_a_draft() {
        let root = folder("baseline");
        fs::create_dir_all(root.join("desk")).unwrap();
        let entry = "stet = [{ draft = \"wire/a.txt\", rule = \"usage/term\", words = \"b\" }]";
        let read = |text: &str| Found::of(root.join("desk").join(FILE), text.into());
        assert_eq!(read("").baseline.baseline.entries(), []);
        fs::write(root.join("old.toml"), entry).unwrap();
        let found = read("baseline = \"../old.toml\"");
        assert_eq!(found.baseline.baseline.entries().len(), 1);
        assert_eq!(found.baseline.source.path, root.join("old.toml"));
        assert!(found.is_baseline(&root.join("old.toml")) && !found.is_baseline(&root.join("desk/old.toml")));
        for (path, name) in
            [("wire/a.txt", "wire/a.txt"), ("desk/../wire/./a.txt", "wire/a.txt"), ("../a.txt", "../a.txt")]
        {
            assert_eq!(found.baseline.name_of(&root.join(path)), name);
            assert_eq!(found.baseline.path_of(name), direct(&root.join(path)));
        }
        assert_eq!(read("baseline = \"old.toml\"").baseline.source.mistakes, []);
        fs::create_dir_all(root.join("desk").join(baseline::FILE)).unwrap();
        assert_eq!(read("").baseline.source.mistakes.len(), 1);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn one_that_cannot_be_read_is_an_error() {
        let root = folder("unreadable");
        fs::write(root.join(FILE), b"style = \"\xff\"").unwrap();
        let error = Finder::default().find(&root.join("a.txt")).unwrap_err();
        assert_eq!(error.path, root.join(FILE));
        assert!(error.reason.contains("Save it again as UTF-8"), "{error}");
        fs::remove_dir_all(root).unwrap();
    }
}
