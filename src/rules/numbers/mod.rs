//! How numbers are written. What they are of, the story has read.

pub(super) mod age;
pub(super) mod grouping;
pub(super) mod magnitude;
pub(super) mod money;
pub(super) mod ordinal_word;
pub(super) mod percent;
pub(super) mod percentage_points;
pub(super) mod sentence_start;
pub(super) mod threshold;

use crate::lexicon::numbers::leads_to_year;
use crate::lexicon::quantities::currency_before;
use crate::prose::{Case, Kind, Token};
use crate::story::Paragraph;
use crate::story::quantities::{Figure, Quantity};
use crate::text::Span;

/// The quantities of a paragraph, but for what stands in its dateline or inside quotation marks.
fn quantities<'s>(paragraph: &Paragraph<'s>) -> impl Iterator<Item = &'s Quantity> {
    let facts = paragraph.facts;
    let start = facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    let own = move |quantity: &&Quantity| {
        quantity.span.start >= start && facts.prose.tokens.get(quantity.tokens.start).is_some_and(|token| !token.quoted)
    };
    facts.quantities.iter().filter(own)
}

/// The quantities of the sentence that one of them stands in. No sentence is so long that looking at all of them for each
/// would take long.
fn neighbors<'s>(paragraph: &Paragraph<'s>, quantity: &Quantity) -> impl Iterator<Item = &'s Quantity> {
    let facts = paragraph.facts;
    let sentence = facts.prose.sentence_at(quantity.span.start).map(|index| facts.prose.sentences[index].span);
    let sentence = sentence.unwrap_or_default();
    let first = facts.quantities.partition_point(|other| other.span.start < sentence.start);
    facts.quantities[first..].iter().take_while(move |other| other.span.start < sentence.end)
}

/// Whether the quantity opens a sentence, where numbers stand in words.
fn opens(paragraph: &Paragraph<'_>, quantity: &Quantity) -> bool {
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentence_at(quantity.span.start).map(|index| &prose.sentences[index]);
    sentence.is_none_or(|sentence| {
        let first = sentence.tokens.start as usize;
        quantity.tokens.start == first || quantity.tokens.start == first + 1 && prose.tokens[first].kind == Kind::Quote
    })
}

/// The token at `at`, and whether it is a plain word in lower case.
fn is_lower(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.facts.prose.tokens.get(at).is_some_and(|token| token.kind == Kind::Word && token.case == Case::Lower)
}

/// Whether the token at `at` is written as a name is.
fn is_name(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.facts.prose.tokens.get(at).is_some_and(Token::is_proper)
}

/// Whether the quantity stands in a sentence that ends and has words enough, and not in a recipe, a table or a headline.
fn is_prose(paragraph: &Paragraph<'_>, quantity: &Quantity) -> bool {
    const SHORTEST: u32 = 5;
    /// Words in lower case to each figure that is not a date's; a table or a list has fewer.
    const WORDS: usize = 2;
    let prose = &paragraph.facts.prose;
    let Some(sentence) = prose.sentence_at(quantity.span.start).map(|index| &prose.sentences[index]) else {
        return false;
    };
    let tokens = prose.tokens_of(sentence);
    let last = tokens.iter().rev().find(|token| token.kind != Kind::Quote);
    let last = last.map_or("", |token| token.of(paragraph.text));
    let dated = |token: &Token| paragraph.facts.dates.iter().any(|date| date.span.overlaps(token.span()));
    let figures = tokens.iter().filter(|token| token.kind == Kind::Number && !dated(token)).count();
    let words = tokens.iter().filter(|token| token.kind == Kind::Word && token.case == Case::Lower).count();
    last.ends_with(['.', '!', '?', '…']) && sentence.own_words >= SHORTEST && words >= WORDS * figures
}

/// Whether the token at `at` is a currency's sign.
fn is_sign(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let sign = paragraph.token(at);
    currency_before(sign).is_some_and(|(_, len)| len == sign.len())
}

/// The token before the quantity, if there is one.
fn before<'s>(paragraph: &Paragraph<'s>, quantity: &Quantity) -> &'s str {
    quantity.tokens.start.checked_sub(1).map_or("", |at| paragraph.token(at))
}

/// Whether the figure is a year that what follows has nothing to do with: "In 2020 weeks of talks began", "$3 in 1990
/// dollars".
fn is_year(paragraph: &Paragraph<'_>, quantity: &Quantity) -> bool {
    let written = paragraph.words(quantity.figure.span);
    let year = written.len() == 4 && quantity.figure.value.whole().is_some_and(|value| (1900..2100).contains(&value));
    // "below 2005 levels"
    let led = match quantity.hedge {
        Some((_, hedge)) => leads_to_year(paragraph.words(hedge)),
        None => leads_to_year(before(paragraph, quantity)),
    };
    year && quantity.sign.is_none() && led
}

/// The figures of a quantity: one, or the two of a range.
fn figures(quantity: &Quantity) -> impl Iterator<Item = Figure> {
    std::iter::once(quantity.figure).chain(quantity.to)
}

/// The last figure of a quantity with its magnitude.
fn last_figure(quantity: &Quantity) -> Span {
    let last = quantity.to.unwrap_or(quantity.figure);
    last.magnitude.map_or(last.span, |magnitude| last.span.cover(magnitude))
}
