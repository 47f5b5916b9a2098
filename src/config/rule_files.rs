//! Reading rule files: Vale's styles, and the rules of a house's own.

#![allow(clippy::disallowed_methods)] // Files are what this is about.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use rustc_hash::FxHashMap;

use super::ValeStyles;
use super::discover::{Part, Source, explain, meant, same};
use super::reader::mistake;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{self, Words};
use crate::styles::{Company, Dialect, Mistake, Rule, Terms};
use crate::text::Span;

/// Folders in folders are read no deeper than this.
const DEEPEST: usize = 8;

/// Reads the rule files that configurations name, the nearest of which is the last. Gives the rules, and the files with
/// mistakes in them; adds the configurations' own mistakes to each. Of the file that is `typed`, it is that text which
/// counts.
pub(super) fn read(parts: &mut [Part], typed: Option<(&Path, &str)>) -> (Words, Vec<Arc<Source>>) {
    let mut reader = Reader { typed, ..Reader::default() };
    for (index, Part { path, text, config, mistakes }) in parts.iter_mut().enumerate().rev() {
        reader.part = index;
        let folder = path.parent().unwrap_or(path);
        for vale in &config.vale {
            reader.vale(folder, vale, mistakes);
        }
        for own in &config.rules {
            let path = folder.join(&own.path);
            match rule_files(&path, DEEPEST) {
                Ok(files) => {
                    files.iter().for_each(|file| reader.rule(&path, file, Dialect::Own, &Terms::default(), &path));
                }
                Err(error) => {
                    let meant = meant(text, own, &path, &error, "folder");
                    mistakes.push(meant.unwrap_or_else(|| unread(own.span, &own.path, &error)));
                }
            }
        }
    }
    (Words::of_house(reader.rules), reader.sources)
}

/// A file of a house's own rules, by itself.
#[derive(Debug)]
pub struct RuleFile {
    /// The file, and its mistakes.
    pub source: Source,
    /// The rule, if it can be used.
    pub rule: Option<Rule>,
}

/// Reads the rules of a house's own that are at `path`: a rule file, or a folder of them. Their names are those that they
/// have as rules of the folder `rules`.
///
/// # Errors
///
/// The folder can't be read.
pub fn own(rules: &Path, path: &Path) -> io::Result<Vec<RuleFile>> {
    let files = if path.is_file() { vec![path.into()] } else { rule_files(path, DEEPEST)? };
    let mut reader = Reader::default();
    Ok(files.iter().map(|file| reader.read(rules, file, Dialect::Own, &Terms::default(), rules)).collect())
}

/// That a folder which the configuration names can't be read.
fn unread(span: Span, path: &Path, error: &io::Error) -> Diagnostic {
    let why = if error.kind() == io::ErrorKind::NotFound {
        "there is no such folder. Check the spelling; it is looked for from the configuration's own folder.".into()
    } else {
        explain(error)
    };
    mistake(span, format!("“{}” is not read: {why}", path.display()))
}

#[derive(Default)]
struct Reader<'t> {
    rules: Vec<Rule>,
    /// The names of the rules read so far, each with the configuration that has it.
    names: FxHashMap<&'static str, usize>,
    /// The configuration whose rules are read, by its index.
    part: usize,
    sources: Vec<Arc<Source>>,
    typed: Option<(&'t Path, &'t str)>,
}

impl Reader<'_> {
    fn vale(&mut self, folder: &Path, vale: &ValeStyles, mistakes: &mut Vec<Diagnostic>) {
        let folder = folder.join(&vale.path);
        if let Err(error) = fs::read_dir(&folder) {
            mistakes.push(unread(vale.span, &vale.path, &error));
            return;
        }
        let (accepted, rejected) = vocabulary(&folder, vale, mistakes);
        let terms = Terms(accepted);
        for style in &vale.styles {
            let path = folder.join(style);
            let first = self.rules.len();
            match rule_files(&path, DEEPEST) {
                Ok(files) => files.iter().for_each(|file| self.rule(&path, file, Dialect::Vale, &terms, &folder)),
                // Vale's own rules are in no folder.
                Err(error) if error.kind() == io::ErrorKind::NotFound && style == "Vale" => {
                    for (name, text) in vales_own(&terms.0, &rejected) {
                        let rule = Rule::parse(name, &text, Dialect::Vale, &Terms::default(), &|_| None).0;
                        self.rules.extend(rule.filter(|rule| self.names.insert(rule.name, self.part).is_none()));
                    }
                }
                Err(error) => mistakes.push(unread(vale.span, &vale.path.join(style), &error)),
            }
            if !vale.every {
                let company = Company::of(&self.rules[first..]);
                self.rules[first..].iter_mut().for_each(|rule| rule.as_vale = Some(company));
            }
        }
    }

    fn rule(&mut self, style: &Path, file: &Path, dialect: Dialect, terms: &Terms, lists: &Path) {
        let RuleFile { source, rule } = self.read(style, file, dialect, terms, lists);
        self.rules.extend(rule);
        if !source.mistakes.is_empty() {
            self.sources.push(Arc::new(source));
        }
    }

    /// Reads a rule file of a style that is in `style`; the word lists that it may name are in `lists`.
    fn read(&mut self, style: &Path, file: &Path, dialect: Dialect, terms: &Terms, lists: &Path) -> RuleFile {
        let severity = if dialect == Dialect::Vale { Severity::Warning } else { Severity::Error };
        let of_file = |text: String, mistakes: Vec<Mistake>| Source {
            path: file.into(),
            text,
            mistakes: mistakes.into_iter().map(|mistake| as_diagnostic(severity, mistake)).collect(),
        };
        let typed = self.typed.filter(|(path, _)| path.file_name() == file.file_name() && same(file, path));
        let text = match typed.map_or_else(|| fs::read_to_string(file), |(_, text)| Ok(text.into())) {
            Ok(text) => text,
            Err(error) => {
                let mistakes = vec![Mistake { span: Span::default(), message: explain(&error) }];
                return RuleFile { source: of_file(String::new(), mistakes), rule: None };
            }
        };
        let name = name(style, file, dialect);
        let beside = |name: &str| {
            fs::read_to_string(lists.join(name)).or_else(|_| fs::read_to_string(file.with_file_name(name))).ok()
        };
        let (rule, mut mistakes) = Rule::parse(&name, &text, dialect, terms, &beside);
        let Some(rule) = rule else { return RuleFile { source: of_file(text, mistakes), rule } };
        let known = self.names.get(rule.name).copied();
        let twice = known == Some(self.part) || rules::find(rule.name).is_some();
        if twice {
            let message =
                format!("There is a rule {name} already, so this one is not used. Give its file another name.");
            mistakes.push(Mistake { span: Span::default(), message });
        }
        // A rule of a nearer configuration stands for one of the same name that is farther away.
        let counts = !twice && known.is_none();
        if counts {
            self.names.insert(rule.name, self.part);
        }
        RuleFile { source: of_file(text, mistakes), rule: counts.then_some(rule) }
    }
}

fn as_diagnostic(severity: Severity, Mistake { span, message }: Mistake) -> Diagnostic {
    Diagnostic { severity, ..mistake(span, message) }
}

/// The rule's name: `Google.AMPM` in Vale's styles, `family/rule` among a house's own. A file in no folder is of the
/// family `house`.
fn name(style: &Path, file: &Path, dialect: Dialect) -> String {
    let part = |path: Option<&std::ffi::OsStr>| path.unwrap_or_default().to_string_lossy().into_owned();
    let stem = part(file.file_name());
    let stem = stem.split('.').next().unwrap_or_default();
    let folder = file.parent().unwrap_or(style);
    match dialect {
        Dialect::Vale => format!("{}.{stem}", part(folder.file_name())),
        _ if folder == style => format!("house/{stem}"),
        _ => format!("{}/{stem}", part(folder.file_name())),
    }
}

/// The rule files in a folder and the folders in it, in the order of their names.
fn rule_files(folder: &Path, deepest: usize) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if deepest > 0 {
                files.extend(rule_files(&path, deepest - 1)?);
            }
        } else if path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The words that vocabularies accept and reject.
fn vocabulary(folder: &Path, vale: &ValeStyles, mistakes: &mut Vec<Diagnostic>) -> (Vec<String>, Vec<String>) {
    let mut words = (Vec::new(), Vec::new());
    for name in &vale.vocabularies {
        // The second is where Vale had them before its third version.
        let places = ["config/vocabularies", "Vocab"].map(|place| folder.join(place).join(name));
        let Some(place) = places.iter().find(|place| place.is_dir()) else {
            let error = io::ErrorKind::NotFound.into();
            mistakes.push(unread(vale.span, &vale.path.join("config/vocabularies").join(name), &error));
            continue;
        };
        for (file, words) in [("accept.txt", &mut words.0), ("reject.txt", &mut words.1)] {
            // A vocabulary may have one of the two.
            let text = fs::read_to_string(place.join(file)).unwrap_or_default();
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            words.extend(lines.map(String::from));
        }
    }
    words
}

/// The rules that Vale has built in, as files: the style `Vale`.
fn vales_own(accepted: &[String], rejected: &[String]) -> Vec<(&'static str, String)> {
    let quoted = |words: &str| format!("'{}'", words.replace('\'', "''"));
    let phrase = |term: &&String| term.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    let swap: Vec<String> = accepted
        .iter()
        .filter(phrase)
        .map(|term| format!("  {}: {}", quoted(&term.to_lowercase()), quoted(term)))
        .collect();
    let tokens: Vec<String> = rejected.iter().map(|term| format!("  - {}", quoted(term))).collect();
    let repetition = "extends: repetition\nmessage: \"'%s' is repeated!\"\nlevel: error\nalpha: true\n\
        action:\n  name: edit\n  params: [truncate, ' ']\ntokens: ['[^\\s]+']\n";
    let mut rules = vec![("Vale.Repetition", repetition.to_string())];
    if !swap.is_empty() {
        let head =
            "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nlevel: error\nignorecase: true\nswap:\n";
        rules.push(("Vale.Terms", format!("{head}{}\n", swap.join("\n"))));
    }
    if !tokens.is_empty() {
        let head = "extends: existence\nmessage: \"Avoid using '%s'.\"\nlevel: error\ntokens:\n";
        rules.push(("Vale.Avoid", format!("{head}{}\n", tokens.join("\n"))));
    }
    rules
}
