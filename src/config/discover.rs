//! Finding the `copydesk.toml` that counts for a draft: the one in its folder or in the nearest folder above.

#![allow(clippy::disallowed_methods)] // Files are what this is about.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use super::reader::{mistake, write};
use super::{Config, FILE, Named, Sheet, over, read, rule_files};
use crate::baseline::{self, Baseline};
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::settings::Settings;
use crate::style::{Roster, Style, Terms};
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

/// A configuration file, with those that it extends, the files that they name and the baseline, read.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The configuration file.
    pub file: Arc<Source>,
    /// The files that it extends.
    pub extended: Vec<Arc<Source>>,
    /// The rosters and word lists that are named and can be read.
    pub sheets: Vec<Arc<Source>>,
    /// The baseline beside it.
    pub baseline: Arc<BaselineFile>,
    /// Rule files with mistakes in them.
    pub rules: Vec<Arc<Source>>,
    /// What they say, with the paths of all files that they name.
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

/// The path from the root, without detours.
fn direct(path: &Path) -> PathBuf {
    super::direct(&std::path::absolute(path).unwrap_or_else(|_| path.into()))
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
        let found = Self::without_baseline(path, text);
        let beside = || found.file.path.with_file_name(baseline::FILE);
        let path = found.config.baseline_file.clone().unwrap_or_else(beside);
        Self { baseline: Arc::new(BaselineFile::read(&path)), ..found }
    }

    fn without_baseline(path: PathBuf, text: String) -> Self {
        let mut parts = Part::all(path, text);
        let sheets = read_sheets(&mut parts);
        let (words, rules) = rule_files::read(&mut parts, None);
        let doubtful: Vec<_> = parts.iter_mut().map(|part| std::mem::take(&mut part.config.doubtful)).collect();
        let each = parts.iter_mut().map(|part| std::mem::take(&mut part.config).seen_from(part.folder()));
        let mut config = each.reduce(|below, near| near.over(below)).unwrap_or_default();
        for (part, doubtful) in parts.iter_mut().zip(&doubtful) {
            part.mistakes.extend(super::doubts(doubtful, &part.text, &words, &config.own));
            part.mistakes.sort_by_key(|mistake| mistake.span);
        }
        config.roster = Roster::new(std::mem::take(&mut config.people)).into();
        config.words = words.into();
        let source = |Part { path, text, mistakes, .. }| Arc::new(Source { path, text, mistakes });
        let mut sources = parts.into_iter().rev().map(source);
        let file = sources.next().unwrap_or_default();
        Self { extended: sources.collect(), file, sheets, baseline: Arc::default(), rules, config }
    }

    /// Whether the file at `path` is a roster or a word list that the configuration names.
    pub fn is_sheet(&self, path: &Path) -> bool {
        let is = |named: &Named| same(&named.path, path);
        self.config.rosters.iter().chain(&self.config.word_lists).any(is)
    }

    /// The mistakes of the roster or word list at `path` if `text` were its text; `None` if it is none.
    pub fn sheet_mistakes(&self, path: &Path, text: &str) -> Option<Vec<Diagnostic>> {
        let sheet = Sheet::of_path(path).filter(|_| self.is_sheet(path))?;
        let is_word_list = self.config.word_lists.iter().any(|named| same(&named.path, path));
        Some(if is_word_list { super::word_list(text).1 } else { super::roster(text, sheet).1 })
    }

    /// Whether the configuration extends the file at `path`.
    pub fn extends(&self, path: &Path) -> bool {
        self.config.extends.iter().any(|named| same(&named.path, path))
    }

    /// Whether the file at `path` is its baseline.
    pub fn is_baseline(&self, path: &Path) -> bool {
        path.file_name() == self.baseline.source.path.file_name() && same(&self.baseline.source.path, path)
    }

    /// Whether the file at `path` is in a folder of rules that the configuration names.
    pub fn is_rule(&self, path: &Path) -> bool {
        let is_rule = path.extension().is_some_and(|ending| ending == "yml" || ending == "yaml");
        let styles = self.config.vale.iter().flat_map(|vale| vale.styles.iter().map(|style| vale.path.join(style)));
        let mut folders = self.config.rules.iter().map(|own| own.path.clone()).chain(styles);
        is_rule
            && folders.any(|folder| {
                path.ancestors().skip(1).any(|above| above.file_name() == folder.file_name() && same(&folder, above))
            })
    }

    /// The mistakes of the rule file at `path` if `text` were its text. Reads the other rules, too: no two have one name.
    pub fn rule_mistakes(&self, path: &Path, text: &str) -> Vec<Diagnostic> {
        let mut parts = Part::all(self.file.path.clone(), self.file.text.clone());
        let sources = rule_files::read(&mut parts, Some((path, text))).1;
        let own = sources.iter().find(|source| same(&source.path, path));
        own.map(|source| source.mistakes.clone()).unwrap_or_default()
    }

    /// The files that were read.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        let sheets = self.extended.iter().chain(&self.sheets);
        std::iter::once(&self.file).chain(sheets).chain([&self.baseline.source]).chain(&self.rules)
    }

    /// The settings of the draft at `path`.
    pub fn settings_for(&self, path: &Path) -> Settings {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        self.config.settings_for(&path)
    }
}

/// A configuration file, read by itself.
pub(super) struct Part {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// What it says.
    pub config: Config,
    /// Its mistakes.
    pub mistakes: Vec<Diagnostic>,
}

impl Part {
    /// The configuration at `path` whose text is `text`, after all that it extends: each file is laid over those before it.
    fn all(path: PathBuf, text: String) -> Vec<Self> {
        let mut chain = Chain::default();
        chain.add(path, text);
        chain.parts
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// What a file says that the configuration names, and the file.
    fn read_sheet<T>(
        &mut self,
        named: &Named,
        read: impl Fn(&str) -> (T, Vec<Diagnostic>),
    ) -> Option<(T, Arc<Source>)> {
        let path = direct(&self.folder().join(&named.path));
        match fs::read_to_string(&path) {
            Ok(text) => {
                let (made, mistakes) = read(&text);
                Some((made, Arc::new(Source { path, text, mistakes })))
            }
            Err(error) => {
                self.mistakes.push(unread(&self.text, named, &path, &error));
                None
            }
        }
    }
}

/// Reads a configuration and what it extends.
#[derive(Default)]
struct Chain {
    parts: Vec<Part>,
    /// Those that wait for what they extend.
    open: Vec<PathBuf>,
    /// Those that are read: a file that two others extend comes before both.
    done: HashSet<PathBuf>,
}

impl Chain {
    fn add(&mut self, path: PathBuf, text: String) {
        let (mut config, mut mistakes) = read(&text);
        self.open.push(real(&path));
        for named in &mut config.extends {
            let mut file = direct(&path.with_file_name("").join(&named.path));
            if file.is_dir() {
                file.push(FILE);
            }
            mistakes.extend(self.extend(&text, named, &file));
            named.path = file;
        }
        self.done.extend(self.open.pop());
        self.parts.push(Part { path, text, config, mistakes });
    }

    /// Reads the file that another one, whose text is `text`, extends; gives what is wrong with that.
    fn extend(&mut self, text: &str, named: &Named, file: &Path) -> Option<Diagnostic> {
        let written = named.path.display();
        let real = real(file);
        if self.open.contains(&real) {
            let message = if self.open.last() == Some(&real) {
                format!("“{written}” is this file itself. Name the one that it extends, or leave this out.")
            } else {
                format!("“{written}” extends this file in turn, so neither comes first. Leave one of the two out.")
            };
            return Some(mistake(named.span, message));
        }
        if self.done.contains(&real) {
            return None;
        }
        match fs::read_to_string(file) {
            Ok(below) => self.add(file.into(), below),
            Err(_) if named.path.to_str().and_then(Style::named).is_some() => {
                let message =
                    format!("“{written}” is no file but a house style, which is set so: style = \"{written}\".");
                return Some(mistake(named.span, message));
            }
            Err(_) if file.parent().is_some_and(Path::is_dir) && file.file_name() != named.path.file_name() => {
                let message = format!("“{written}” is a folder without a {FILE}. Name the file that is meant.");
                return Some(mistake(named.span, message));
            }
            Err(error) => return Some(unread(text, named, file, &error)),
        }
        None
    }
}

/// The path of the file itself, if there is one: all links followed.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| direct(path))
}

/// Whether two paths are of one file: "desk/../people.csv".
pub(super) fn same(named: &Path, path: &Path) -> bool {
    named == path
        || named.file_name() == path.file_name()
            && fs::canonicalize(named).is_ok_and(|named| fs::canonicalize(path).is_ok_and(|path| path == named))
}

/// The mistakes of the configuration at `path` if `text` were its text. Those of other files are told in them.
pub fn mistakes(path: &Path, text: &str) -> Vec<Diagnostic> {
    Found::without_baseline(path.into(), text.into()).file.mistakes.clone()
}

/// Reads the rosters and word lists that configurations name. That there is no such file is a mistake of the configuration.
fn read_sheets(parts: &mut [Part]) -> Vec<Arc<Source>> {
    let mut sources = Vec::new();
    for part in parts {
        for named in part.config.rosters.clone() {
            let sheet = Sheet::of_path(&named.path).unwrap_or(Sheet::Csv);
            if let Some((people, source)) = part.read_sheet(&named, |text| super::roster(text, sheet)) {
                part.config.people.extend(people);
                sources.push(source);
            }
        }
        for named in part.config.word_lists.clone() {
            if let Some((terms, source)) = part.read_sheet(&named, super::word_list) {
                // What stands in the configuration itself is nearer.
                part.config.terms = over(&part.config.terms, &terms.into(), Terms::over);
                sources.push(source);
            }
        }
    }
    sources
}

/// That a file which a configuration names can't be read, and what to do.
fn unread(text: &str, named: &Named, file: &Path, error: &io::Error) -> Diagnostic {
    let why = || mistake(named.span, format!("“{}” is not read: {}", named.path.display(), explain(error)));
    meant(text, named, file, error, "file").unwrap_or_else(why)
}

/// That what a configuration names is not there, if something beside it was most likely meant.
pub(super) fn meant(text: &str, named: &Named, path: &Path, error: &io::Error, what: &str) -> Option<Diagnostic> {
    let near = beside(path).filter(|_| error.kind() == io::ErrorKind::NotFound)?;
    let near = named.path.with_file_name(near);
    let near = near.to_string_lossy();
    let written = named.path.display();
    let message = format!("“{written}” is not read: there is no such {what}. Did you mean “{near}”?");
    Some(Diagnostic { fixes: vec![write(text, named.span, &near)], ..mistake(named.span, message) })
}

/// What is beside a file or a folder that is not there, has the same ending, and is called most like it.
fn beside(path: &Path) -> Option<String> {
    let stem = |name: &Path| Some(name.file_stem()?.to_str()?.to_owned());
    let names = fs::read_dir(path.parent()?).ok()?.filter_map(|entry| Some(PathBuf::from(entry.ok()?.file_name())));
    let mut stems: Vec<String> =
        names.filter(|name| name.extension() == path.extension()).filter_map(|name| stem(&name)).collect();
    stems.sort();
    let near = nearest(&stem(path)?, stems.iter().map(String::as_str))?;
    Some(match path.extension() {
        Some(ending) => format!("{near}.{}", ending.to_str()?),
        None => near.into(),
    })
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
        assert!(found.sheets.is_empty() && found.config.roster.is_empty());
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
