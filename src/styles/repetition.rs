use super::pattern::Pattern;
use super::{Event, Found, Rule, Unit, message};
use crate::text::Span;

/// The same words twice in a row.
#[derive(Debug)]
pub(super) struct Repetition {
    /// What is compared; `None` for all that stands between spaces.
    pub pattern: Option<Pattern>,
    /// Case counts for nothing.
    pub fold: bool,
    /// Only letters count.
    pub alpha: bool,
    /// How many repetitions are fine.
    pub max: usize,
    pub exceptions: Option<Pattern>,
}

impl Repetition {
    pub(super) fn read(&self, rule: &Rule, unit: &Unit<'_>, out: &mut Vec<Event>) {
        let mut before: Option<Span> = None;
        let mut count = 0;
        for span in self.spans(unit.text) {
            let words = span.of(unit.text).trim();
            let same = before.is_some_and(|before| self.same(before.of(unit.text).trim(), words));
            count += usize::from(same);
            if let Some(before) = before.filter(|_| same && count > self.max) {
                let both = Span::new(before.start, span.end);
                let excepted = self.exceptions.as_ref().is_some_and(|it| it.is_in(both.of(unit.text)));
                // Over a line's end it may well be two things, one below the other.
                if !both.of(unit.text).contains('\n') && !excepted {
                    let message = message::fill(&rule.message, &[words]);
                    out.push(Event::Found(Found { message, ..Found::of(rule, unit, both) }));
                    count = 0;
                }
            }
            before = Some(span);
        }
    }

    fn spans<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = Span> + 't> {
        let Some(pattern) = &self.pattern else { return Box::new(between_spaces(text)) };
        Box::new(pattern.find_all(text))
    }

    fn same(&self, before: &str, words: &str) -> bool {
        let fold = || !words.is_ascii() && before.to_lowercase() == words.to_lowercase();
        let equal = before == words || (self.fold && (before.eq_ignore_ascii_case(words) || fold()));
        equal && !words.is_empty() && (!self.alpha || words.chars().all(char::is_alphabetic))
    }
}

fn between_spaces(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    let pieces = text.split_inclusive(char::is_whitespace).map(move |piece| {
        let start = at;
        at += piece.len();
        Span::new(start, start + piece.trim_end().len())
    });
    pieces.filter(|span| !span.is_empty())
}
