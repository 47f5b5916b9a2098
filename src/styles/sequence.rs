use super::pattern::{Pattern, is_word};
use super::{Event, Found, Rule, Unit};
use crate::text::Span;

/// Words that follow one another, each by a pattern of its own.
#[derive(Debug)]
pub(super) struct Sequence {
    pub steps: Vec<Step>,
}

/// One word of a sequence.
#[derive(Debug)]
pub(super) struct Step {
    /// What the word is, in whole.
    pub pattern: Pattern,
    /// The word is anything but that.
    pub negate: bool,
    /// How many other words may stand before it.
    pub skip: usize,
}

impl Sequence {
    pub(super) fn read(&self, rule: &Rule, unit: &Unit<'_>, out: &mut Vec<Event>) {
        let words = words(unit.text);
        let mut from = 0;
        while from < words.len() {
            match self.end(unit.text, &words, from) {
                Some(end) => {
                    let span = words[from].cover(words[end - 1]);
                    out.push(Event::Found(Found::of(rule, unit, span)));
                    from = end;
                }
                None => from += 1,
            }
        }
    }

    /// Where the sequence ends that begins with the word at `from`, in words.
    fn end(&self, text: &str, words: &[Span], from: usize) -> Option<usize> {
        let mut at = from;
        for (index, step) in self.steps.iter().enumerate() {
            // The first word is where we stand.
            let reach = if index == 0 { 0 } else { step.skip };
            let fits = |word: &Span| step.pattern.is_in(word.of(text)) != step.negate;
            at += words.get(at..)?.iter().take(reach + 1).position(fits)? + 1;
        }
        (at > from).then_some(at)
    }
}

/// Words and marks, each by itself.
fn words(text: &str) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let end = at + c.len_utf8();
        let inside = |c: char| is_word(c) || matches!(c, '\'' | '’' | '-');
        match words.last_mut() {
            Some(last) if last.end == at && inside(c) && text[last.start..].starts_with(is_word) => last.end = end,
            _ => words.push(Span::new(at, end)),
        }
    }
    words
}
