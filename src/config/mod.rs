//! `copydesk.toml`: what a house sets for its drafts.
//!
//! [`read`] takes its text and gives what can be used of it, and its mistakes as diagnostics in it; [`roster`] does so
//! with a list of people that it names, [`baseline`] with what its drafts were found with and may keep. One may extend
//! others: [`Config::over`] lays it over them. Finding the files is for `discover`, outside the core.

#[cfg(feature = "server")]
pub mod add;
mod baseline;
#[cfg(any(feature = "cli", feature = "server"))]
pub mod discover;
mod keys;
mod read;
mod reader;
#[cfg(any(feature = "cli", feature = "server"))]
pub mod renewal;
mod roster;
#[cfg(any(feature = "cli", feature = "server"))]
pub mod rule_files;
#[cfg(feature = "cli")]
pub mod schema;
mod sheet;
mod word_list;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::GlobSet;
use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::lexicon::{self, Offices};
use crate::nearest::nearest;
use crate::rules::{self, Words};
use crate::settings::Settings;
use crate::style::{Acronyms, Dateline, Entry, Levels, Roster, Style, Terms};
use crate::text::Span;

pub use baseline::{baseline, idle, is_on};
pub use read::read;
pub use roster::{Sheet, roster};
pub use word_list::word_list;

/// The file's name.
pub const FILE: &str = "copydesk.toml";

/// A first configuration, with every setting explained.
pub const EXAMPLE: &str = include_str!("../../rules/house/copydesk.toml");

/// A house's configuration.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// What counts for every draft.
    pub base: Layer,
    /// What counts for some; the last that fits wins.
    pub overrides: Vec<Override>,
    /// The configurations that this one is laid over.
    pub extends: Vec<Named>,
    /// The house's terms.
    pub terms: Arc<Terms>,
    /// The files of its word lists, whose terms are added.
    pub word_lists: Vec<Named>,
    /// Acronyms that the house treats otherwise than its style.
    pub acronyms: Acronyms,
    /// The house's wording of offices, by the office's id in the lexicon.
    pub offices: BTreeMap<String, String>,
    /// Offices of the house's own.
    pub own: Arc<Offices>,
    /// The files of the house's roster.
    pub rosters: Vec<Named>,
    /// The people that it lists itself, and the entries of its rosters once they have been read; of two that contradict
    /// each other, the first counts.
    pub people: Vec<Entry>,
    /// The roster of these people.
    pub roster: Arc<Roster>,
    /// The file of the house's baseline, where it is not the usual one.
    pub baseline_file: Option<PathBuf>,
    /// Vale's styles that the house uses.
    pub vale: Vec<ValeStyles>,
    /// The folders of the house's own rules.
    pub rules: Vec<Named>,
    /// The rules of both, once their files have been read.
    pub words: Arc<Words>,
    /// Names of what is not built in; the house may have it.
    pub doubtful: Vec<Doubtful>,
}

/// A file or a folder that a configuration names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Its path, relative to the configuration's folder.
    pub path: PathBuf,
    /// Where the configuration names it, in bytes.
    pub span: Span,
}

/// A name in a configuration that only other files can tell to be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    /// The name.
    pub name: String,
    /// What it is to be the name of.
    pub of: Doubt,
    /// Where the configuration has it, in bytes.
    pub span: Span,
}

/// What a doubtful name is to be the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A rule or a family of rules.
    Rule,
    /// An office.
    Office,
}

/// Vale's styles, as the configuration names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValeStyles {
    /// The folder with a folder for each style, relative to the configuration's.
    pub path: PathBuf,
    /// The styles.
    pub styles: Vec<String>,
    /// The vocabularies in `config/vocabularies` of that folder.
    pub vocabularies: Vec<String>,
    /// Whether every alert is told, and not only those that Vale tells.
    pub every: bool,
    /// Where the configuration says so, in bytes.
    pub span: Span,
}

/// Settings that can be laid over others.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// The house style.
    pub style: Option<Style>,
    /// How the house writes its datelines, if not as its style does. Regions stay as in the style.
    pub dateline: Option<Dateline>,
    /// The publication date.
    pub date: Option<Date>,
    /// Most characters of a headline, if not as in its style; 0 where there is no limit.
    pub headline_length: Option<u16>,
    /// Levels of rules and families.
    pub levels: Levels,
}

/// Settings of the drafts in some places.
#[derive(Clone, Debug)]
pub struct Override {
    /// The files; all, where none are named.
    pub paths: Option<Paths>,
    /// What is set for them.
    pub layer: Layer,
}

/// Files, by patterns of their paths.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// The folder from which the patterns go.
    pub folder: PathBuf,
    /// Those that are meant.
    pub these: GlobSet,
    /// And those that are not.
    pub but: GlobSet,
}

impl Paths {
    fn hold(&self, path: &Path) -> bool {
        // What is not in the folder is matched by its whole path.
        let path = path.strip_prefix(&self.folder).unwrap_or(path);
        self.these.is_match(path) && !self.but.is_match(path)
    }
}

impl Config {
    /// The settings of the draft at `path`.
    pub fn settings_for(&self, path: &Path) -> Settings {
        let mut settings = Settings::default();
        let fits = |over: &&Override| over.paths.as_ref().is_none_or(|paths| paths.hold(path));
        let fitting = self.overrides.iter().filter(fits).map(|over| &over.layer);
        for layer in std::iter::once(&self.base).chain(fitting) {
            if let Some(style) = &layer.style {
                settings.style = style.clone();
            }
            if let Some(dateline) = &layer.dateline {
                let ap_regions = dateline.ap_regions || settings.style.dateline.ap_regions;
                settings.style.dateline = Dateline { ap_regions, ..dateline.clone() };
            }
            let headlines = &mut settings.style.headlines;
            headlines.longest = layer.headline_length.unwrap_or(headlines.longest);
            settings.date = layer.date.or(settings.date);
            for (name, level) in &layer.levels {
                // A family's level counts for rules that were named before it, too.
                settings.levels.retain(|known, _| rules::family(known) != name);
                settings.levels.insert(name.clone(), *level);
            }
        }
        self.add_words(&mut settings.style);
        settings.words.clone_from(&self.words);
        settings
    }

    /// This configuration laid over another, `below`: where both speak it is this one that counts, and lists add up.
    pub fn over(mut self, mut below: Self) -> Self {
        below.overrides.push(Override { paths: None, layer: std::mem::take(&mut self.base) });
        below.overrides.append(&mut self.overrides);
        below.offices.append(&mut self.offices);
        self.extends.append(&mut below.extends);
        self.rosters.append(&mut below.rosters);
        self.word_lists.append(&mut below.word_lists);
        self.people.append(&mut below.people);
        self.vale.append(&mut below.vale);
        self.rules.append(&mut below.rules);
        Self {
            base: below.base,
            overrides: below.overrides,
            offices: below.offices,
            terms: over(&self.terms, &below.terms, Terms::over),
            own: over(&self.own, &below.own, Offices::over),
            acronyms: self.acronyms.over(below.acronyms),
            baseline_file: self.baseline_file.or(below.baseline_file),
            ..self
        }
    }

    /// The same with its paths from `folder`, which is its own.
    pub fn seen_from(mut self, folder: &Path) -> Self {
        let named = [&mut self.extends, &mut self.rosters, &mut self.word_lists, &mut self.rules]
            .into_iter()
            .flatten()
            .map(|it| &mut it.path);
        let styles = self.vale.iter_mut().map(|it| &mut it.path);
        for path in named.chain(styles).chain(&mut self.baseline_file) {
            *path = direct(&folder.join(&*path));
        }
        for paths in self.overrides.iter_mut().filter_map(|over| over.paths.as_mut()) {
            paths.folder = folder.into();
        }
        self
    }

    /// Adds what is the house's own to a style: its terms, acronyms, offices and how it words them, its roster.
    pub fn add_words(&self, style: &mut Style) {
        style.terms.clone_from(&self.terms);
        self.acronyms.change(style);
        style.offices.extend(self.offices.clone());
        style.own.clone_from(&self.own);
        style.roster.clone_from(&self.roster);
    }
}

/// What is wrong with the doubtful names in a configuration's text, if these are all rules and offices of the house's own.
fn doubts(doubtful: &[Doubtful], text: &str, words: &Words, own: &Offices) -> Vec<Diagnostic> {
    let own_rules = || words.rules().iter().flat_map(|rule| [rule.name, rule.family()]);
    let rules = || rules::built_in().flat_map(|rule| [rule.name, rule.family()]).chain(own_rules());
    let offices = || lexicon::offices().iter().chain(own.list()).map(|office| office.id.as_str());
    let wrong = |Doubtful { name, of, span }: &Doubtful| match of {
        Doubt::Rule if rules().any(|known| known == name) => None,
        Doubt::Rule => {
            let among = "`copydesk rules` lists them all.";
            Some(reader::wrong(text, *span, name, "rule or family of rules", nearest(name, rules()), among))
        }
        Doubt::Office if offices().any(|known| known == name) => None,
        Doubt::Office => {
            let hint = nearest(name, offices()).map_or(String::new(), |near| format!(" Did you mean “{near}”?"));
            Some(reader::mistake(*span, format!("No office is called “{name}”.{hint}")))
        }
    };
    doubtful.iter().filter_map(wrong).collect()
}

/// A path from the root without detours: "desk/../wire" is "wire". What links lead to is not looked at.
fn direct(path: &Path) -> PathBuf {
    let mut direct = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(direct.pop()),
            part => direct.push(part),
        }
    }
    direct
}

/// One list laid over another; most houses have one of the two.
fn over<T: Default + PartialEq>(near: &Arc<T>, below: &Arc<T>, with: impl Fn(&T, &T) -> T) -> Arc<T> {
    if **below == T::default() {
        return Arc::clone(near);
    }
    if **near == T::default() {
        return Arc::clone(below);
    }
    Arc::new(with(near, below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    fn config(text: &str) -> Config {
        let (config, mistakes) = read(text);
        assert_eq!(mistakes, [], "{text}");
        config
    }

    #[test]
    fn the_last_override_that_fits_wins() {
        let config = config(
            "style = \"ap\"\ndate = 2025-12-11\n[levels]\n\"usage/term\" = \"error\"\n\
             [[overrides]]\npaths = [\"wire/**\"]\nstyle = \"reuters\"\n\
             [[overrides]]\npaths = [\"wire/afp/\", \"*.afp.txt\"]\nstyle = \"afp\"\nlevels = { usage = \"off\" }\n",
        );
        let term = crate::rules::find("usage/term").unwrap();
        for (path, style, level) in [
            ("draft.txt", "ap", Some(Severity::Error)),
            ("wire/draft.txt", "reuters", Some(Severity::Error)),
            ("wire/2025/draft.txt", "reuters", Some(Severity::Error)),
            ("wire/afp/2025/draft.txt", "afp", None),
            ("desk/a.afp.txt", "afp", None),
            ("b.afp.txt", "afp", None),
            ("hotwire/draft.txt", "ap", Some(Severity::Error)),
        ] {
            let settings = config.settings_for(Path::new(path));
            assert_eq!((settings.style.id.as_str(), settings.level(term)), (style, level), "{path}");
            assert_eq!(settings.date, Some(jiff::civil::date(2025, 12, 11)));
        }
    }

    #[test]
    fn an_override_may_leave_files_out() {
        let config = config(
            "[[overrides]]\npaths = [\"!*.md\"]\nstyle = \"bbc\"\n\
             [[overrides]]\npaths = [\"wire/\", \"!wire/afp/\", \"!*.draft.txt\"]\nstyle = \"reuters\"\n",
        );
        for (path, style) in [
            ("a.txt", "bbc"),
            ("a.md", "ap"),
            ("wire/a.md", "reuters"),
            ("wire/afp/a.md", "ap"),
            ("wire/afp/a.txt", "bbc"),
            ("wire/a.draft.txt", "bbc"),
        ] {
            assert_eq!(config.settings_for(Path::new(path)).style.id, style, "{path}");
        }
    }

    #[test]
    fn a_house_may_have_datelines_of_its_own() {
        let config = config(
            "style = \"ap\"\ndateline = \"OSLO, Dec. 10 (Gazette) - \"\n\
             [[overrides]]\npaths = [\"wire\"]\nstyle = \"reuters\"\n\
             [[overrides]]\npaths = [\"upi\"]\ndateline = \"upi\"\n",
        );
        let dateline = |path| config.settings_for(Path::new(path)).style.dateline;
        let own = dateline("draft.txt");
        assert_eq!((own.agency.as_str(), own.dash.as_str(), own.date, own.ap_regions), ("Gazette", " - ", true, true));
        assert_eq!(dateline("wire").agency, "Reuters");
        assert_eq!((dateline("upi").agency.as_str(), dateline("upi").ap_regions), ("UPI", true));
    }

    #[test]
    fn a_family_in_an_override_counts_for_its_rules() {
        let text = "[levels]\nusage = \"error\"\n\"usage/term\" = \"warning\"\n\
            [[overrides]]\npaths = [\"loud\"]\nlevels = { usage = \"suggestion\", \"usage/term\" = \"error\" }\n\
            [[overrides]]\npaths = [\"soft\"]\nlevels = { usage = \"suggestion\" }\n";
        let config = config(text);
        let term = crate::rules::find("usage/term").unwrap();
        let level = |path| config.settings_for(Path::new(path)).level(term);
        assert_eq!(level("draft"), Some(Severity::Warning));
        assert_eq!(level("loud"), Some(Severity::Error));
        assert_eq!(level("soft"), Some(Severity::Suggestion));
    }

    #[test]
    fn terms_and_offices_are_added_to_the_style() {
        let config = config("[terms]\n\"e-mail\" = \"email\"\n[titles]\nus-defense = \"War Secretary\"\n");
        let settings = config.settings_for(Path::new("draft"));
        assert_eq!(settings.style.offices["us-defense"], "War Secretary");
        assert_eq!(settings.style.terms, config.terms);
        assert_ne!(settings.style.terms, Arc::default());
    }

    #[test]
    fn the_nearer_configuration_counts_and_lists_add_up() {
        let near = config(
            "style = \"bbc\"\n[titles]\nus-nsa = \"Adviser\"\n[terms]\na = \"b\"\n\
             [acronyms]\nknown = [\"NATO\"]\n\
             [[offices]]\nid = \"pilot\"\nwordings = [\"Harbor Pilot\"]\n\
             [[people]]\nname = \"Ann Roe\"\n",
        );
        let far = "style = \"afp\"\ndate = 2025-12-11\nroster = \"people.csv\"\n[levels]\nusage = \"off\"\n\
            [acronyms]\nknown = [\"HPW\"]\nexplain = [\"NATO\", \"RAF\"]\n[titles]\nus-nsa = \"Aide\"\nus-defense = \"War Secretary\"\n[terms]\na = \"c\"\nd = \"e\"\n\
            [[offices]]\nid = \"pilot\"\nwordings = [\"Pilot\"]\n[[offices]]\nid = \"cook\"\nwordings = [\"Cook\"]\n\
            [[people]]\nname = \"Bo Varga\"\n\
            [[overrides]]\npaths = [\"wire/**\"]\nstyle = \"reuters\"\nlevels = { names = \"off\" }\n";
        let both = near.seen_from(Path::new("/news/desk")).over(config(far).seen_from(Path::new("/news")));
        assert_eq!(both.rosters[0].path, Path::new("/news/people.csv"));
        let settings = both.settings_for(Path::new("/news/wire/a.txt"));
        assert_eq!((settings.style.id.as_str(), settings.date.is_some()), ("bbc", true));
        assert_eq!(settings.levels.keys().collect::<Vec<_>>(), ["names", "usage"]);
        assert_eq!(settings.style.offices["us-nsa"], "Adviser");
        assert_eq!(settings.style.offices["us-defense"], "War Secretary");
        assert_eq!(both.people.iter().map(|entry| &*entry.name).collect::<Vec<_>>(), ["Ann Roe", "Bo Varga"]);
        let acronyms = (&settings.style.acronyms, &settings.style.explained);
        assert!(acronyms.0.contains("NATO") && acronyms.0.contains("HPW") && acronyms.0.contains("NHS"));
        assert_eq!(acronyms.1.iter().collect::<Vec<_>>(), ["RAF"]);
        assert!(!acronyms.0.contains("RAF"));
        let wordings: Vec<&str> = both.own.list().iter().map(|office| office.wordings[0][0].as_str()).collect();
        assert_eq!(wordings, ["Harbor Pilot", "Cook"]);
        let elsewhere = both.settings_for(Path::new("/news/desk/wire/a.txt"));
        assert_eq!(elsewhere.levels.keys().collect::<Vec<_>>(), ["usage"]);
    }

    #[test]
    fn the_example_has_no_mistakes_even_with_everything_on() {
        assert_eq!(config(EXAMPLE).base.style, Some(Style::default()));
        let is_setting = |line: &str| line.contains(" = ") || line.contains("[[");
        let on: Vec<&str> = EXAMPLE
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line))
            .collect();
        let config = config(&on.join("\n"));
        assert_eq!(config.overrides.len(), 1);
        assert_ne!(config.terms, Arc::default());
        assert!(!config.offices.is_empty() && !config.base.levels.is_empty() && config.base.date.is_some());
        assert!(!config.rosters.is_empty() && !config.word_lists.is_empty() && !config.own.is_empty());
        assert!(!config.people.is_empty() && !config.acronyms.known.is_empty());
    }

    #[test]
    fn the_examples_of_tables_have_no_mistakes() {
        let (people, mistakes) = roster(include_str!("../../rules/house/people.csv"), Sheet::Csv);
        assert_eq!(mistakes, []);
        assert!(Roster::new(people).named("Dana", "Aldous").is_some());
        assert_eq!(word_list(include_str!("../../rules/house/terms.csv")).1, []);
    }

    #[test]
    fn no_configuration_is_the_default() {
        assert_eq!(config("").settings_for(Path::new("draft")), Settings::default());
    }
}
