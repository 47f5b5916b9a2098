//! What a text must have for a token to be in it: looking for that first spares most patterns most texts.

use regex_syntax::hir::{Class, Hir, HirKind};

/// What must be in a text where a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// A whole word, in small letters.
    Word(String),
    /// Any one of these, in small letters, wherever they stand.
    Letters(Vec<String>),
    /// One of these bytes.
    Bytes(Bytes),
}

impl Gate {
    /// What leads to a pattern.
    pub(super) fn of(source: &str) -> Self {
        let wider = wider(source);
        let Ok(hir) = regex_syntax::parse(wider.as_deref().unwrap_or(source)) else { return Self::Bytes(Bytes::ALL) };
        let letters = needed(&hir).filter(|literals| shortest(literals) >= 2);
        letters.map_or_else(|| Self::Bytes(bytes(&hir).unwrap_or(Bytes::ALL)), Self::Letters)
    }
}

/// Bytes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bytes([u64; 4]);

impl Bytes {
    /// All there are.
    pub(super) const ALL: Self = Self([u64::MAX; 4]);

    /// Those that a text has.
    pub(super) fn of(text: &str) -> Self {
        text.bytes().collect()
    }

    /// Whether any is in both.
    pub(super) fn meet(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(one, other)| one & other != 0)
    }

    /// How common they are in copy, by a rule of thumb.
    fn common(self) -> u32 {
        (0..=u8::MAX)
            .filter(|byte| self.meet(std::iter::once(*byte).collect()))
            .map(|byte| match byte {
                b' ' | b'a'..=b'z' => 100,
                // The last begins dashes and quotation marks.
                b'\n' | b'A'..=b'Z' | b'.' | b',' | 0xE2 => 10,
                _ => 1,
            })
            .sum()
    }
}

impl FromIterator<u8> for Bytes {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        let mut all = [0; 4];
        for byte in bytes {
            all[usize::from(byte >> 6)] |= 1 << (byte & 63);
        }
        Self(all)
    }
}

/// The pattern without its looks around, and with anything for words that it repeats: it is found wherever the pattern is.
/// `None` for one that does neither.
pub(super) fn wider(source: &str) -> Option<String> {
    let mut out = String::with_capacity(source.len());
    let (mut rest, mut class, mut changed) = (source, false, false);
    while let Some(c) = rest.chars().next() {
        let look = ["(?=", "(?!", "(?<=", "(?<!"].iter().find(|look| !class && rest.starts_with(**look));
        if look.is_some() {
            out.push_str("(?:)");
            rest = after_group(rest);
            changed = true;
            continue;
        }
        let taken = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => c.len_utf8(),
        };
        class = match c {
            '[' => true,
            ']' => false,
            _ => class,
        };
        if c == '\\' && !class && rest[1..].starts_with(|digit: char| digit.is_ascii_digit()) {
            out.push_str("(?s:.*)");
            changed = true;
        } else {
            out.push_str(&rest[..taken]);
        }
        rest = &rest[taken..];
    }
    changed.then_some(out)
}

/// What comes after the group that a pattern begins with.
fn after_group(pattern: &str) -> &str {
    let (mut depth, mut class, mut escaped) = (0_usize, false, false);
    for (at, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &pattern[at + 1..];
        }
    }
    ""
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

/// Bytes of which a text must have one to have the expression, the least common that can be told.
fn bytes(hir: &Hir) -> Option<Bytes> {
    let rarest = |all: &mut dyn Iterator<Item = Bytes>| all.min_by_key(|bytes| bytes.common());
    match hir.kind() {
        HirKind::Literal(literal) => rarest(&mut literal.0.iter().map(|byte| std::iter::once(*byte).collect())),
        HirKind::Class(Class::Unicode(class)) => {
            let first = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            Some(class.iter().flat_map(|range| first(range.start())..=first(range.end())).collect())
        }
        HirKind::Class(Class::Bytes(class)) => {
            Some(class.iter().flat_map(|range| range.start()..=range.end()).collect())
        }
        HirKind::Capture(capture) => bytes(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => bytes(&repetition.sub),
        HirKind::Alternation(any) => {
            let all: Option<Vec<Bytes>> = any.iter().map(bytes).collect();
            Some(Bytes(all?.iter().fold([0; 4], |all, bytes| std::array::from_fn(|part| all[part] | bytes.0[part]))))
        }
        HirKind::Concat(parts) => rarest(&mut parts.iter().filter_map(bytes)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_must_have_is_told() {
        for (source, gate) in [
            ("(?i)colou?r", &["colo"][..]),
            (r"(?im)\b(?:web ?site|home page)\b", &["home page", "site"]),
            (r"\w+ing", &["ing"]),
            (r"[Kk]ick", &["kick"]),
            (r"(?i)kiss", &["kiss"]),
            (r"(ab)+c", &["ab"]),
            (r"(ab)?cd", &["cd"]),
            // What is looked at around it need not be there, nor in this form.
            (r"(?<=the )harbou?r master", &["r master"]),
            (r"(?:(?<=^)|(?<=[.!?]\s))(?:Sadly|Oddly),", &["oddly", "sadly"]),
            (r"(?<!\b(?:the|one)[ -])eight(?![-’])", &["eight"]),
            (r"pier(?!\)s[)]) head", &["pier head"]),
            (r"(pier|quay) and \1", &[" and "]),
        ] {
            assert_eq!(Gate::of(source), Gate::Letters(gate.iter().map(ToString::to_string).collect()), "{source}");
        }
    }

    #[test]
    fn a_pattern_without_letters_needs_some_byte() {
        for (source, text, leads) in [
            (r"\d{1,2} ?[ap]m", "at 9 a.m.", true),
            (r"\d{1,2} ?[ap]m", "the pier’s am", false),
            (r"(?<!:[^ ]+?):\s[A-Z]", "So: Yes", true),
            (r"(?<!:[^ ]+?):\s[A-Z]", "No such mark", false),
            (r"\s[—–]\s", "a — b", true),
            (r"\s[—–]\s", "a - b", false),
            (r"a|[;!]", "b; c", true),
            (r"\w+|\d*", "?", true),
            (r"\Ka", "b", true),
        ] {
            let Gate::Bytes(needed) = Gate::of(source) else { panic!("{source} needs letters") };
            assert_eq!(needed.meet(Bytes::of(text)), leads, "{source} {text}");
        }
    }

    #[test]
    fn looks_around_are_left_out() {
        for (source, expected) in [
            (r"a(?=b)c", Some("a(?:)c")),
            (r"(?<![)(]\))a", Some("(?:)a")),
            (r"(?<name>a)\1", Some("(?<name>a)(?s:.*)")),
            (r"[(?=]\(?=b", None),
            (r"(?i)a[\d]", None),
        ] {
            assert_eq!(wider(source).as_deref(), expected, "{source}");
        }
    }
}
