use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSetBuilder};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use toml::de::{DeTable, DeValue};

use super::reader::{Key, Reader, Value, mistake, read_all};
use super::{Config, Doubt, Doubtful, Layer, Named, Override, Paths, Sheet, ValeStyles, doubts, keys, roster};
use crate::diagnostic::Diagnostic;
use crate::lexicon::{self, Office, Offices};
use crate::nearest::nearest;
use crate::rules::{self, Words};
use crate::style::{self, Acronyms, Dateline, Levels, Roster, Style, Term, Terms};
use crate::text::Span;

/// Reads the text of a `copydesk.toml`: all of it that can be used, and its mistakes, in order. A mistake never
/// hides what is right.
pub fn read(text: &str) -> (Config, Vec<Diagnostic>) {
    let (mut config, mut mistakes, doubtful) = read_all(text, |reader, table| reader.config(table));
    config.doubtful = doubtful;
    config.roster = Roster::new(config.people.clone()).into();
    if config.vale.is_empty() && config.rules.is_empty() && config.extends.is_empty() {
        mistakes.extend(doubts(&config.doubtful, text, &Words::default(), &config.own));
        mistakes.sort_by_key(|mistake| mistake.span);
        config.doubtful.clear();
    }
    (config, mistakes)
}

/// The terms of one list, each with its place, but for those that change nothing, and those that others of them would
/// replace again and again.
pub(super) fn sound(mut terms: Vec<(Term, Span)>, mistakes: &mut Vec<Diagnostic>) -> Terms {
    let found = Terms::new(terms.iter().map(|(term, _)| term.clone()));
    let all = terms.len();
    terms.retain(|(term, span)| {
        if term.wrong == term.right {
            let why = "Both wordings are the same, so this changes nothing. Write first what the house does not want.";
            mistakes.push(mistake(*span, why.into()));
            return false;
        }
        let Some(Term { wrong, right, .. }) = found.undoing(term).into_iter().next() else { return true };
        let what = match &term.right {
            same if same == wrong => format!("“{same}” is a term, too"),
            other => format!("“{other}” has “{wrong}” in it"),
        };
        let why = format!("{what}, which the house writes “{right}”. Change one of the two terms.");
        mistakes.push(mistake(*span, why));
        false
    });
    // Reading them again takes time, and hardly a list has such a term.
    if terms.len() == all { found } else { Terms::new(terms.into_iter().map(|(term, _)| term)) }
}

impl<'t> Reader<'t> {
    fn config(&mut self, table: &DeTable<'t>) -> Config {
        let mut config = Config::default();
        for (key, value) in self.known(table, "setting", &keys::TOP) {
            match key {
                "extends" => config.extends = self.extends(value),
                "overrides" => config.overrides = self.overrides(value),
                "terms" => config.terms = self.terms(value).into(),
                "word-list" => config.word_lists = self.word_lists(value),
                "acronyms" => config.acronyms = self.acronyms(value),
                "titles" => config.offices = self.offices(value),
                "offices" => config.own = self.own_offices(value).into(),
                "people" => config.people = roster::listed(self, value),
                "roster" => config.rosters = self.rosters(value),
                "baseline" => config.baseline_file = self.baseline(value),
                "vale" => config.vale.extend(self.vale(value)),
                "rules" => config.rules = self.rule_folders(value),
                _ => self.layer(&mut config.base, key, value),
            }
        }
        config
    }

    /// Sets what `key` stands for in a layer.
    fn layer(&mut self, layer: &mut Layer, key: &str, value: &Value<'t>) {
        match key {
            "style" => layer.style = self.style(value),
            "dateline" => layer.dateline = self.dateline(value),
            "date" => layer.date = self.date(value),
            "headline-length" => layer.headline_length = self.number(value, "a number of characters, such as 80"),
            "levels" => layer.levels = self.levels(value),
            _ => {}
        }
    }

    fn style(&mut self, value: &Value<'t>) -> Option<Style> {
        let id = self.string(value, "the name of a house style in quotation marks")?;
        let style = Style::named(id);
        if style.is_none() {
            let among = Style::IDS.join(", ");
            self.wrong(value.span(), id, "house style", nearest(id, Style::IDS), &format!("There are {among}."));
        }
        style
    }

    /// A form of datelines by its name, or by a dateline that shows it.
    fn dateline(&mut self, value: &Value<'t>) -> Option<Dateline> {
        let written = self.string(value, "a dateline in quotation marks, such as \"OSLO, Norway (Gazette) — \"")?;
        if let Some(form) = Dateline::named(written) {
            return Some(form.clone());
        }
        let form = Dateline::shown_by(written);
        if form.is_none() {
            let names: Vec<&str> = Dateline::names().collect();
            let near = nearest(written, names.iter().copied());
            let among = format!("There are {}. Or write one down: \"OSLO, Norway (Gazette) — \".", names.join(", "));
            self.wrong(value.span(), written, "form of datelines", near, &among);
        }
        form
    }

    fn date(&mut self, value: &Value<'t>) -> Option<Date> {
        let written = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            _ => self.string(value, "a date such as \"2025-12-11\"")?.to_string(),
        };
        let date = written.parse().ok();
        if date.is_none() {
            self.note(value, format!("“{written}” is no date. Write the year, month and day, as in 2025-12-11."));
        }
        date
    }

    fn number(&mut self, value: &Value<'t>, expected: &str) -> Option<u16> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => u16::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.note(value, format!("This must be {expected}."));
        }
        number
    }

    fn levels(&mut self, value: &Value<'t>) -> Levels {
        let mut levels = Levels::new();
        for (key, value) in self.table(value, "a table of rules, such as \"dateline/dash\" = \"off\"") {
            let name = &**key.get_ref();
            if rules::named(name).next().is_none() {
                self.doubtful.push(Doubtful { name: name.into(), of: Doubt::Rule, span: key.span().into() });
            }
            let names = ["off", "suggestion", "warning", "error"];
            let among = "A level is off, suggestion, warning or error.";
            let Some(written) = self.string(value, "a level in quotation marks: off, suggestion, warning or error")
            else {
                continue;
            };
            match style::level(written) {
                Some(level) => drop(levels.insert(name.into(), level)),
                None => self.wrong(value.span(), written, "level", nearest(written, names), among),
            }
        }
        levels
    }

    fn offices(&mut self, value: &Value<'t>) -> BTreeMap<String, String> {
        let known = || {
            let bodies = lexicon::bodies().iter().map(|body| body.id.as_str());
            lexicon::offices().iter().map(|office| office.id.as_str()).chain(bodies)
        };
        let mut offices = BTreeMap::new();
        for (key, value) in self.table(value, "a table of offices, such as us-defense = \"Defense Secretary\"") {
            let id = &**key.get_ref();
            if !known().any(|office| office == id) {
                let among = "An office goes by its id in the lexicon, such as us-defense.";
                self.wrong(key.span(), id, "office", nearest(id, known()), among);
                continue;
            }
            match self.string(value, "the wording of an office in quotation marks") {
                Some(wording) if wording.trim().is_empty() => {
                    self.note(value, "An office needs a wording, such as \"Defense Secretary\".".into());
                }
                wording => offices.extend(wording.map(|wording| (id.into(), wording.into()))),
            }
        }
        offices
    }

    fn own_offices(&mut self, value: &Value<'t>) -> Offices {
        let DeValue::Array(items) = value.get_ref() else {
            self.note(value, "Each office is a table of its own, under [[offices]].".into());
            return Offices::default();
        };
        let offices: Vec<(Office, Span)> = items.iter().filter_map(|item| self.own_office(item)).collect();
        let mut seen = FxHashSet::default();
        for (office, span) in &offices {
            if !seen.insert(office.id.to_lowercase()) {
                self.mistakes
                    .push(mistake(*span, format!("Two offices are called “{}”. Give one another id.", office.id)));
            }
            for wording in office.wordings.iter().flatten() {
                if !seen.insert(format!("“{}”", wording.to_lowercase())) {
                    let message = format!("“{wording}” is listed twice, and only the first counts. Leave one out.");
                    self.mistakes.push(mistake(*span, message));
                }
                if wording.split(' ').count() > Offices::LONGEST {
                    let most = Offices::LONGEST;
                    let message = format!("“{wording}” has more than {most} words, and no draft is searched for it.");
                    self.mistakes.push(mistake(*span, message));
                }
            }
            let included = office.includes.iter().filter(|id| lexicon::office_id(id).is_none());
            self.doubtful.extend(included.map(|id| Doubtful { name: id.clone(), of: Doubt::Office, span: *span }));
        }
        Offices::new(offices.into_iter().map(|(office, _)| office).collect())
    }

    /// An office of the house's own, and where it is; the place of what it includes, if it includes something.
    fn own_office(&mut self, value: &Value<'t>) -> Option<(Office, Span)> {
        let mut office = Office::default();
        let mut place = Span::from(value.span());
        let before = self.mistakes.len();
        for (key, value) in self.settings(value, "a table under [[offices]]", "setting of an office", &keys::OFFICE) {
            match key {
                "id" => office.id = self.string(value, "the office's id in quotation marks")?.into(),
                "seat" => office.seat = self.string(value, "the name of a seat in quotation marks").map(Into::into),
                "includes" => {
                    office.includes = self.list(value, "a list of offices: includes = [\"mayor\"]");
                    place = value.span().into();
                }
                "wordings" => office.wordings = self.wordings(value),
                _ => {}
            }
        }
        if office.id.trim().is_empty() || office.wordings.is_empty() {
            if self.mistakes.len() == before {
                self.note(value, "An office needs an id and wordings = [[\"Harbor Chief\"]].".into());
            }
            return None;
        }
        if lexicon::office_id(&office.id).is_some() {
            let id = &office.id;
            self.note(value, format!("“{id}” is known already. Its wording goes under [titles]: {id} = \"…\"."));
            return None;
        }
        Some((office, place))
    }

    /// Lists of wordings; those in one list say the same, and a wording by itself is a list of one.
    fn wordings(&mut self, value: &Value<'t>) -> Vec<Vec<String>> {
        let expected = "a list of wordings: wordings = [[\"Harbor Chief\", \"Chief of the Harbor\"]]";
        let DeValue::Array(items) = value.get_ref() else {
            self.note(value, format!("This must be {expected}."));
            return Vec::new();
        };
        let groups = items.iter().map(|item| match item.get_ref() {
            DeValue::Array(_) => self.list(item, expected),
            _ => self.string(item, expected).map(|wording| vec![wording.to_owned()]).unwrap_or_default(),
        });
        let mut groups: Vec<Vec<String>> = groups.collect();
        for wording in groups.iter_mut().flatten() {
            *wording = wording.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        groups.iter_mut().for_each(|group| group.retain(|wording| !wording.is_empty()));
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// A path, or a list of them.
    fn named(&mut self, value: &Value<'t>, expected: &str) -> Vec<Named> {
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let named = |item: &Value<'t>| {
            let path = self.string(item, expected)?;
            if path.trim().is_empty() {
                self.note(item, format!("This must be {expected}."));
                return None;
            }
            Some(Named { path: path.into(), span: item.span().into() })
        };
        items.into_iter().filter_map(named).collect()
    }

    fn extends(&mut self, value: &Value<'t>) -> Vec<Named> {
        let expected = "the file that this one extends, such as \"../house.toml\", or a list of such files";
        let files = self.named(value, expected);
        // A folder stands for the copydesk.toml in it.
        let known = |path: &Path| path.extension().is_none_or(|ending| ending.eq_ignore_ascii_case("toml"));
        self.fitting(files, known, "is no configuration. It is in TOML: house.toml.")
    }

    /// The files that may be what they are named as, which their endings tell. Of the others it is told what they are not.
    fn fitting(&mut self, mut files: Vec<Named>, known: impl Fn(&Path) -> bool, what: &str) -> Vec<Named> {
        for file in files.extract_if(.., |file| !known(&file.path)) {
            self.mistakes.push(mistake(file.span, format!("“{}” {what}", file.path.display())));
        }
        files
    }

    fn rosters(&mut self, value: &Value<'t>) -> Vec<Named> {
        let files = self.named(value, "the roster's file in quotation marks, such as \"people.csv\"");
        let known = |path: &Path| Sheet::of_path(path).is_some();
        self.fitting(files, known, "is no roster. It is a table, people.csv, or in TOML, people.toml.")
    }

    fn word_lists(&mut self, value: &Value<'t>) -> Vec<Named> {
        let files = self.named(value, "the word list's file in quotation marks, such as \"terms.csv\"");
        let known = |path: &Path| Sheet::of_path(path) == Some(Sheet::Csv);
        let what = "is no word list. It is a table, terms.csv; terms in TOML stand under [terms], in this file or in one \
                    that it extends.";
        self.fitting(files, known, what)
    }

    fn acronyms(&mut self, value: &Value<'t>) -> Acronyms {
        let mut acronyms = Acronyms::default();
        let mut seen = FxHashSet::default();
        let expected = "a table of acronyms: known = [\"HPW\"]";
        for (key, value) in self.settings(value, expected, "setting of acronyms", &keys::ACRONYMS) {
            let list = if key == "known" { &mut acronyms.known } else { &mut acronyms.explain };
            let DeValue::Array(items) = value.get_ref() else {
                self.note(value, "Acronyms are a list, such as [\"HPW\"].".into());
                continue;
            };
            for item in items {
                let Some(acronym) = self.string(item, "an acronym in quotation marks, such as \"HPW\"") else {
                    continue;
                };
                if !(2..=6).contains(&acronym.len()) || !acronym.bytes().all(|byte| byte.is_ascii_uppercase()) {
                    let how = "Acronyms that a rule asks about have two to six capitals and nothing else: “HPW”.";
                    self.note(item, format!("“{acronym}” is not written as an acronym. {how}"));
                } else if !seen.insert(acronym) {
                    self.note(item, format!("“{acronym}” is listed twice. Leave one out."));
                } else {
                    list.insert(acronym.into());
                }
            }
        }
        acronyms
    }

    fn baseline(&mut self, value: &Value<'t>) -> Option<PathBuf> {
        let path = self.string(value, "the baseline's file in quotation marks, such as \"copydesk-baseline.toml\"")?;
        if !Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
            self.note(value, format!("“{path}” is no baseline. It is in TOML: copydesk-baseline.toml."));
            return None;
        }
        Some(path.into())
    }

    fn vale(&mut self, value: &Value<'t>) -> Option<ValeStyles> {
        let mut vale = ValeStyles { span: value.span().into(), ..ValeStyles::default() };
        let expected = "a table, with the folder of Vale's styles as its path";
        for (key, value) in self.settings(value, expected, "setting of Vale's styles", &keys::VALE) {
            match key {
                "path" => {
                    vale.path = self.string(value, "a folder in quotation marks").unwrap_or_default().into();
                    vale.span = value.span().into();
                }
                "styles" => vale.styles = self.list(value, "a list of styles, such as [\"Google\"]"),
                "vocabularies" => vale.vocabularies = self.list(value, "a list of vocabularies, such as [\"Base\"]"),
                "every" => match value.get_ref() {
                    DeValue::Boolean(every) => vale.every = *every,
                    _ => {
                        self.note(value, "This must be true, to be told of every place, or false, as Vale does.".into())
                    }
                },
                _ => {}
            }
        }
        let named = !vale.path.as_os_str().is_empty();
        if !named && matches!(value.get_ref(), DeValue::Table(_)) {
            self.note(value, "Say where Vale's styles are, one folder each: path = \"styles\".".into());
        }
        named.then_some(vale)
    }

    fn rule_folders(&mut self, value: &Value<'t>) -> Vec<Named> {
        self.named(value, "the folder of the house's own rules, such as \"rules\"")
    }

    fn overrides(&mut self, value: &Value<'t>) -> Vec<Override> {
        let DeValue::Array(items) = value.get_ref() else {
            self.note(value, "Each override is a table of its own, under [[overrides]].".into());
            return Vec::new();
        };
        items.iter().map(|item| self.over(item)).collect()
    }

    fn over(&mut self, value: &Value<'t>) -> Override {
        let mut over = Override { paths: Some(Paths::default()), layer: Layer::default() };
        let mut placed = false;
        let expected = "a table under [[overrides]]";
        for (key, value) in self.settings(value, expected, "setting of an override", &keys::OVERRIDE) {
            match key {
                "paths" => {
                    over.paths = Some(self.paths(value));
                    placed = true;
                }
                _ => self.layer(&mut over.layer, key, value),
            }
        }
        if !placed && matches!(value.get_ref(), DeValue::Table(_)) {
            self.note(value, "This override is for no files. Say which: paths = [\"wire/**\"].".into());
        }
        over
    }

    fn paths(&mut self, value: &Value<'t>) -> Paths {
        let (mut these, mut but) = (GlobSetBuilder::new(), GlobSetBuilder::new());
        let DeValue::Array(items) = value.get_ref() else {
            self.note(value, "Paths are a list: paths = [\"wire/**\"].".into());
            return Paths::default();
        };
        // With nothing but files that are not meant, all others are.
        let leaves_out = |item: &Value<'t>| item.get_ref().as_str().is_some_and(|path| path.starts_with('!'));
        if !items.is_empty()
            && items.iter().all(leaves_out)
            && let Ok(all) = GlobBuilder::new("**").build()
        {
            these.add(all);
        }
        for item in items {
            let Some(path) = self.string(item, "a path in quotation marks, such as \"wire/**\"") else { continue };
            let (set, pattern) = path.strip_prefix('!').map_or((&mut these, path), |path| (&mut but, path));
            match GlobBuilder::new(&anchored(pattern)).literal_separator(true).build() {
                Ok(glob) => drop(set.add(glob)),
                Err(error) => self.note(item, format!("“{path}” is no pattern of paths: {}.", error.kind())),
            }
        }
        match these.build().and_then(|these| Ok(Paths { these, but: but.build()?, ..Paths::default() })) {
            Ok(paths) => paths,
            Err(error) => {
                self.note(value, format!("These paths can't be used together: {}.", error.kind()));
                Paths::default()
            }
        }
    }

    fn terms(&mut self, value: &Value<'t>) -> Terms {
        let mut terms: Vec<(Term, Span)> = Vec::new();
        for (key, value) in self.table(value, "a table of terms, such as \"e-mail\" = \"email\"") {
            let term = self.term(key, value);
            terms.extend(term.map(|term| (term, value.span().into())));
        }
        sound(terms, &mut self.mistakes)
    }

    fn term(&mut self, key: &Key<'t>, value: &Value<'t>) -> Option<Term> {
        let expected = "the house's wording in quotation marks, or { use = \"…\", why = \"…\" }";
        let mut term = Term { wrong: key.get_ref().to_string(), right: String::new(), why: None };
        match value.get_ref() {
            DeValue::Table(table) => {
                for (key, value) in self.known(table, "setting of a term", &keys::TERM) {
                    match key {
                        "use" => term.right = self.string(value, expected)?.into(),
                        "why" => term.why = self.string(value, "a reason in quotation marks").map(Into::into),
                        _ => {}
                    }
                }
            }
            _ => term.right = self.string(value, expected)?.into(),
        }
        if term.right.ends_with(".csv") {
            let message = "A table of terms is no term. It is named above the tables: word-list = \"terms.csv\".";
            self.note(value, message.into());
            return None;
        }
        if term.wrong.trim().is_empty() || term.right.trim().is_empty() {
            self.note(value, "A term needs both wordings: \"e-mail\" = \"email\".".into());
            return None;
        }
        Some(term)
    }
}

/// The pattern as it is matched: without a slash it is for files of that name in every folder, with one at its end
/// for all that is in the folder.
fn anchored(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/**"),
        None if path.contains('/') => path.into(),
        None => format!("**/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    /// The text under each mistake, and its message.
    fn mistakes(text: &str) -> Vec<(&str, String)> {
        read(text).1.into_iter().map(|mistake| (mistake.span.of(text), mistake.message)).collect()
    }

    #[test]
    fn each_mistake_is_told_where_it_is() {
        for (text, under, words) in [
            ("stile = \"ap\"", "stile", "Did you mean “style”?"),
            ("colour = \"ap\"", "colour", "There are extends, style"),
            ("dateline = \"upy\"", "\"upy\"", "Did you mean “upi”?"),
            ("dateline = \"where it rained\"", "\"where it rained\"", "Or write one down"),
            ("dateline = true", "true", "must be a dateline"),
            ("style = \"app\"", "\"app\"", "Did you mean “ap”?"),
            ("style = \"tabloid\"", "\"tabloid\"", "There are ap, reuters"),
            ("style = 1", "1", "must be the name of a house style"),
            ("style = tabloid", "tabloid", "This is not TOML"),
            ("style \"ap\"", "", "This is not TOML"),
            ("date = \"Dec. 11\"", "\"Dec. 11\"", "is no date"),
            ("date = 2025-02-30", "2025-02-30", "This is not TOML"),
            ("date = 11", "11", "must be a date"),
            ("levels = \"off\"", "\"off\"", "must be a table of rules"),
            ("[levels]\n\"usage/tern\" = \"off\"", "\"usage/tern\"", "Did you mean “usage/term”?"),
            ("[levels]\nusges = \"off\"", "usges", "Did you mean “usage”?"),
            ("[levels]\nusage = \"loud\"", "\"loud\"", "A level is off"),
            ("[levels]\nusage = \"eror\"", "\"eror\"", "Did you mean “error”?"),
            ("[levels]\nusage = false", "false", "must be a level"),
            ("[levels]\nusage = \"off\"\nusage = \"off\"", "usage", "This is not TOML: duplicate key"),
            ("[overrides]\npaths = []", "[overrides]", "under [[overrides]]"),
            ("overrides = [1]", "1", "must be a table under [[overrides]]"),
            ("[[overrides]]\nstyle = \"ap\"", "[[overrides]]", "for no files"),
            ("[[overrides]]\npaths = \"a\"", "\"a\"", "Paths are a list"),
            ("[[overrides]]\npaths = [1]", "1", "must be a path"),
            ("[[overrides]]\npaths = [\"a{\"]", "\"a{\"", "is no pattern of paths"),
            ("[[overrides]]\npaths = []\nterms = 1", "terms", "No setting of an override"),
            ("[terms]\na = 1", "1", "house's wording"),
            ("[terms]\na = \" \"", "\" \"", "both wordings"),
            ("[terms]\nimport = \"terms.csv\"", "\"terms.csv\"", "word-list = \"terms.csv\""),
            ("[terms]\n\"\" = \"a\"", "\"a\"", "both wordings"),
            ("[terms]\nold = \"old\"", "\"old\"", "Both wordings are the same"),
            ("[terms]\na = { use = \"b\", reason = \"c\" }", "reason", "No setting of a term"),
            ("[terms]\na = { why = \"c\" }", "{ why = \"c\" }", "both wordings"),
            ("[terms]\nwar = \"civil war\"", "\"civil war\"", "has “war” in it"),
            ("[terms]\nnet = \"web\"\n\"the web\" = \"the net\"", "\"the net\"", "has “net” in it"),
            ("[terms]\nweb = \"Web\"\n[titles]\nus-defense = 1", "1", "must be the wording of an office"),
            ("[titles]\nus-defense = 1", "1", "must be the wording of an office"),
            ("[titles]\nus-defense = \" \"", "\" \"", "An office needs a wording"),
            ("[titles]\nus-defence = \"War Secretary\"", "us-defence", "Did you mean “us-defense”?"),
            ("[titles]\nharbor-chief = \"Harbor Chief\"", "harbor-chief", "such as us-defense"),
            ("[offices]\nid = 1", "[offices]", "under [[offices]]"),
            ("[[offices]]\nid = \"a\"", "[[offices]]", "needs an id and wordings"),
            ("[[offices]]\nid = \"mayor\"\nwordings = [[\"Mayor\"]]", "[[offices]]", "goes under [titles]"),
            ("[[offices]]\nid = \"a\"\nwordings = [\"A\"]\nseats = \"b\"", "seats", "Did you mean “seat”?"),
            (
                "[[offices]]\nid = \"a\"\nwordings = [[\"A\"]]\nincludes = [\"mayer\"]",
                "[\"mayer\"]",
                "Did you mean “mayor”?",
            ),
            ("[[offices]]\nid = \"a\"\nwordings = [\"A\", \"a\"]", "[[offices]]", "listed twice"),
            ("[[offices]]\nid = \"a\"\nwordings = [\"A B C D E F G H I J\"]", "[[offices]]", "more than 9 words"),
            (
                "[[offices]]\nid = \"a\"\nwordings = [\"A\"]\n[[offices]]\nid = \"a\"\nwordings = [\"B\"]",
                "[[offices]]",
                "Two offices are called “a”",
            ),
            ("[[offices]]\nid = \"a\"\nwordings = 1", "1", "must be a list of wordings"),
            ("roster = 1", "1", "must be the roster's file"),
            ("roster = \"people.xlsx\"", "\"people.xlsx\"", "is no roster"),
            ("baseline = 1", "1", "must be the baseline's file"),
            ("baseline = \"old.csv\"", "\"old.csv\"", "is no baseline"),
            ("vales = 1", "vales", "Did you mean “vale”?"),
            ("vale = 1", "1", "must be a table, with the folder"),
            ("[vale]\nstyles = [\"Google\"]", "[vale]", "Say where Vale's styles are"),
            ("[vale]\npath = \"a\"\nstyle = [\"Google\"]", "style", "Did you mean “styles”?"),
            ("[vale]\npath = \"a\"\nevery = 1", "1", "must be true"),
            ("rules = 1", "1", "must be the folder of the house's own rules"),
            ("extends = 1", "1", "must be the file that this one extends"),
            ("extends = \" \"", "\" \"", "must be the file that this one extends"),
            ("extends = \"house.csv\"", "\"house.csv\"", "is no configuration"),
            ("word-list = 1", "1", "must be the word list's file"),
            ("word-lists = 1", "word-lists", "Did you mean “word-list”?"),
            ("word-list = \"terms.toml\"", "\"terms.toml\"", "is no word list"),
            ("[people]\n\"Ann Roe\" = \"Mayor\"", "[people]", "People are a list of names"),
            ("people = [\"\"]", "\"\"", "needs a name"),
            ("[[people]]\nname = \"Ann Roe\"\ntitel = \"Mayor\"", "titel", "Did you mean “title”?"),
            ("acronyms = [\"HPW\"]", "[\"HPW\"]", "must be a table of acronyms"),
            ("[acronyms]\nknow = [\"HPW\"]", "know", "Did you mean “known”?"),
            ("[acronyms]\nknown = \"HPW\"", "\"HPW\"", "Acronyms are a list"),
            ("[acronyms]\nknown = [\"Hpw\"]", "\"Hpw\"", "two to six capitals"),
            ("[acronyms]\nknown = [\"HPW\"]\nexplain = [\"HPW\"]", "\"HPW\"", "listed twice"),
            ("extends = [\"a.toml\", 1]", "1", "must be the file that this one extends"),
        ] {
            let found = mistakes(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].0, under, "{text}");
            assert!(found[0].1.contains(words), "{text}: {}", found[0].1);
        }
    }

    #[test]
    fn what_is_right_counts_whatever_else_is_wrong() {
        let text = "stile = 1\nstyle = \"bbc\"\ndate = nonsense\n[levels]\n\"usage/term\" = \"error\"\nusage = 2\n\
            [[overrides]]\npaths = [\"a{\", \"b\"]\nstyle = \"afp\"\n[terms]\nwar = \"war room\"\n\"e-mail\" = \"email\"\n\
            [titles]\nus-defense = \"War Secretary\"\nus-vp = 1\n]]\n";
        let (config, mistakes) = read(text);
        assert_eq!(mistakes.len(), 7, "{mistakes:#?}");
        assert!(mistakes.is_sorted_by_key(|mistake| mistake.span));
        let settings = config.settings_for("b".as_ref());
        assert_eq!(settings.style.id, "afp");
        assert_eq!(config.settings_for("c".as_ref()).style.id, "bbc");
        assert_eq!(settings.levels["usage/term"], Some(Severity::Error));
        assert_eq!(settings.style.offices["us-defense"], "War Secretary");
        let term = Term { wrong: "e-mail".into(), right: "email".into(), why: None };
        assert_eq!(*config.terms, Terms::new([term]));
    }

    #[test]
    fn terms_that_undo_each_other_are_both_mistakes() {
        let (config, mistakes) =
            read("[terms]\ninternet = \"Internet\"\nInternet = \"internet\"\n\"e-mail\" = \"email\"\n");
        assert_eq!(mistakes.len(), 2, "{mistakes:#?}");
        let term = Term { wrong: "e-mail".into(), right: "email".into(), why: None };
        assert_eq!(*config.terms, Terms::new([term]));
    }

    #[test]
    fn a_fix_writes_the_name_as_it_must_be_written() {
        for (text, fixed) in [
            ("stile = \"ap\"", "style = \"ap\""),
            ("style = 'app'", "style = \"ap\""),
            ("[levels]\ntern = \"off\"", "[levels]\n\"usage/term\" = \"off\""),
            ("[levels]\n'usages' = \"off\"", "[levels]\n\"usage\" = \"off\""),
        ] {
            let (_, mistakes) = read(text);
            assert_eq!(crate::text::apply(text, &mistakes[0].fixes[0].edits), fixed);
        }
    }

    #[test]
    fn any_text_can_be_read() {
        let text = "\u{feff}style = \"ap\"\r\n[levels]\n\"usage/term\" = \"é\"\n[[overrides]]\npaths = [\"wire/**\"]\n";
        for (cut, _) in text.char_indices() {
            for text in [&text[..cut], &text[cut..]] {
                for mistake in read(text).1 {
                    assert!(text.get(mistake.span.start..mistake.span.end).is_some(), "{text:?}: {mistake:?}");
                }
            }
        }
    }
}
