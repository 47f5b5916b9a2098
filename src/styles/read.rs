use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};
use serde_saphyr::Spanned;

use super::action::{Action, Edit};
use super::capitalization::{Capitalization, Form};
use super::conditional::Conditional;
use super::consistency::Consistency;
use super::existence::Existence;
use super::metric::{Formula, Metric};
use super::occurrence::Occurrence;
use super::pattern::Pattern;
use super::repetition::Repetition;
use super::scope::{self, Scope};
use super::sequence::{Sequence, Step};
use super::spelling::{FILTERS, Spelling};
use super::substitution::{Right, Substitution};
use super::tokens::{Reading, Tokens};
use super::yaml::{self, Item, Written};
use super::{Example, Kind, Quotes, Rule, interned};
use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::nearest::nearest;
use crate::text::Span;

/// How rule files are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// As Vale does.
    Vale,
    /// As Copydesk's own: silent in quotations unless they say otherwise, a space is any white space, apostrophes of
    /// either shape are one, and what stands for a word with a capital has one.
    Own,
    /// As [`Own`](Self::Own), of rules that a test has tried, in JSON: patterns are compiled when a text asks for them.
    BuiltIn,
}

/// Something wrong in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What, and what to do.
    pub message: String,
}

/// Words that a house always accepts: patterns, in Vale's vocabularies.
#[derive(Clone, Debug, Default)]
pub struct Terms(pub Vec<String>);

/// Files beside a rule file, which it may name: word lists.
pub type Sources<'s> = &'s dyn Fn(&str) -> Option<String>;

/// The kinds of rule there are.
const KINDS: [&str; 11] = [
    "existence",
    "substitution",
    "occurrence",
    "repetition",
    "consistency",
    "conditional",
    "capitalization",
    "metric",
    "readability",
    "spelling",
    "sequence",
];

impl Rule {
    /// Reads a rule file: the rule, if it can be used, and the mistakes in the file.
    pub fn parse(
        name: &str,
        text: &str,
        dialect: Dialect,
        terms: &Terms,
        files: Sources<'_>,
    ) -> (Option<Self>, Vec<Mistake>) {
        let read = if dialect == Dialect::BuiltIn { yaml::read_json(text) } else { yaml::read(text) };
        let (written, unknown) = match read {
            Ok(read) => read,
            Err(mistake) => return (None, vec![mistake]),
        };
        let mut source = FxHasher::default();
        (name, text, dialect, &terms.0).hash(&mut source);
        let mut reader = Reader { text, dialect, terms, files, source, mistakes: Vec::new() };
        for key in unknown {
            let hint =
                nearest(&key.value, yaml::KEYS).map(|near| format!(" Did you mean “{near}”?")).unwrap_or_default();
            reader.note(&key, format!("No rule has a key “{}”, so it does nothing.{hint}", key.value));
        }
        let rule = reader.rule(name, &written);
        (rule, reader.mistakes)
    }
}

struct Reader<'t> {
    text: &'t str,
    dialect: Dialect,
    terms: &'t Terms,
    files: Sources<'t>,
    /// Of all that the rule is read from.
    source: FxHasher,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn note<T>(&mut self, at: &Spanned<T>, message: String) {
        self.mistakes.push(Mistake { span: yaml::span(self.text, &at.defined), message });
    }

    fn note_file(&mut self, message: impl Into<String>) {
        let line = self.text.lines().next().map_or(0, str::len);
        self.mistakes.push(Mistake { span: Span::new(0, line), message: message.into() });
    }

    /// Notes what is wrong with what a key says: on the line that it opens.
    fn note_key(&mut self, key: &str, message: String) {
        let is_line = |line: &&str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
        let Some(line) = self.text.lines().find(is_line) else { return self.note_file(message) };
        let start = line.as_ptr().addr() - self.text.as_ptr().addr();
        self.mistakes.push(Mistake { span: Span::new(start, start + line.len()), message });
    }

    fn rule(&mut self, name: &str, written: &Written) -> Option<Rule> {
        let own = self.dialect != Dialect::Vale;
        let kind = self.kind(written)?;
        let Some(message) = written.message.as_ref() else {
            self.note_file("The rule has no message. Say what is wrong and what to do: message: “Write '%s'.”");
            return None;
        };
        let level = match &written.level {
            None => Severity::Warning,
            Some(level) => Severity::named(&level.value).unwrap_or_else(|| {
                let near = nearest(&level.value, ["suggestion", "warning", "error"]);
                let hint = near.map(|near| format!(" Did you mean “{near}”?")).unwrap_or_default();
                let message = format!("“{}” is no level.{hint} A level is suggestion, warning or error.", level.value);
                self.note(level, message);
                Severity::Warning
            }),
        };
        let quotes = match written.quotes.as_ref().map(|quotes| (quotes, quotes.value.as_str())) {
            None if own => Quotes::Off,
            None | Some((_, "on")) => Quotes::On,
            // YAML before 1.2 took these two for true and false.
            Some((_, "off" | "false")) => Quotes::Off,
            Some((_, "true")) => Quotes::On,
            Some((_, "about")) => Quotes::About,
            Some((at, _)) => {
                self.note(at, "“quotes” is off, on or about: what the rule does inside direct quotations.".into());
                Quotes::Off
            }
        };
        let applicability = match written.fix.as_ref().map(|fix| (fix, fix.value.as_str())) {
            Some((_, "safe")) => Applicability::Safe,
            None | Some((_, "offer")) => Applicability::Unsafe,
            Some((at, _)) => {
                self.note(at, "“fix” is safe, which may be applied unseen, or offer, which a person looks at.".into());
                Applicability::Unsafe
            }
        };
        let (scope, unknown) = Scope::new(&written.scope.0);
        for name in unknown {
            let hint = nearest(&name, scope::NAMES).map(|near| format!(" Did you mean “{near}”?")).unwrap_or_default();
            self.note_key("scope", format!("There is no scope “{name}”, so the rule reads nothing there.{hint}"));
        }
        let samples = written.examples.iter().map(|Spanned { value: sample, defined, .. }| Example {
            text: sample.text.clone(),
            flagged: sample.flagged.0.clone(),
            fixed: sample.fixed.clone(),
            span: yaml::span(self.text, defined),
        });
        Some(Rule {
            name: interned(name),
            level,
            preview: written.preview,
            quotes,
            link: written.link.clone(),
            why: if written.why.is_empty() { written.description.clone() } else { written.why.clone() },
            styles: interned(&written.styles.0.join(" ")),
            examples: samples.collect(),
            limit: written.limit,
            source: self.source.finish(),
            as_vale: None,
            message: message.value.clone(),
            scope,
            action: self.action(written),
            applicability,
            kind,
        })
    }

    fn kind(&mut self, written: &Written) -> Option<Kind> {
        let Some(extends) = &written.extends else {
            self.note_file(format!("The rule does not say what it extends: one of {}.", KINDS.join(", ")));
            return None;
        };
        Some(match extends.value.as_str() {
            "existence" => Kind::Existence(self.existence(written)),
            "substitution" => Kind::Substitution(self.substitution(written)),
            "occurrence" => {
                let token = self.required(written.token.as_ref(), "token", "the pattern that is counted")?;
                let fold = if written.ignorecase { "(?i)" } else { "" };
                let pattern = self.pattern(token, &format!("{fold}(?:{})", token.value))?;
                Kind::Occurrence(Occurrence { pattern, max: written.max, min: written.min })
            }
            "repetition" => {
                let tokens: Vec<&str> = self.tokens(written).into_iter().map(|token| token.value).collect();
                let fold = if written.ignorecase { "(?i)" } else { "" };
                let spaced = matches!(tokens.as_slice(), [r"[^\s]+" | r"\S+"]);
                let pattern = (!spaced).then(|| Pattern::new(&format!("{fold}({})", tokens.join("|"))));
                if let Some(mistake) = pattern.as_ref().and_then(Pattern::mistake) {
                    self.note_file(format!("Its tokens are no pattern: {mistake}."));
                    return None;
                }
                let exceptions = self.exceptions(written);
                Kind::Repetition(Repetition {
                    pattern,
                    fold: written.ignorecase,
                    alpha: written.alpha,
                    max: written.max,
                    exceptions,
                })
            }
            "consistency" => {
                let reading = self.reading(written);
                let ways = written.either.0.iter().flat_map(|(one, other)| [one.value.as_str(), other]);
                let ways = Tokens::new(ways, reading);
                for (index, (one, _)) in written.either.0.iter().enumerate() {
                    if let Some(mistake) = ways.mistake(2 * index).or_else(|| ways.mistake(2 * index + 1)) {
                        self.note(one, format!("This is no pattern: {mistake}."));
                    }
                }
                Kind::Consistency(Consistency { ways })
            }
            "conditional" => {
                let first = self.required(written.first.as_ref(), "first", "the pattern that calls for the other")?;
                let second = self.required(written.second.as_ref(), "second", "the pattern that it calls for")?;
                let first = self.pattern(first, &first.value)?;
                let second = self.pattern(second, &second.value)?;
                Kind::Conditional(Conditional { first, second, exceptions: self.exceptions(written) })
            }
            "capitalization" => Kind::Capitalization(self.capitalization(written)?),
            "metric" => {
                let formula = self.required(
                    written.formula.as_ref(),
                    "formula",
                    "what is worked out, such as words / sentences",
                )?;
                let condition =
                    self.required(written.condition.as_ref(), "condition", "when that is wrong, such as “> 25”")?;
                let read = self.formula(formula, Formula::new(&formula.value))?;
                Kind::Metric(Metric {
                    formula: read,
                    condition: self.formula(condition, Formula::condition(&condition.value))?,
                })
            }
            "readability" => Kind::Readability(written.metrics.0.clone(), written.grade),
            "spelling" => Kind::Spelling(self.spelling(written)?),
            "sequence" => Kind::Sequence(self.sequence(written)?),
            "script" => {
                self.note(extends, "Copydesk runs no scripts: a rule that runs code can do anything to the machine it runs on. Write the rule as patterns.".into());
                return None;
            }
            other => {
                let hint = nearest(other, KINDS).map(|near| format!(" Did you mean “{near}”?")).unwrap_or_default();
                self.note(
                    extends,
                    format!("There is no kind of rule called “{other}”.{hint} There are {}.", KINDS.join(", ")),
                );
                return None;
            }
        })
    }

    fn existence(&mut self, written: &Written) -> Existence {
        let exceptions = self.exceptions(written);
        let tokens = self.tokens(written);
        let refers_back = tokens.iter().any(|token| refers_back(token.value));
        if written.raw.0.is_empty() && !refers_back {
            return Existence { tokens: self.checked(&tokens, self.reading(written)), exceptions };
        }
        // Numbered groups count through all tokens, and raw patterns join on to them.
        let joined: Vec<&str> = tokens.iter().map(|token| token.value).collect();
        let words = if !written.nonword && !joined.is_empty() {
            format!(r"(?m)\b(?:{})\b", joined.join("|"))
        } else {
            format!("(?m)(?:{})", joined.join("|"))
        };
        let raw = written.raw.0.concat();
        let fold = if written.ignorecase { "(?i)" } else { "" };
        let source = if written.append { format!("{fold}{words}{raw}") } else { format!("{fold}{raw}{words}") };
        let pattern = Tokens::pattern(&source);
        if let Some(mistake) = pattern.mistake(0) {
            self.note_file(format!("Its patterns are none: {mistake}."));
            return Existence { tokens: Tokens::default(), exceptions };
        }
        Existence { tokens: pattern, exceptions }
    }

    fn substitution(&mut self, written: &Written) -> Substitution {
        let mut pairs: Vec<&(Spanned<String>, String)> = written.swap.0.iter().collect();
        let mut known = FxHashSet::default();
        for (wrong, _) in &pairs {
            if !known.insert(&wrong.value) {
                self.note(
                    wrong,
                    format!("“{}” is listed twice, and only the first counts. Leave one out.", wrong.value),
                );
            }
        }
        // The longest first: "in order to" before "in order".
        pairs.sort_by_key(|(wrong, _)| std::cmp::Reverse(wrong.value.len()));
        let reading = self.reading(written);
        let fold = if reading.fold { "(?i)" } else { "" };
        let tokens: Vec<Token<'_>> =
            pairs.iter().map(|(wrong, _)| Token { value: &wrong.value, at: wrong.defined }).collect();
        let right = pairs.iter().map(|(wrong, right)| Right::new(right, &format!("{fold}{}", wrong.value)));
        Substitution {
            right: right.collect(),
            tokens: self.checked(&tokens, reading),
            exceptions: self.exceptions(written),
            capitalize: written.capitalize || self.dialect != Dialect::Vale,
        }
    }

    fn capitalization(&mut self, written: &Written) -> Option<Capitalization> {
        let form = self.required(written.form.as_ref(), "match", "$title, $sentence, $lower, $upper or a pattern")?;
        let exceptions = self.all_exceptions(written);
        Some(Capitalization {
            form: match form.value.as_str() {
                "$lower" => Form::Lower,
                "$upper" => Form::Upper,
                "$sentence" => Form::Sentence,
                "$title" => Form::Title { chicago: written.style == "Chicago" },
                pattern => Form::Pattern(self.pattern(form, pattern)?),
            },
            excepted: excepted(&exceptions),
            exceptions,
            indicators: written.indicators.0.clone(),
            threshold: written.threshold.filter(|share| *share > 0.0).unwrap_or(0.8),
            prefix: (!written.prefix.is_empty()).then(|| Pattern::new(&written.prefix)),
        })
    }

    fn spelling(&mut self, written: &Written) -> Option<Spelling> {
        let mut words = rustc_hash::FxHashSet::default();
        let mut dictionaries = 0;
        let in_folder = |name: &String| {
            let path = if written.dicpath.is_empty() { name.clone() } else { format!("{}/{name}", written.dicpath) };
            (self.files)(&path).or_else(|| (self.files)(&format!("{path}.dic")))
        };
        for (name, list) in written.dictionaries.0.iter().map(|name| (name, in_folder(name))).collect::<Vec<_>>() {
            match list {
                Some(list) => {
                    list.hash(&mut self.source);
                    words.extend(Spelling::list(&list));
                    dictionaries += 1;
                }
                None => {
                    self.note_file(format!("There is no word list “{name}” here, so nothing is checked against it."))
                }
            }
        }
        for name in &written.ignore.0 {
            let list = (self.files)(name).or_else(|| (self.files)(&format!("config/ignore/{name}")));
            list.hash(&mut self.source);
            words.extend(list.iter().flat_map(|list| Spelling::list(list)));
        }
        if dictionaries == 0 {
            self.note_file(
                "Copydesk brings no dictionary. Name a list of words, one on a line: dictionaries: [words.txt]",
            );
            return None;
        }
        let usual = FILTERS.iter().filter(|_| !written.custom).map(|filter| Pattern::new(filter));
        let own = written.filters.0.iter().chain(&self.terms.0).map(|filter| Pattern::new(filter));
        Some(Spelling { words, filters: usual.chain(own).collect() })
    }

    fn sequence(&mut self, written: &Written) -> Option<Sequence> {
        let mut steps = Vec::new();
        for token in &written.tokens {
            let word = match &token.value {
                Item::Word(word) => word.clone(),
                Item::Pattern(pattern) => yaml::Word { pattern: pattern.clone(), ..yaml::Word::default() },
            };
            if !word.tag.is_empty() {
                self.note(token, "Copydesk does not read parts of speech, so this rule is off. Say which words are meant by a pattern instead of a tag.".into());
                return None;
            }
            let fold = if written.ignorecase { "(?i)" } else { "" };
            let pattern = self.pattern(token, &format!("{fold}^(?:{})$", word.pattern))?;
            steps.push(Step { pattern, negate: word.negate, skip: word.skip });
        }
        Some(Sequence { steps })
    }

    fn action(&mut self, written: &Written) -> Action {
        let Some(action) = &written.action else { return Action::None };
        let params: Vec<&str> = action.params.0.iter().map(String::as_str).collect();
        match (action.name.as_str(), params.as_slice()) {
            ("replace", choices) => Action::Replace(choices.iter().map(ToString::to_string).collect()),
            ("remove", _) => Action::Remove,
            ("convert", ["simple"]) => Action::Convert,
            ("edit", ["regex", pattern, with]) => Action::Edit(Edit::Regex(Pattern::new(pattern), (*with).into())),
            ("edit", ["trim_left", letters]) => Action::Edit(Edit::TrimLeft((*letters).into())),
            ("edit", ["trim_right", letters]) => Action::Edit(Edit::TrimRight((*letters).into())),
            ("edit", ["trim", letters]) => Action::Edit(Edit::Trim((*letters).into())),
            ("edit", ["truncate", at]) => Action::Edit(Edit::Truncate((*at).into())),
            ("edit", ["split", at, index]) if index.parse::<usize>().is_ok() => {
                Action::Edit(Edit::Split((*at).into(), index.parse().unwrap_or(0)))
            }
            // Spellings are not guessed.
            ("suggest", ["spellings"]) | ("", _) => Action::None,
            ("suggest", _) => {
                self.note_file(
                    "Copydesk runs no scripts, so the rule offers nothing. Its alerts are given all the same.",
                );
                Action::None
            }
            (name, _) => {
                self.note_file(format!(
                    "The action “{name}” with these params is none that Copydesk knows: the rule offers nothing."
                ));
                Action::None
            }
        }
    }

    fn reading(&self, written: &Written) -> Reading {
        let own = self.dialect != Dialect::Vale;
        Reading { fold: written.ignorecase, bounded: !written.nonword, loose: own }
    }

    fn tokens<'w>(&mut self, written: &'w Written) -> Vec<Token<'w>> {
        let mut tokens = Vec::new();
        for token in &written.tokens {
            match &token.value {
                Item::Pattern(pattern) if pattern.trim().is_empty() => {}
                Item::Pattern(pattern) => tokens.push(Token { value: pattern, at: token.defined }),
                Item::Word(_) => {
                    self.note(token, "Only a sequence has tokens with keys. Write the pattern alone.".into())
                }
            }
        }
        tokens
    }

    /// The tokens that are patterns; the others are mistakes.
    fn checked(&mut self, tokens: &[Token<'_>], reading: Reading) -> Tokens {
        let all = Tokens::new(tokens.iter().map(|token| token.value), reading);
        if self.dialect == Dialect::BuiltIn {
            return all;
        }
        for (index, token) in tokens.iter().enumerate() {
            if let Some(mistake) = all.mistake(index) {
                let span = yaml::span(self.text, &token.at);
                self.mistakes.push(Mistake {
                    span,
                    message: format!("“{}” is no pattern: {mistake}. The rest of the rule goes on.", token.value),
                });
            }
        }
        // A broken one is never found, and keeps its number.
        all
    }

    fn required<'w>(
        &mut self,
        value: Option<&'w Spanned<String>>,
        key: &str,
        what: &str,
    ) -> Option<&'w Spanned<String>> {
        if value.is_none() {
            self.note_file(format!("The rule has no “{key}”: {what}."));
        }
        value
    }

    fn pattern<T>(&mut self, at: &Spanned<T>, source: &str) -> Option<Pattern> {
        let pattern = Pattern::new(source);
        if self.dialect != Dialect::BuiltIn
            && let Some(mistake) = pattern.mistake()
        {
            self.note(at, format!("This is no pattern: {mistake}. The rule is off until it is mended."));
            return None;
        }
        Some(pattern)
    }

    fn formula(&mut self, at: &Spanned<String>, read: Result<Formula, String>) -> Option<Formula> {
        let formula = match read {
            Ok(formula) => formula,
            Err(why) => {
                self.note(at, format!("This can't be worked out: {why}."));
                return None;
            }
        };
        if let Some(name) = formula.unknown() {
            self.note(at, format!("Nothing called “{name}” is counted."));
            return None;
        }
        Some(formula)
    }

    fn all_exceptions(&self, written: &Written) -> Vec<String> {
        let terms = self.terms.0.iter().filter(|_| written.vocab != Some(false));
        let mut all: Vec<String> = written.exceptions.0.iter().chain(terms).cloned().collect();
        all.sort_by_key(|exception| std::cmp::Reverse(exception.len()));
        all
    }

    fn exceptions(&mut self, written: &Written) -> Option<Pattern> {
        let exceptions = excepted(&self.all_exceptions(written))?;
        if self.dialect != Dialect::BuiltIn
            && let Some(mistake) = exceptions.mistake()
        {
            self.note_file(format!("Its exceptions are no patterns: {mistake}. They are not used."));
            return None;
        }
        Some(exceptions)
    }
}

/// A pattern in a rule file.
#[derive(Clone, Copy)]
struct Token<'w> {
    value: &'w str,
    at: serde_saphyr::Location,
}

/// A pattern that finds any of the exceptions, each in its own case.
fn excepted(exceptions: &[String]) -> Option<Pattern> {
    let own_case = |term: &String| if term.starts_with("(?i)") { term.clone() } else { format!("(?-i){term}") };
    let all: Vec<String> = exceptions.iter().map(own_case).map(|term| format!("(?:{term})")).collect();
    (!all.is_empty()).then(|| Pattern::new(&format!(r"(?m)\b(?:{})\b", all.join("|"))))
}

/// Whether a pattern has a reference to a group by its number.
fn refers_back(pattern: &str) -> bool {
    let mut letters = pattern.chars();
    while let Some(c) = letters.next() {
        if c == '\\' && letters.next().is_some_and(|c| c.is_ascii_digit() && c != '0') {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::Set;
    use super::*;

    #[test]
    fn what_is_read_again_and_has_not_changed_is_the_same() {
        let set = |text: &str, list: &'static str| {
            let files = |_: &str| Some(list.to_string());
            let (rule, mistakes) = Rule::parse("Gazette.Rule", text, Dialect::Vale, &Terms::default(), &files);
            assert_eq!(mistakes, []);
            Set::new(vec![rule.unwrap()])
        };
        let rule = "extends: spelling\nmessage: \"%s\"\ndictionaries: [words]\n";
        assert_eq!(set(rule, "pier"), set(rule, "pier"));
        assert_ne!(set(rule, "pier"), set(rule, "piers"));
        assert_ne!(set(rule, "pier"), set(&rule.replace("%s", "'%s'"), "pier"));
        assert_ne!(set(rule, "pier"), Set::default());
    }
}
