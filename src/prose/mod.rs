//! One paragraph as language: tokens, sentences, quotations. Pure, and all offsets are relative to the paragraph.

mod quotation;
mod sentence;
mod token;

pub use quotation::{Mark, Quotation};
pub use sentence::Sentence;
pub use token::{Case, Kind, Token, span};

use crate::lexicon::Class;
use crate::text::Span;

/// A paragraph's tokens, sentences and quotations.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// In order, without gaps other than white space.
    pub tokens: Vec<Token>,
    /// In order; every token is in exactly one.
    pub sentences: Vec<Sentence>,
    /// In order; no two share a byte.
    pub quotations: Vec<Quotation>,
    /// The quotations that stand inside one of them, in order.
    pub nested: Vec<Quotation>,
}

impl Prose {
    /// Reads a paragraph.
    pub fn read(text: &str) -> Self {
        let mut tokens = token::tokenize(text);
        let quotation::Quotations { outer: quotations, nested } = quotation::pair(text, &mut tokens);
        let sentences = sentence::split(text, &tokens);
        Self { tokens, sentences, quotations, nested }
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// The index of the sentence that the byte at `offset` stands in or, between sentences, of the one before it.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= offset).checked_sub(1)
    }

    /// The index of the first token that ends after `offset`.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.end as usize <= offset)
    }

    /// The tokens that begin in `span`.
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let from = |offset: usize| self.tokens.partition_point(|token| (token.start as usize) < offset);
        &self.tokens[from(span.start)..from(span.end.max(span.start))]
    }

    /// The quotations that share a byte with `span`, in order.
    pub fn quotations_in(&self, span: Span) -> impl Iterator<Item = &Quotation> {
        let first = self.quotations.partition_point(|quotation| quotation.outer().end <= span.start);
        let near = self.quotations[first..].iter().take_while(move |quotation| quotation.outer().start < span.end);
        near.filter(move |quotation| quotation.outer().overlaps(span))
    }

    /// Whether any of `span` stands inside quotation marks.
    pub fn quoted(&self, span: Span) -> bool {
        self.quotations_in(span).next().is_some()
    }

    /// Whether `token` is of any of the classes.
    pub fn is(&self, token: usize, class: Class) -> bool {
        self.tokens.get(token).is_some_and(|token| token.class.any(class))
    }
}

/// Whether every word has a capital, but those that have none in a headline either.
pub fn capitalised(tokens: &[Token]) -> bool {
    const SMALL: Class = Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::DETERMINER);
    let mut words = tokens.iter().filter(|token| token.kind == Kind::Word);
    words.all(|token| token.case != Case::Lower || token.class.any(SMALL))
}
