use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::gate;
use crate::text::Span;
use fancy_regex::{Regex, RegexBuilder};

/// How far a pattern may try one place again before it is given up, in steps: patterns that look around could take
/// time that doubles with each letter.
const STEPS: usize = 10_000;

/// A pattern, compiled when a text first asks for it.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    regex: OnceLock<Option<Box<Regex>>>,
    /// For a pattern that looks around: one that doesn't, which is found sooner, and is there wherever the pattern is.
    wider: OnceLock<Option<Box<Regex>>>,
    /// Whether a text made it take too many steps.
    overran: AtomicBool,
}

impl Pattern {
    /// A pattern in the notation that Vale's rules are written in.
    pub(super) fn new(source: &str) -> Self {
        Self {
            source: translate(source),
            regex: OnceLock::new(),
            wider: OnceLock::new(),
            overran: AtomicBool::new(false),
        }
    }

    /// The pattern, as it is tried.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// Whether it looks around, or repeats words that it found.
    pub(super) fn looks_around(&self) -> bool {
        gate::wider(&self.source).is_some()
    }

    /// What is wrong with it, if it is no pattern.
    pub(super) fn mistake(&self) -> Option<String> {
        // What is well formed there need not be compiled to tell.
        regex_syntax::parse(&self.source).err()?;
        compile(&self.source).err().map(|error| {
            let told = error.to_string();
            let told = told.lines().next_back().unwrap_or_default().trim_start_matches("error: ");
            // A position counts what stands around the pattern, which the house did not write.
            let bare = told.strip_prefix("Parsing error at position ").and_then(|told| told.split_once(": "));
            bare.map_or(told, |(_, what)| what).to_string()
        })
    }

    /// The first place at or after `from` where the text has it.
    pub(super) fn find_from(&self, text: &str, from: usize) -> Option<Span> {
        if from > text.len() {
            return None;
        }
        let from = self.wider().map_or(Some(from), |wider| Some(wider.find_from_pos(text, from).ok()??.start()))?;
        match self.regex()?.find_from_pos(text, from) {
            Ok(found) => found.map(|found| Span::new(found.start(), found.end())),
            Err(_) => {
                self.overran.store(true, Ordering::Relaxed);
                None
            }
        }
    }

    /// The places where the text has it, in order, none of them empty.
    pub(super) fn find_all<'p>(&'p self, text: &'p str) -> impl Iterator<Item = Span> + 'p {
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let found = self.find_from(text, from)?;
                if !found.is_empty() {
                    from = found.end;
                    return Some(found);
                }
                from = next_char(text, found.end)?;
            }
        })
    }

    /// Whether the text has it.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text).unwrap_or(false))
    }

    /// What the groups of the pattern hold at the first place where the text has it.
    pub(super) fn groups<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let Some(regex) = self.regex() else { return Vec::new() };
        let Ok(Some(groups)) = regex.captures(text) else { return Vec::new() };
        (1..groups.len()).filter_map(|group| groups.get(group)).map(|group| group.as_str()).collect()
    }

    /// The text with what the pattern finds replaced; `$1` in `with` is the first group.
    pub(super) fn replace_all(&self, text: &str, with: &str) -> String {
        self.regex().map_or_else(|| text.to_string(), |regex| regex.replace_all(text, with).into_owned())
    }

    /// What `with` makes of the place at `from` where the text has the pattern: `$1` in it is the first group.
    pub(super) fn expand(&self, text: &str, from: usize, with: &str) -> Option<String> {
        let groups = self.regex()?.captures_from_pos(text, from).ok()??;
        let mut out = String::new();
        groups.expand(with, &mut out);
        Some(out)
    }

    /// Whether a text made the pattern take too many steps since it was last asked.
    pub(super) fn overran(&self) -> bool {
        self.overran.swap(false, Ordering::Relaxed)
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| compile(&self.source).ok().map(Box::new)).as_deref()
    }

    fn wider(&self) -> Option<&Regex> {
        let compile = || {
            let wider = gate::wider(&self.source).and_then(|wider| compile(&wider).ok());
            // What is found everywhere leads nowhere.
            wider.filter(|wider| !wider.is_match("").unwrap_or(true)).map(Box::new)
        };
        self.wider.get_or_init(compile).as_deref()
    }
}

fn compile(source: &str) -> Result<Regex, Box<fancy_regex::Error>> {
    RegexBuilder::new(source).backtrack_limit(STEPS).build().map_err(Box::new)
}

/// Where the character after the one at `at` begins; `None` at the end.
fn next_char(text: &str, at: usize) -> Option<usize> {
    text.get(at..)?.chars().next().map(|c| at + c.len_utf8())
}

/// Whether a word ends or begins at `at`, as `\b` has it.
pub(super) fn is_boundary(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(is_word);
    let after = text.get(at..).and_then(|after| after.chars().next()).is_some_and(is_word);
    before != after
}

/// Whether `\w` has it.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { regex_syntax::is_word_character(c) }
}

/// The notation of Vale's patterns in ours: inside brackets, `[`, `&&`, `--` and `~~` mean themselves there, and so do
/// braces that count nothing, `\<` and `\>`.
fn translate(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    let mut rest = source;
    // Inside brackets, whether anything has stood there yet.
    let mut class: Option<bool> = None;
    while let Some(c) = chars.next() {
        rest = &rest[c.len_utf8()..];
        match (c, class) {
            ('\\', _) => {
                let Some(next) = chars.next() else {
                    out.push_str("\\\\");
                    break;
                };
                rest = &rest[next.len_utf8()..];
                if !matches!(next, '<' | '>' | '_') {
                    out.push('\\');
                }
                out.push(next);
                class = class.map(|_| true);
                // "\p{Lu}", "\x{2014}"
                if matches!(next, 'p' | 'P' | 'x' | 'u') && rest.starts_with('{') {
                    for c in chars.by_ref() {
                        rest = &rest[c.len_utf8()..];
                        out.push(c);
                        if c == '}' {
                            break;
                        }
                    }
                }
            }
            ('[', None) => {
                out.push('[');
                class = Some(false);
                if chars.peek() == Some(&'^') {
                    chars.next();
                    rest = &rest[1..];
                    out.push('^');
                }
            }
            ('[', Some(_)) if rest.starts_with(':') && rest.contains(":]") => {
                out.push('[');
                class = Some(true);
            }
            (':', Some(_))
                if rest.starts_with(']') && out.ends_with(|c: char| c.is_ascii_lowercase()) && out.contains("[:") =>
            {
                chars.next();
                rest = &rest[1..];
                out.push_str(":]");
            }
            ('[', Some(_)) => {
                out.push_str("\\[");
                class = Some(true);
            }
            (']', Some(false)) => {
                out.push_str("\\]");
                class = Some(true);
            }
            (']', Some(true)) => {
                out.push(']');
                class = None;
            }
            ('&' | '~' | '-', Some(_)) if rest.starts_with(c) => {
                out.push('\\');
                out.push(c);
                class = Some(true);
            }
            ('{', None) if !counts(rest) => out.push_str("\\{"),
            _ => {
                out.push(c);
                class = class.map(|_| true);
            }
        }
    }
    out
}

/// Whether what follows a brace makes it a count: `2}`, `2,}`, `2,3}`.
fn counts(rest: &str) -> bool {
    let Some((inside, _)) = rest.split_once('}') else { return false };
    inside.starts_with(|c: char| c.is_ascii_digit()) && inside.chars().all(|c| c.is_ascii_digit() || c == ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_braces_mean_what_they_do_in_vale() {
        for (source, text, found) in [
            (r"[[(]a", "[a", "[a"),
            (r"[^[]a", "xa", "xa"),
            (r"[]x]+", "x]", "x]"),
            (r"[[:alpha:]]+", "..ab", "ab"),
            (r"[a&&b]+", "&b", "&b"),
            (r"\{x}", "{x}", "{x}"),
            (r"{{name}}", "{{name}}", "{{name}}"),
            (r"\p{Lu}\x{62}{2}", "aAbb", "Abb"),
            (r"a{2}", "aaa", "aa"),
            (r"a{2,}", "aaa", "aaa"),
            (r"\<b\>", "<b>", "<b>"),
            (r"a\_b", "a_b", "a_b"),
            (r"[\s--]+x", "--x", "--x"),
            (r"\d+(?=%)", "the 12%", "12"),
            (r"(?<!very )odd", "odd", "odd"),
            (r"(\w+) \1", "so the the end", "the the"),
        ] {
            let pattern = Pattern::new(source);
            assert_eq!(pattern.mistake(), None, "{source}");
            assert_eq!(pattern.find_from(text, 0).map(|span| span.of(text)), Some(found), "{source}");
        }
    }

    #[test]
    fn a_pattern_that_runs_away_is_given_up() {
        let pattern = Pattern::new(r"(?=a)(a+)+\1b");
        let text = format!("{} b", "a".repeat(2_000));
        assert_eq!(pattern.find_from(&text, 0), None);
        assert!(pattern.overran());
        assert!(!pattern.overran());
    }

    #[test]
    fn a_broken_pattern_is_told() {
        for source in ["(", "a(?<=", "[z-a]"] {
            assert!(Pattern::new(source).mistake().is_some(), "{source}");
        }
    }
}
