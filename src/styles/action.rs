use super::pattern::Pattern;
use super::{Mend, Rule, Unit};
use crate::text::Span;

/// What a rule does about what it finds.
#[derive(Debug, Default)]
pub(super) enum Action {
    /// Nothing that the rule file names.
    #[default]
    None,
    /// Offers words; none where the rule knows them itself.
    Replace(Vec<String>),
    /// Takes the words out.
    Remove,
    /// Writes words like `somethingLikeThis` apart.
    Convert,
    /// Changes the words.
    Edit(Edit),
}

/// A change of words.
#[derive(Debug)]
pub(super) enum Edit {
    Regex(Pattern, String),
    TrimLeft(String),
    TrimRight(String),
    Trim(String),
    Truncate(String),
    Split(String, usize),
}

impl Action {
    pub(super) const fn is_replace(&self) -> bool {
        matches!(self, Self::Replace(_))
    }

    pub(super) const fn mends_something(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// What it offers for the words at `span`, and the words that it would put there.
    pub(super) fn mends(&self, rule: &Rule, unit: &Unit<'_>, span: Span) -> (Vec<Mend>, Vec<String>) {
        let words = span.of(unit.text);
        let choices = match self {
            Self::None => return (Vec::new(), Vec::new()),
            Self::Remove => return (vec![removal(rule, unit, span)], vec![String::new()]),
            Self::Replace(choices) => choices.clone(),
            Self::Convert => vec![apart(words)],
            Self::Edit(edit) => edit.of(words).into_iter().collect(),
        };
        let place = unit.place(span);
        let mends = choices
            .iter()
            .map(|choice| if choice.is_empty() { removal(rule, unit, span) } else { rule.mend(place, choice.clone()) });
        (mends.collect(), choices)
    }
}

/// Takes the words out, and the space that would be left over.
fn removal(rule: &Rule, unit: &Unit<'_>, span: Span) -> Mend {
    let words = span.of(unit.text);
    let (before, after) = (&unit.text[..span.start], &unit.text[span.end..]);
    let opens = before.is_empty() || before.ends_with(char::is_whitespace);
    let closes = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    let mut out = span;
    if opens && after.starts_with(' ') {
        out.end += 1;
    } else if closes && before.ends_with(' ') && !words.starts_with(' ') {
        out.start -= 1;
    }
    let title = format!("Delete “{}”", words.trim());
    Mend { title, applicability: rule.applicability, span: unit.place(out), text: String::new() }
}

impl Edit {
    /// The words as they should be; `None` where the edit fits nothing.
    fn of(&self, words: &str) -> Option<String> {
        let edited = match self {
            Self::Regex(pattern, with) => pattern.replace_all(words, with),
            Self::TrimLeft(letters) => words.trim_start_matches(|c| letters.contains(c)).into(),
            Self::TrimRight(letters) => words.trim_end_matches(|c| letters.contains(c)).into(),
            Self::Trim(letters) => words.trim_matches(|c| letters.contains(c)).into(),
            Self::Truncate(at) => words.split(at.as_str()).next()?.into(),
            Self::Split(at, index) => words.split(at.as_str()).nth(*index)?.into(),
        };
        Some(edited.trim().to_string())
    }
}

/// `somethingLikeThis` as "something like this".
fn apart(words: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for c in words.chars() {
        if (lower && c.is_uppercase()) || !c.is_alphanumeric() {
            out.push(' ');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
        lower = c.is_lowercase();
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
