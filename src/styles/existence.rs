use super::pattern::Pattern;
use super::{Event, Found, Rule, Unit, tokens::Tokens};

/// Words that should not be there.
#[derive(Debug)]
pub(super) struct Existence {
    pub tokens: Tokens,
    pub exceptions: Option<Pattern>,
}

impl Existence {
    pub(super) fn read(&self, rule: &Rule, unit: &Unit<'_>, out: &mut Vec<Event>) {
        for (span, _) in self.tokens.find_all(unit.text, unit.seen) {
            let words = span.of(unit.text).trim();
            if !self.exceptions.as_ref().is_some_and(|exceptions| exceptions.is_in(words)) {
                out.push(Event::Found(Found::of(rule, unit, span)));
            }
        }
    }
}
