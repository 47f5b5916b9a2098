//! Which of a rule's alerts Vale tells, in a file without markup.
//!
//! Vale reads the sentences of a text one by one if a rule of the style asks for sentences, its paragraphs likewise, and
//! then all of it. It looks up where an alert belongs by its words: at the first place that has them as words of their
//! own, from the start of what was read if the text still has that as it was. Then it blots out the first place of
//! the whole file that has their letters, be it inside another word, and goes on to the next. Alerts that it looks up at
//! one place are one. So of "It began because it may be … it must be" it tells the first "be" twice, which is once, and
//! the second one never. A house that comes from Vale has made its peace with the alerts that it knows.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Span;

/// An alert, at its place in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alert {
    /// The rule's index.
    pub rule: usize,
    /// What was read.
    pub block: Span,
    pub span: Span,
}

/// Where a text has some letters.
#[derive(Default)]
struct Places {
    all: Vec<usize>,
    /// Where they are words of their own.
    own: Vec<usize>,
}

/// For each alert whether Vale tells it. Alerts stand by rule, and a rule's in the order in which it reads: paragraphs,
/// sentences, all of the text.
///
/// Takes time that grows with the text, once, and with the number of alerts.
pub(super) fn told(text: &str, alerts: &[Alert]) -> Vec<bool> {
    let mut words: Vec<&str> = alerts.iter().map(|alert| alert.span.of(text)).collect();
    words.sort_unstable();
    words.dedup();
    let Some(places) = places(text, &words) else { return vec![true; alerts.len()] };
    let number = |alert: &Alert| words.binary_search(&alert.span.of(text)).unwrap_or(0);
    let mut told = vec![false; alerts.len()];
    let mut first = 0;
    for of_rule in alerts.chunk_by(|a, b| a.rule == b.rule) {
        // The first alert at each place, by its words.
        let mut at: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        for (index, alert) in of_rule.iter().enumerate() {
            at.entry((alert.span.start, number(alert))).or_insert(first + index);
        }
        let mut taken: FxHashSet<usize> = FxHashSet::default();
        for of_block in of_rule.chunk_by(|a, b| a.block == b.block) {
            let mut blots = Blots::default();
            for alert in of_block {
                let (which, len) = (number(alert), alert.span.len());
                let from = if blots.touch(alert.block) { 0 } else { alert.block.start };
                let Places { all, own } = &places[which];
                let first_own =
                    blots.first_free((which, false), len, own).max(own.partition_point(|place| *place < from));
                let first = blots.first_free((which, true), len, all);
                let free = |place: &&usize| !blots.touch(Span::new(**place, **place + len));
                let mut candidates = own[first_own..].iter().filter(free);
                let beside = |place: &&usize| beside_code(text, **place, len);
                let place = candidates.clone().find(|place| !beside(place)).or_else(|| candidates.next());
                let anywhere = || all[first.max(all.partition_point(|place| *place < from))..].iter().find(free);
                let place = place.or_else(anywhere).copied();
                if let Some(place) = place
                    && taken.insert(place)
                    && let Some(index) = at.get(&(place, which))
                {
                    told[*index] = true;
                }
                if let Some(place) = all.get(first) {
                    blots.spans.insert(*place, *place + len);
                }
            }
        }
        first += of_rule.len();
    }
    told
}

/// What is blotted out.
#[derive(Default)]
struct Blots {
    /// From the start of each to its end.
    spans: BTreeMap<usize, usize>,
    /// How many places of each word, all or its own, need not be looked at again.
    passed: FxHashMap<(usize, bool), usize>,
}

impl Blots {
    fn touch(&self, span: Span) -> bool {
        self.spans.range(..span.end).next_back().is_some_and(|(_, end)| *end > span.start)
    }

    /// The index of the first of a word's places that is free; what is blotted out stays so.
    fn first_free(&mut self, word: (usize, bool), len: usize, places: &[usize]) -> usize {
        let mut next = self.passed.get(&word).copied().unwrap_or(0);
        while places.get(next).is_some_and(|place| self.touch(Span::new(*place, *place + len))) {
            next += 1;
        }
        self.passed.insert(word, next);
        next
    }
}

/// Where the text has each of the words, which are in order.
fn places(text: &str, words: &[&str]) -> Option<Vec<Places>> {
    let finder = AhoCorasick::new(words).ok()?;
    let mut places: Vec<Places> = std::iter::repeat_with(Places::default).take(words.len()).collect();
    for found in finder.find_overlapping_iter(text).filter(|found| !found.is_empty()) {
        let places = &mut places[found.pattern().as_usize()];
        places.all.push(found.start());
        if edge(text, found.start(), found.start().checked_sub(1)) && edge(text, found.end(), Some(found.end())) {
            places.own.push(found.start());
        }
    }
    Some(places)
}

/// Whether words may begin or end at `at`: the text does, a word does, or an underscore stands `beside`.
fn edge(text: &str, at: usize, beside: Option<usize>) -> bool {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied();
    let is_word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let beside = beside.and_then(byte);
    beside.is_none_or(|byte| byte == b'_') || is_word(at.checked_sub(1).and_then(byte)) != is_word(byte(at))
}

/// Whether words stand in code by the look of it, or after a hyphen.
fn beside_code(text: &str, place: usize, len: usize) -> bool {
    let is_mark =
        |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(|byte| matches!(byte, b'`' | b'-'));
    (place > 1 && is_mark(place.checked_sub(1))) || (place + len + 1 < text.len() && is_mark(Some(place + len + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_of(text: &str, words: &str) -> Vec<bool> {
        let whole = Span::new(0, text.len());
        let spans = text.match_indices(words).map(|(at, _)| Span::new(at, at + words.len()));
        let own =
            |span: &Span| edge(text, span.start, span.start.checked_sub(1)) && edge(text, span.end, Some(span.end));
        let alerts: Vec<Alert> = spans.filter(own).map(|span| Alert { rule: 0, block: whole, span }).collect();
        told(text, &alerts)
    }

    #[test]
    fn letters_in_other_words_use_up_alerts() {
        assert_eq!(told_of("It may be and be.", "be"), [true, true]);
        assert_eq!(told_of("It may be because of what must be.", "be"), [true, true]);
        assert_eq!(told_of("Because it may be, it must be, be.", "be"), [true, true, true]);
        assert_eq!(told_of("It began because it may be, it must be, be.", "be"), [true, false, false]);
    }

    #[test]
    fn what_is_read_by_itself_is_looked_up_there() {
        let text = "It began as it may be. It must be.";
        let alert = |block: Span, at: usize| Alert { rule: 0, block, span: Span::new(at, at + 2) };
        let (one, two, whole) = (Span::new(0, 22), Span::new(23, 34), Span::new(0, 34));
        let alerts = [alert(one, 19), alert(two, 31), alert(whole, 19), alert(whole, 31)];
        assert_eq!(told(text, &alerts), [true, true, false, false]);
    }
}
