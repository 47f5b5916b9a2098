use crate::lexicon::Class;
use crate::prose::{Case, Kind, Prose, Sentence, Token};
use crate::text::Span;

/// A sentence, seen as its tokens. Indices are of the sentence.
#[derive(Clone, Copy)]
pub(super) struct Clause<'p> {
    pub(super) text: &'p str,
    pub(super) prose: &'p Prose,
    /// Index of the sentence in its paragraph.
    pub(super) sentence: usize,
    pub(super) tokens: &'p [Token],
}

impl<'p> Clause<'p> {
    /// The sentence with that index, from the byte at `opening` on.
    pub(super) fn new(text: &'p str, prose: &'p Prose, index: usize, sentence: &Sentence, opening: usize) -> Self {
        let tokens = prose.tokens_of(sentence);
        let first = tokens.partition_point(|token| (token.start as usize) < opening);
        Self { text, prose, sentence: index, tokens: &tokens[first..] }
    }

    pub(super) fn get(&self, index: usize) -> Option<&'p Token> {
        self.tokens.get(index)
    }

    pub(super) fn word(&self, index: usize) -> &'p str {
        self.get(index).map_or("", |token| token.of(self.text))
    }

    pub(super) fn is(&self, index: usize, class: Class) -> bool {
        self.get(index).is_some_and(|token| token.class.any(class))
    }

    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.get(index).map(|token| token.kind)
    }

    /// Whether the word is any of `words`, which are in lower case.
    pub(super) fn any(&self, index: usize, words: &[&str]) -> bool {
        let word = self.word(index);
        words.iter().any(|other| word.eq_ignore_ascii_case(other))
    }

    pub(super) fn is_comma(&self, index: usize) -> bool {
        self.word(index) == ","
    }

    /// Whether the token is a comma or ends a sentence.
    pub(super) fn stops(&self, index: usize) -> bool {
        matches!(self.word(index), "," | "." | "?" | "!" | "…" | "...")
    }

    /// Whether the token is capitalised like a name, and not merely because it opens the sentence.
    pub(super) fn is_proper(&self, index: usize) -> bool {
        let Some(token) = self.get(index) else { return false };
        if token.kind != Kind::Word || !matches!(token.case, Case::Title | Case::Upper) {
            return false;
        }
        let never = Class::PRONOUN.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::WEEKDAY);
        let month = token.class.any(Class::MONTH) && !token.class.any(Class::GIVEN);
        // What opens a sentence has its capital from there, unless another capital follows: "Police Chief Lee".
        let common = Class::OPENER.with(Class::COMMON).with(Class::PREPOSITION);
        let noun = Class::ROLE.with(Class::BODY).with(Class::DOCUMENT).with(Class::VAGUE).with(Class::UNNAMED);
        let named = || self.get(1).is_some_and(|next| matches!(next.case, Case::Title | Case::Upper));
        let opens = index == 0 && (token.class.any(common) || token.class.any(noun) && !named());
        !token.class.any(never) && !month && !opens
    }

    /// Whether the token ends a clause: a comma, dash, semicolon, colon, bracket or quotation mark.
    pub(super) fn is_break(&self, index: usize) -> bool {
        match self.kind(index) {
            Some(Kind::Quote) | None => true,
            Some(Kind::Mark) => !matches!(self.word(index), "&" | "%" | "$" | "£" | "€" | "/" | "+"),
            _ => false,
        }
    }

    /// The bytes from one token to another, both included.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.tokens[first].start as usize, self.tokens[last].end as usize)
    }

    /// The first and the last token in some bytes.
    pub(super) fn tokens_in(&self, span: Span) -> Option<(usize, usize)> {
        let before = |end: usize| self.tokens.partition_point(|token| (token.start as usize) < end);
        let (first, last) = (before(span.start), before(span.end).checked_sub(1)?);
        (first <= last).then_some((first, last))
    }

    /// The index after the sentence's last word: its final stop is left out.
    pub(super) fn end(&self) -> usize {
        let stops = |token: &&Token| token.kind == Kind::Mark && matches!(token.of(self.text), "." | "!" | "?" | ";");
        self.tokens.len() - self.tokens.iter().rev().take_while(stops).count()
    }

    /// The nearest index at or before `index` whose token is not an adverb.
    pub(super) fn skip_adverbs_back(&self, index: usize) -> usize {
        let mut at = index;
        while at > 0 && self.is(at, Class::ADVERB) && !self.is(at, Class::CONJUNCTION) && !self.is_proper(at) {
            at -= 1;
        }
        at
    }
}
