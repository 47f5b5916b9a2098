use rustc_hash::FxHashSet;

use super::pattern::Pattern;
use super::{Event, Found, Rule, Unit};
use crate::text::Span;

/// Words that are in no list.
#[derive(Debug)]
pub(super) struct Spelling {
    /// In small letters.
    pub words: FxHashSet<String>,
    /// Words that any of these finds are no concern of the rule.
    pub filters: Vec<Pattern>,
}

/// What is left alone unless the rule is `custom`: names of products, acronyms, all that has more than letters.
pub(super) const FILTERS: [&str; 3] = ["[A-Z]{1}[a-z]+[A-Z]+\\w+", "[A-Z]+$", "[^a-zA-Z_']"];

impl Spelling {
    pub(super) fn read(&self, rule: &Rule, unit: &Unit<'_>, out: &mut Vec<Event>) {
        for span in words(unit.text) {
            let word = span.of(unit.text).replace('’', "'");
            if !self.knows(&word) && !self.filters.iter().any(|filter| filter.is_in(&word)) {
                out.push(Event::Found(Found::of(rule, unit, span)));
            }
        }
    }

    fn knows(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix('\''));
        self.words.contains(&lower) || bare.is_some_and(|bare| self.words.contains(bare))
    }

    /// The words of a list: one on a line, a count in the first line or marks after a slash as spell checkers have them.
    pub(super) fn list(text: &str) -> impl Iterator<Item = String> + '_ {
        let bare = |line: &str| line.split('/').next().unwrap_or_default().trim().to_lowercase();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#')).map(bare);
        lines.filter(|word| word.contains(|c: char| c.is_alphabetic()))
    }
}

/// The words of a text: letters, with apostrophes and digits inside.
fn words(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(char::is_alphanumeric)?;
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '_');
        let end = text[start..].find(|c| !inside(c)).map_or(text.len(), |len| start + len);
        from = end;
        let word = text[start..end].trim_end_matches(['\'', '’']);
        Some(Span::new(start, start + word.len()))
    })
}
