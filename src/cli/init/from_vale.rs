use std::fmt::Write as _;

use super::ini::{self, Entry, Section};
use crate::diagnostic::Severity;
use crate::nearest::nearest;
use crate::styles::family;

/// What a `.vale.ini` says.
#[derive(Debug)]
pub(super) struct Vale {
    /// The folder of the styles.
    pub path: String,
    vocabularies: Vec<String>,
    /// The level below which nothing is told, and where that is said.
    least: Option<(Severity, Entry)>,
    /// What is said of all files.
    everywhere: Part,
    /// What is said of some, in order: the last that fits wins.
    parts: Vec<Part>,
    /// What has no counterpart, each with the reason.
    left: Vec<(Entry, String)>,
}

/// What is said of some files.
#[derive(Debug, Default)]
struct Part {
    /// Which files, as `copydesk.toml` names them.
    paths: String,
    /// The styles, and no others; `None` where none are named.
    styles: Option<Vec<String>>,
    rules: Vec<(Said, Entry)>,
}

/// What is said of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Off,
    On,
    At(Severity),
}

/// Settings without a counterpart, each with what to say of it.
const LEFT: [(&[&str], &str); 7] = [
    (&["Packages"], "Copydesk downloads nothing. `vale sync` puts these into the folder of styles."),
    (
        &["BlockIgnores", "TokenIgnores", "IgnorePatterns"],
        "Copydesk leaves code, tags and front matter alone; what else to leave alone can't be said by patterns. A comment silences rules in one place.",
    ),
    (
        &["IgnoredScopes", "SkippedScopes", "IgnoredClasses"],
        "What is read of a file can't be set. Copydesk leaves code, tables and tags alone; a rule's “scope” says more.",
    ),
    (&["Transform", "CommentDelimiters", "View"], "Copydesk reads plain text and Markdown only."),
    (&["Lang"], "Copydesk reads English only."),
    (&["NLPEndpoint"], "Copydesk asks no service, and reads no parts of speech."),
    (&["WordTemplate"], "A rule's patterns are whole words, or with “nonword: true” any."),
];

impl Vale {
    /// Reads the text of a `.vale.ini`.
    pub(super) fn read(text: &str) -> Self {
        let mut vale = Self {
            path: "styles".into(),
            vocabularies: Vec::new(),
            least: None,
            everywhere: Part::default(),
            parts: Vec::new(),
            left: Vec::new(),
        };
        for section in ini::read(text) {
            match section.name.as_str() {
                "" | "DEFAULT" => section.entries.into_iter().for_each(|entry| vale.top(entry)),
                "formats" | "asciidoctor" => {
                    let why = "In a folder Copydesk reads .txt, .text, .md and .markdown. A file that is named is read whatever it is called, as plain text.";
                    vale.left.extend(section.entries.into_iter().map(|entry| (entry, why.into())));
                }
                "*" => vale.everywhere = vale.part(section),
                name if name.starts_with('!') => {
                    let why = format!(
                        "[{name}]: what holds for all files but some is said in an override: paths = [{}].",
                        quoted(name)
                    );
                    vale.left.extend(section.entries.into_iter().map(|entry| (entry, why.clone())));
                }
                _ => {
                    let part = vale.part(section);
                    vale.parts.push(part);
                }
            }
        }
        vale
    }

    /// A setting before the first heading.
    fn top(&mut self, entry: Entry) {
        match entry.key.as_str() {
            "StylesPath" => self.path.clone_from(&entry.value),
            "Vocab" => add(&mut self.vocabularies, entry.list()),
            "MinAlertLevel" => match Severity::named(&entry.value) {
                Some(level) => self.least = Some((level, entry)),
                None => self.leave(entry),
            },
            _ => self.leave(entry),
        }
    }

    fn leave(&mut self, entry: Entry) {
        let known = LEFT.iter().find(|(keys, _)| keys.contains(&entry.key.as_str()));
        let why = known.map_or("Copydesk knows no such setting here.", |(_, why)| why);
        self.left.push((entry, why.into()));
    }

    fn part(&mut self, section: Section) -> Part {
        let mut part = Part { paths: paths(&section.name), ..Part::default() };
        for entry in section.entries {
            match entry.key.as_str() {
                "BasedOnStyles" => add(part.styles.get_or_insert_default(), entry.list()),
                rule if rule.contains('.') => {
                    let said = match entry.value.as_str() {
                        "YES" => Said::On,
                        "NO" => Said::Off,
                        level => {
                            let Some(level) = Severity::named(level) else {
                                let levels = ["YES", "NO", "suggestion", "warning", "error"];
                                let near = nearest(level, levels);
                                let hint = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
                                let why = format!("This is no level, and what is said of the rule is left out.{hint}");
                                self.left.push((entry, why));
                                continue;
                            };
                            Said::At(level)
                        }
                    };
                    if part.rules.iter().any(|(_, known)| known.key == entry.key) {
                        self.left.push((entry, "Vale takes the first that a section says of a rule.".into()));
                    } else {
                        part.rules.push((said, entry));
                    }
                }
                _ => self.leave(entry),
            }
        }
        part
    }

    /// All styles that are used somewhere, in the order in which they are named.
    fn styles(&self) -> Vec<String> {
        let parts = || std::iter::once(&self.everywhere).chain(&self.parts);
        let named = parts().flat_map(|part| part.styles.iter().flatten()).map(String::as_str);
        // A rule that is on brings its style along.
        let on = parts().flat_map(|part| &part.rules).filter(|(said, _)| *said != Said::Off);
        let mut styles = Vec::new();
        add(&mut styles, named.chain(on.map(|(_, entry)| family(&entry.key))));
        styles
    }

    /// The table that names the styles.
    pub(super) fn styles_table(&self) -> String {
        let mut table = format!("[vale]\npath = {}\nstyles = {}\n", quoted(&self.path), list(&self.styles()));
        if !self.vocabularies.is_empty() {
            let _ = writeln!(table, "vocabularies = {}", list(&self.vocabularies));
        }
        table
    }

    /// The same as a `copydesk.toml`, and how many settings have no counterpart there. `rules` are those that the styles
    /// have, each with its level; `name` is what the `.vale.ini` is called.
    pub(super) fn toml(mut self, name: &str, rules: &[(&str, Severity)]) -> (String, usize) {
        self.leave_unknown(rules);
        let (off, mut overrides) = self.unused();
        let (mut base, mut after): (Vec<Level>, Vec<Level>) =
            (off.iter().map(|style| (style.clone(), "off")).collect(), Vec::new());
        for (said, entry) in &self.everywhere.rules {
            let level = (entry.key.clone(), self.level(*said, &entry.key, rules));
            // An override that turns the style off would turn the rule off, too.
            let is_lost = overrides.iter().flat_map(|(_, levels)| levels).any(|(style, _)| style == family(&entry.key));
            if is_lost && level.1 != "off" { after.push(level) } else { base.push(level) }
        }
        overrides.extend((!after.is_empty()).then(|| (vec!["**".into()], after)));
        for part in self.parts.iter().filter(|part| !part.rules.is_empty()) {
            let level = |(said, entry): &(Said, Entry)| (entry.key.clone(), self.level(*said, &entry.key, rules));
            overrides.push((vec![part.paths.clone()], part.rules.iter().map(level).collect()));
        }
        let quiet = self.quiet(rules, &off);
        let lines = |levels: &[Level]| {
            levels.iter().map(|(name, level)| format!("{} = \"{level}\"\n", key(name))).collect::<String>()
        };
        let mut toml = format!("# What {name} says, for Copydesk.\n\n{STYLE}\n{}", self.styles_table());
        if self.styles().iter().any(|style| style == "Vale") {
            toml += "# Of the rules of Vale's own, Vale.Spelling is not there: Copydesk does not check spelling.\n";
        }
        if !base.is_empty() || !quiet.is_empty() {
            let _ = write!(toml, "\n[levels]\n{}", lines(&base));
        }
        if let Some((_, entry)) = self.least.as_ref().filter(|_| !quiet.is_empty()) {
            let _ = write!(toml, "# {}: rules of a lower level are off.\n{}", entry.written, lines(&quiet));
        }
        for (paths, levels) in overrides {
            let levels: Vec<String> =
                levels.iter().map(|(name, level)| format!("{} = \"{level}\"", key(name))).collect();
            let _ = write!(toml, "\n[[overrides]]\npaths = {}\nlevels = {{ {} }}\n", list(&paths), levels.join(", "));
        }
        self.left.sort_by_key(|(entry, _)| entry.line);
        if !self.left.is_empty() {
            let _ = write!(toml, "\n# What {name} says besides, and has no counterpart here:\n");
        }
        for (entry, why) in &self.left {
            let _ = write!(toml, "#\n# line {}: {}\n#     {why}\n", entry.line, entry.written);
        }
        (toml, self.left.len())
    }

    /// Sets aside what is said of rules that are not there, and what says nothing.
    fn leave_unknown(&mut self, rules: &[(&str, Severity)]) {
        let styles = self.styles();
        let everywhere = std::mem::take(&mut self.everywhere.rules);
        let base = self.everywhere.styles.clone().unwrap_or_default();
        let off: Vec<String> =
            everywhere.iter().filter(|(said, _)| *said == Said::Off).map(|(_, entry)| entry.key.clone()).collect();
        let mut known = |said_of: Vec<(Said, Entry)>, on: &[String], off: &[String]| {
            let mut kept = Vec::new();
            for (said, entry) in said_of {
                let style = family(&entry.key);
                let is_there = rules.iter().any(|(rule, _)| family(rule) == style);
                let is_known = rules.iter().any(|(rule, _)| *rule == entry.key);
                let why = if !styles.iter().any(|known| known == style) {
                    format!("No section uses the style {style}, so this says nothing.")
                } else if is_there && !is_known {
                    format!("{style} has no such rule, or none that Copydesk can run.")
                } else if said == Said::On && on.iter().any(|known| known == style) && !off.contains(&entry.key) {
                    // It is on as it is.
                    continue;
                } else if said == Said::On && !is_known {
                    format!("The level of {} is not known, for {style} is not there. Write it down.", entry.key)
                } else {
                    kept.push((said, entry));
                    continue;
                };
                self.left.push((entry, why));
            }
            kept
        };
        for part in &mut self.parts {
            part.rules = known(std::mem::take(&mut part.rules), part.styles.as_deref().unwrap_or(&base), &off);
        }
        self.everywhere.rules = known(everywhere, &base, &[]);
    }

    /// Where styles are not used: those that are used nowhere as a whole, and by files, the others.
    fn unused(&self) -> (Vec<String>, Vec<Override>) {
        let (mut off, mut overrides) = (Vec::new(), Vec::<Override>::new());
        for style in self.styles() {
            let names = |part: &Part| part.styles.as_ref().map(|styles| styles.contains(&style));
            let not = |part: &Part| format!("!{}", part.paths);
            let mut add = |paths: Vec<String>| match overrides.iter_mut().find(|(known, _)| *known == paths) {
                Some((_, levels)) => levels.push((style.clone(), "off")),
                None => overrides.push((paths, vec![(style.clone(), "off")])),
            };
            let base = names(&self.everywhere) == Some(true);
            let users = || self.parts.iter().filter(|part| names(part) == Some(true));
            if !base && users().next().is_some() {
                add(users().map(not).collect());
            } else if !base {
                off.push(style.clone());
            }
            for (index, part) in self.parts.iter().enumerate().filter(|(_, part)| names(part) == Some(false)) {
                let (before, after) = self.parts.split_at(index);
                if base || before.iter().any(|part| names(part) == Some(true)) {
                    let users = after.iter().filter(|part| names(part) == Some(true)).map(not);
                    add(std::iter::once(part.paths.clone()).chain(users).collect());
                }
            }
        }
        (off, overrides)
    }

    /// The level of a rule of which that is said.
    fn level(&self, said: Said, rule: &str, rules: &[(&str, Severity)]) -> &'static str {
        let own = || rules.iter().find(|(known, _)| *known == rule).map(|(_, level)| *level);
        let level = match said {
            Said::Off => None,
            Said::On => own(),
            Said::At(level) => Some(level),
        };
        level.filter(|level| !self.is_quiet(*level)).map_or("off", Severity::name)
    }

    fn is_quiet(&self, level: Severity) -> bool {
        self.least.as_ref().is_some_and(|(least, _)| level < *least)
    }

    /// The rules that are off because their level is too low, where nothing is said of them in all files and their style is
    /// not `off`.
    fn quiet(&mut self, rules: &[(&str, Severity)], off: &[String]) -> Vec<Level> {
        let Some((_, entry)) = self.least.clone().filter(|(least, _)| *least > Severity::Suggestion) else {
            return Vec::new();
        };
        let is_there = |style: &String| rules.iter().any(|(rule, _)| family(rule) == style);
        let missing: Vec<String> = self.styles().into_iter().filter(|style| !is_there(style)).collect();
        if !missing.is_empty() {
            let why = format!(
                "Rules of a lower level are to be turned off one by one, and {} not there to name them.",
                match missing.as_slice() {
                    [one] => format!("the style {one} is"),
                    more => format!("the styles {} are", more.join(", ")),
                }
            );
            self.left.push((entry, why));
        }
        let is_named = |rule: &str| self.everywhere.rules.iter().any(|(_, entry)| entry.key == rule);
        let low = rules.iter().filter(|(rule, level)| {
            self.is_quiet(*level) && !is_named(rule) && !off.iter().any(|style| style == family(rule))
        });
        low.map(|(rule, _)| ((*rule).to_string(), "off")).collect()
    }
}

/// A rule or style, and its level.
type Level = (String, &'static str);

/// Patterns of paths, and what is said of the files there.
type Override = (Vec<String>, Vec<Level>);

const STYLE: &str = "\
# Copydesk's own rules are off. \"ap\", \"reuters\", \"afp\", \"bbc\" or \"guardian\" turns them on, as that house has them.
style = \"none\"
";

/// The files of a section as `copydesk.toml` names them. In a section a star also stands for folders.
fn paths(section: &str) -> String {
    let in_braces =
        section.split('{').skip(1).any(|braces| braces.split('}').next().is_some_and(|inside| inside.contains('/')));
    if section.contains("**") || in_braces || !section.contains('/') {
        return section.into();
    }
    let parts: Vec<&str> = section.split('/').collect();
    let last = parts.len() - 1;
    let part = |(index, part): (usize, &&str)| match *part {
        "*" if index < last => "**".to_string(),
        part if index == last && part.starts_with('*') => format!("**/{part}"),
        part => part.into(),
    };
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join("/")
}

/// Adds names to a list that has each once.
fn add<'n>(list: &mut Vec<String>, names: impl Iterator<Item = &'n str>) {
    for name in names {
        if !list.iter().any(|known| known == name) {
            list.push(name.into());
        }
    }
}

fn list(words: &[String]) -> String {
    format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
}

fn quoted(word: &str) -> String {
    toml::Value::from(word).to_string()
}

/// A name before an equals sign.
fn key(name: &str) -> String {
    let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { name.into() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    const RULES: [(&str, Severity); 4] = [
        ("Gazette.We", Severity::Warning),
        ("Gazette.Latin", Severity::Suggestion),
        ("Wire.Odd", Severity::Error),
        ("Vale.Repetition", Severity::Error),
    ];

    fn toml(ini: &str) -> String {
        let (toml, left) = Vale::read(ini).toml(".vale.ini", &RULES);
        assert_eq!(toml.matches("# line ").count(), left, "{toml}");
        toml
    }

    /// Which of the rules are on in a file, and how loud they are: `-` for off.
    fn levels(ini: &str, path: &str) -> String {
        let (config, mistakes) = config::read(&toml(ini));
        assert_eq!(mistakes, [], "{}", toml(ini));
        let settings = config.settings_for(path.as_ref());
        let styles = &config.vale[0].styles;
        let level = |(rule, own): &(&str, Severity)| {
            let said = settings.levels.get(*rule).or_else(|| settings.levels.get(family(rule)));
            let level = said.map_or(Some(*own), |level| *level);
            let level = level.filter(|_| styles.iter().any(|style| style == family(rule)));
            level.map_or("-", |level| &level.name()[..1]).to_string()
        };
        RULES[..3].iter().map(level).collect()
    }

    #[test]
    fn all_that_can_be_said_is_said() {
        let ini = "StylesPath = styles\nMinAlertLevel = warning\nVocab = Desk, Names\nPackages = Gazette\n\n[formats]\nmdx = md\n\n\
            [*]\nBasedOnStyles = Vale, Gazette\nVale.Spelling = NO\nGazette.We = error\nTokenIgnores = (\\$+)\n\n\
            [*.md]\nGazette.We = NO\n\n[!*.txt]\nGazette.We = YES\n";
        let expected = "\
# What .vale.ini says, for Copydesk.

# Copydesk's own rules are off. \"ap\", \"reuters\", \"afp\", \"bbc\" or \"guardian\" turns them on, as that house has them.
style = \"none\"

[vale]
path = \"styles\"
styles = [\"Vale\", \"Gazette\"]
vocabularies = [\"Desk\", \"Names\"]
# Of the rules of Vale's own, Vale.Spelling is not there: Copydesk does not check spelling.

[levels]
\"Gazette.We\" = \"error\"
# MinAlertLevel = warning: rules of a lower level are off.
\"Gazette.Latin\" = \"off\"

[[overrides]]
paths = [\"*.md\"]
levels = { \"Gazette.We\" = \"off\" }

# What .vale.ini says besides, and has no counterpart here:
#
# line 4: Packages = Gazette
#     Copydesk downloads nothing. `vale sync` puts these into the folder of styles.
#
# line 7: mdx = md
#     In a folder Copydesk reads .txt, .text, .md and .markdown. A file that is named is read whatever it is called, as plain text.
#
# line 11: Vale.Spelling = NO
#     Vale has no such rule, or none that Copydesk can run.
#
# line 13: TokenIgnores = (\\$+)
#     Copydesk leaves code, tags and front matter alone; what else to leave alone can't be said by patterns. A comment silences rules in one place.
#
# line 19: Gazette.We = YES
#     [!*.txt]: what holds for all files but some is said in an override: paths = [\"!*.txt\"].
";
        assert_eq!(toml(ini), expected);
        assert_eq!(config::read(&toml(ini)).1, []);
    }

    #[test]
    fn styles_are_off_where_no_section_uses_them() {
        // The rules are Gazette.We, Gazette.Latin and Wire.Odd.
        let three = "[*.md]\nBasedOnStyles = Gazette\n[wire/*.md]\nBasedOnStyles =\n[a.md]\nBasedOnStyles = Gazette\n";
        let no_yes = "[*]\nBasedOnStyles = Gazette\nGazette.We = NO\n[*.md]\nGazette.We = YES\n";
        for (ini, path, expected) in [
            ("[*.md]\nBasedOnStyles = Gazette\n", "a.md", "ws-"),
            ("[*.md]\nBasedOnStyles = Gazette\n", "a.txt", "---"),
            ("[*]\nBasedOnStyles = Gazette\n[*.md]\nBasedOnStyles = Wire\n", "a.txt", "ws-"),
            ("[*]\nBasedOnStyles = Gazette\n[*.md]\nBasedOnStyles = Wire\n", "a.md", "--e"),
            ("[*.md]\nBasedOnStyles = Gazette\n[wire/*.md]\nBasedOnStyles = Wire\n", "wire/b/a.md", "--e"),
            ("[*.md]\nBasedOnStyles = Gazette\n[wire/*.md]\nBasedOnStyles = Wire\n", "a.md", "ws-"),
            (three, "b.md", "ws-"),
            (three, "wire/b.md", "---"),
            (three, "wire/a.md", "ws-"),
            // Rules that are on without their style.
            ("[*]\nBasedOnStyles = Gazette\nWire.Odd = YES\n", "a.md", "wse"),
            ("[*.md]\nBasedOnStyles = Wire\nGazette.We = error\n", "a.md", "e-e"),
            ("[*]\nGazette.We = YES\n[*.md]\nBasedOnStyles = Gazette\n", "a.txt", "w--"),
            ("[*]\nGazette.We = YES\n[*.md]\nBasedOnStyles = Gazette\n", "a.md", "ws-"),
            (no_yes, "a.md", "ws-"),
            (no_yes, "a.txt", "-s-"),
            // Too quiet.
            ("MinAlertLevel = warning\n[*.md]\nBasedOnStyles = Gazette\nGazette.We = suggestion\n", "a.md", "---"),
            ("MinAlertLevel = error\n[*]\nBasedOnStyles = Gazette, Wire\nGazette.Latin = error\n", "a.md", "-ee"),
        ] {
            assert_eq!(levels(ini, path), expected, "{path}\n{}", toml(ini));
        }
    }

    #[test]
    fn what_says_nothing_here_is_left_as_a_comment() {
        for (ini, left) in [
            ("[*]\nBasedOnStyles = Gazette\nOther.Rule = NO\n", "No section uses the style Other"),
            ("[*]\nBasedOnStyles = Gazette\nGazette.Gone = NO\n", "Gazette has no such rule"),
            ("[*]\nBasedOnStyles = Gazette\nOther.Rule = YES\n", "The level of Other.Rule is not known"),
            (
                "[*]\nBasedOnStyles = Gazette\nGazette.We = errr\n",
                "no level, and what is said of the rule is left out. Did you mean error?",
            ),
            ("[*]\nGazette.We = NO\nGazette.We = YES\n", "line 3: Gazette.We = YES"),
            ("MinAlertLevel = error\n[*]\nBasedOnStyles = Other\n", "the style Other is not there"),
            ("MinAlertLevel = loud\nnonsense\n", "line 2: nonsense\n#     Copydesk knows no such setting"),
            ("[*.md]\nTransform = a.xsl\n", "line 2: Transform = a.xsl"),
        ] {
            assert!(toml(ini).contains(left), "{}", toml(ini));
        }
    }

    #[test]
    fn a_star_of_a_section_stands_for_folders_too() {
        for (section, expected) in [
            ("*.{md,txt}", "*.{md,txt}"),
            ("wire/*.md", "wire/**/*.md"),
            ("*/wire/*", "**/wire/**/*"),
            ("wire/a*.md", "wire/a*.md"),
            ("wire/**/a.md", "wire/**/a.md"),
            ("{wire/*,desk}", "{wire/*,desk}"),
        ] {
            assert_eq!(paths(section), expected);
        }
    }
}
