use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use fancy_regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::text::Span;

/// How far a pattern may try one place again before it is given up, in steps: patterns that look around could take
/// time that doubles with each letter.
const STEPS: usize = 10_000;

/// A pattern, compiled when a text first asks for it.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    regex: OnceLock<Option<Regex>>,
    /// Whether a text made it take too many steps.
    overran: AtomicBool,
}

impl Pattern {
    /// A pattern in the notation that Vale's rules are written in.
    pub(super) fn new(source: &str) -> Self {
        Self { source: translate(source), regex: OnceLock::new(), overran: AtomicBool::new(false) }
    }

    /// What a text has, in small letters, wherever the pattern is found: one of these. `None` if that can't be told.
    pub(super) fn gate(&self) -> Option<Vec<String>> {
        match regex_syntax::parse(&self.source) {
            Ok(hir) => needed(&hir).filter(|literals| shortest(literals) >= 2),
            // What looks around is not understood there.
            Err(_) => plain_run(&self.source).map(|run| vec![run]),
        }
    }

    /// What is wrong with it, if it is no pattern.
    pub(super) fn mistake(&self) -> Option<String> {
        // What is well formed there need not be compiled to tell.
        regex_syntax::parse(&self.source).err()?;
        compile(&self.source).err().map(|error| {
            let told = error.to_string();
            told.lines().next_back().unwrap_or_default().trim_start_matches("error: ").to_string()
        })
    }

    /// The first place at or after `from` where the text has it.
    pub(super) fn find_from(&self, text: &str, from: usize) -> Option<Span> {
        let regex = self.regex().filter(|_| from <= text.len())?;
        match regex.find_from_pos(text, from) {
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

    /// Whether a text made the pattern take too many steps since it was last asked.
    pub(super) fn overran(&self) -> bool {
        self.overran.swap(false, Ordering::Relaxed)
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| compile(&self.source).ok()).as_ref()
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

/// At most this many literals stand for one pattern.
const LITERALS: usize = 200;

fn shortest(literals: &[String]) -> usize {
    literals.iter().map(String::len).min().unwrap_or(0)
}

/// What a text must have to have the expression, any one of them; `None` if that can't be told.
fn needed(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![std::str::from_utf8(&literal.0).ok()?.to_ascii_lowercase()]),
        HirKind::Class(class) => one_letter(class).map(|c| vec![c.to_string()]),
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needed(&repetition.sub),
        HirKind::Alternation(all) => {
            let mut literals = Vec::new();
            for one in all {
                literals.extend(needed(one)?);
                if literals.len() > LITERALS {
                    return None;
                }
            }
            literals.sort_unstable();
            literals.dedup();
            Some(literals)
        }
        HirKind::Concat(parts) => {
            let mut best: Option<Vec<String>> = None;
            let mut better = |literals: Vec<String>| {
                if best.as_ref().is_none_or(|best| shortest(&literals) > shortest(best)) {
                    best = Some(literals);
                }
            };
            // Letters that follow one another are one literal.
            let mut run = String::new();
            for part in parts {
                match (part.kind(), needed(part)) {
                    (HirKind::Look(_), _) => {}
                    (HirKind::Literal(_) | HirKind::Class(_), Some(letter)) => run.push_str(&letter.concat()),
                    (_, literals) => {
                        better(vec![std::mem::take(&mut run)]);
                        literals.into_iter().for_each(&mut better);
                    }
                }
            }
            better(vec![run]);
            best
        }
        _ => None,
    }
}

/// The letter that a class stands for in both cases: `k` for `[Kk]` (and for the sign of Kelvin).
fn one_letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let mut letters = class.iter().flat_map(|range| [range.start(), range.end()]);
    if class.iter().any(|range| range.start() != range.end()) {
        return None;
    }
    let first = letters.next()?.to_ascii_lowercase();
    let same = |c: char| c.to_ascii_lowercase() == first || matches!((first, c), ('k', '\u{212A}') | ('s', '\u{17F}'));
    (first.is_ascii_alphabetic() && letters.all(same)).then_some(first)
}

/// The longest run of plain letters that a pattern which looks around can't do without: outside its groups and brackets.
fn plain_run(source: &str) -> Option<String> {
    if source.contains('|') {
        return None;
    }
    let (mut best, mut run) = (String::new(), String::new());
    let (mut depth, mut class) = (0_usize, false);
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        let mut plain = false;
        match c {
            '\\' => {
                chars.next();
            }
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth = depth.saturating_sub(1),
            _ => plain = depth == 0 && !class && c.is_ascii_alphabetic(),
        }
        if plain && !matches!(chars.peek(), Some('?' | '*' | '{' | '+')) {
            run.push(c.to_ascii_lowercase());
            continue;
        }
        if run.len() > best.len() {
            best.clone_from(&run);
        }
        run.clear();
    }
    if run.len() > best.len() {
        best = run;
    }
    (best.len() >= 2).then_some(best)
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
    fn what_a_text_must_have_is_told() {
        for (source, gate) in [
            ("(?i)colou?r", Some(vec!["colo"])),
            (r"(?im)\b(?:web ?site|home page)\b", Some(vec!["home page", "site"])),
            (r"\w+ing", Some(vec!["ing"])),
            (r"\w+", None),
            (r"a|b", None),
            (r"[Kk]ick", Some(vec!["kick"])),
            (r"(?i)kiss", Some(vec!["kiss"])),
            (r"(?<=the )harbou?r master", Some(vec!["master"])),
            (r"(ab)+c", Some(vec!["ab"])),
            (r"(ab)?cd", Some(vec!["cd"])),
        ] {
            let expected: Option<Vec<String>> = gate.map(|gate| gate.into_iter().map(String::from).collect());
            assert_eq!(Pattern::new(source).gate(), expected, "{source}");
        }
    }

    #[test]
    fn a_pattern_that_runs_away_is_given_up() {
        let pattern = Pattern::new(r"(?=a)(a+)+\1b");
        let text = "a".repeat(2_000);
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
