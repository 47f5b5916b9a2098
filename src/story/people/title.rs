//! Titles that stand before a name.

use super::reader::Reader;
use super::{Held, Own};
use crate::lexicon::{self, Class, Offices, Tenure, Wording};
use crate::prose::Kind;
use crate::text::Span;

/// A title, as indices of tokens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Title {
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The offices it can word; none where the lexicon does not know it.
    pub ways: &'static [Wording],
    /// The house's own office that it words.
    pub own: Option<Wording>,
    /// What the word itself says of the time in office: "president-elect", "ex-president".
    pub tenure: Tenure,
}

const BEFORE: [(&str, Tenure); 4] =
    [("then-", Tenure::Past), ("ex-", Tenure::Past), ("former-", Tenure::Past), ("non-", Tenure::Coming)];
const AFTER: [&str; 3] = ["-elect", "-designate", "-nominate"];

/// A title word without what is hyphenated to it, and what that says.
fn plain(word: &str) -> (&str, Tenure) {
    for (prefix, tenure) in BEFORE {
        if let (Some(head), Some(rest)) = (word.get(..prefix.len()), word.get(prefix.len()..))
            && head.eq_ignore_ascii_case(prefix)
        {
            return (rest, tenure);
        }
    }
    for suffix in AFTER {
        if let Some(rest) = word.strip_suffix(suffix) {
            return (rest, Tenure::Coming);
        }
    }
    (word, Tenure::Now)
}

impl<'t> Reader<'t> {
    /// The title that starts at token `at`: the longest wording of an office, or a single title word.
    pub(super) fn title(&self, at: usize) -> Option<Title> {
        if self.kind(at) != Some(Kind::Word) {
            return None;
        }
        let words = self.tokens[at..].iter().take(Offices::LONGEST).take_while(|token| token.kind == Kind::Word);
        if let Some((len, own)) = self.own.longest(words.map(|token| token.of(self.text))) {
            return Some(Title { start: at, end: at + len, own: Some(own), ..Title::default() });
        }
        let word = self.word(at);
        let hyphen = word.contains('-');
        let (first, mut tenure) = if hyphen { plain(word) } else { (word, Tenure::Now) };
        // "then-Sen." is a word and a full stop to the tokenizer.
        let stopped = first.len() < word.len()
            && self.word(at + 1) == "."
            && self.tokens[at].end == self.tokens[at + 1].start
            && self.capital(at + 2);
        let class = if first.len() < word.len() {
            let class = lexicon::class_of(first);
            if stopped {
                class.with(lexicon::class_of(&self.text[self.offset(at, first)..=self.end(at)]))
            } else {
                class
            }
        } else {
            self.class(at)
        };
        if stopped && class.any(Class::TITLE) {
            let first = &self.text[self.offset(at, first)..=self.end(at)];
            let ways = lexicon::longest_office(std::iter::once(first)).map_or(&[][..], |(_, ways)| ways);
            return Some(Title { start: at, end: at + 2, ways, tenure, own: None });
        }
        if class.any(Class::OFFICE) {
            let rest = self.tokens[at + 1..].iter().take(8).take_while(|token| token.kind == Kind::Word);
            let words = std::iter::once(first).chain(rest.map(|token| plain(token.of(self.text)).0));
            if let Some((len, ways)) = lexicon::longest_office(words) {
                for token in &self.tokens[at + 1..at + len] {
                    if let (_, Tenure::Coming) = plain(token.of(self.text)) {
                        tenure = Tenure::Coming;
                    }
                }
                return Some(Title { start: at, end: at + len, ways, tenure, own: None });
            }
        }
        class.any(Class::TITLE).then_some(Title { start: at, end: at + 1, tenure, ..Title::default() })
    }

    /// The house's own office in a title whose words go back to the token `from`.
    pub(super) fn own(&self, title: Title, from: usize) -> Option<Own> {
        let way = title.own?;
        let mut tenures = (from..title.start).rev().filter_map(|at| lexicon::tenure(self.word(at)));
        let tenure = tenures.find(|tenure| *tenure != Tenure::Now).unwrap_or_default();
        let deputy = (from..title.start).any(|at| lexicon::deputy(self.word(at)));
        Some(Own { span: Span::new(self.start(title.start), self.end(title.end - 1)), way, deputy, tenure })
    }

    /// The office of a title whose words go back to the token `from`: "former U.S." and so on stand from there.
    pub(super) fn held(&self, title: Title, from: usize) -> Option<Held> {
        if title.ways.is_empty() {
            return None;
        }
        let mut tenure = title.tenure;
        let mut deputy = false;
        for at in from..title.start {
            tenure = match lexicon::tenure(self.word(at)) {
                Some(Tenure::Now) | None => tenure,
                Some(other) => other,
            };
            deputy |= lexicon::deputy(self.word(at));
        }
        // A president of a union or of FIFA is another office than the lexicon's.
        let of_body = title.start.checked_sub(1).is_some_and(|before| {
            before >= from && (self.class(before).any(Class::BODY.with(Class::THING)) || self.is_acronym(before))
                || self.kind(before) == Some(Kind::Possessive)
        });
        let generic = title.ways.iter().any(|way| lexicon::office(*way).generic);
        let of_company = matches!(self.word(title.end), "of" | "at" | "for");
        if generic && (of_body || of_company) {
            return None;
        }
        // "Deputy Director" is one office.
        let under = title.start.checked_sub(1).filter(|before| *before >= from && lexicon::deputy(self.word(*before)));
        let start = match under {
            Some(before) => self.start(before),
            None => self.offset(title.start, plain(self.word(title.start)).0),
        };
        Some(Held { span: Span::new(start, self.end(title.end - 1)), ways: title.ways, deputy, tenure })
    }

    fn is_acronym(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
    }

    /// Offset in the paragraph of `part`, the end of token `at` or all of it but a hyphenated ending.
    fn offset(&self, at: usize, part: &str) -> usize {
        let word = self.word(at);
        self.tokens[at].start as usize + word.find(part).unwrap_or(0)
    }
}
