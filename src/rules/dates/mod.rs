//! Days, months and hours. What stands in the dateline is the dateline rules' business.

pub(super) mod clock_zone;
pub(super) mod decade;
pub(super) mod impossible;
pub(super) mod month_form;
pub(super) mod noon_midnight;
pub(super) mod numeric;
pub(super) mod on_weekday;
pub(super) mod order;
pub(super) mod ordinal;
pub(super) mod publication_date;
pub(super) mod relative_day;
pub(super) mod time_form;
pub(super) mod time_redundant;
pub(super) mod weekday_form;
pub(super) mod weekday_mismatch;
pub(super) mod weekday_or_date;
pub(super) mod year_commas;

use jiff::civil::Date;

use crate::lexicon::Class;
use crate::prose::{Case, Kind, Token};
use crate::story::dates::{Mention, nearest};
use crate::story::{Paragraph, times};
use crate::text::Span;

/// The dates of a paragraph, but for the dateline's.
fn mentions<'s>(paragraph: &Paragraph<'s>) -> impl Iterator<Item = &'s Mention> {
    let start = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    paragraph.facts.dates.iter().filter(move |mention| mention.span.start >= start)
}

/// The dates that begin in `span`, but for the dateline's.
fn mentions_in<'s>(paragraph: &Paragraph<'s>, span: Span) -> &'s [Mention] {
    let start = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end).max(span.start);
    let from = |offset: usize| paragraph.facts.dates.partition_point(|mention| mention.span.start < offset);
    paragraph.facts.dates.get(from(start)..from(span.end)).unwrap_or_default()
}

/// The token before the one that begins at `start`.
fn before<'s>(paragraph: &Paragraph<'s>, start: usize) -> Option<&'s Token> {
    let tokens = &paragraph.facts.prose.tokens;
    tokens.get(paragraph.facts.prose.token_at(start).checked_sub(1)?)
}

/// The word before the one that begins at `start`; "" if there is none.
fn word_before<'s>(paragraph: &Paragraph<'s>, start: usize) -> &'s str {
    paragraph.facts.prose.token_at(start).checked_sub(1).map_or("", |at| paragraph.token(at))
}

/// The token after the one that ends at `end`.
fn after<'s>(paragraph: &Paragraph<'s>, end: usize) -> Option<&'s Token> {
    let prose = &paragraph.facts.prose;
    prose.tokens.get(prose.token_at(end.saturating_sub(1)) + 1)
}

/// Whether what follows the words that end at `end` can follow a date, and is not what the figure counts.
fn is_followed(paragraph: &Paragraph<'_>, end: usize) -> bool {
    after(paragraph, end).is_none_or(|token| {
        matches!(token.kind, Kind::Mark | Kind::Quote) && token.of(paragraph.text) != "-"
            || token.class.any(Class::PREPOSITION.with(Class::CONJUNCTION))
    })
}

/// Whether month and figure are a date of the story's own, and neither count nor name: "In August 20 people died",
/// "the September 11 Memorial".
fn is_date(mention: &Mention, paragraph: &Paragraph<'_>) -> bool {
    let Some((_, day)) = mention.day else { return false };
    if mention.year.is_some() {
        return true;
    }
    let last = if mention.day_first { mention.month.1 } else { day };
    let counts = !mention.day_first
        && matches!(
            word_before(paragraph, mention.month.1.start),
            "in" | "In" | "last" | "next" | "this" | "This" | "every" | "each"
        );
    let named = after(paragraph, last.end)
        .is_some_and(|token| token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Upper));
    !counts && !named
}

/// Whether a month stands in capitals: in a headline or a table, where other rules hold, or as another word, as in "an APR
/// 12 points higher".
fn is_shouted(month: &str) -> bool {
    !month.contains(|c: char| c.is_lowercase())
}

/// The ordinal's ending of a day of the month: the "th" of "6th".
fn ordinal(paragraph: &Paragraph<'_>, day: Span) -> Option<Span> {
    let rest = paragraph.text.get(day.end..)?;
    let ending = ["st", "nd", "rd", "th"].into_iter().find(|ending| rest.starts_with(ending))?;
    let ends = !rest[ending.len()..].starts_with(char::is_alphanumeric);
    ends.then(|| Span::new(day.end, day.end + ending.len()))
}

/// Whether the sentence ends with the words that end at `end`, closing marks aside: their full stop is its own.
fn ends_sentence(paragraph: &Paragraph<'_>, end: usize) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(sentence) = prose.sentence_at(end.saturating_sub(1)).map(|index| &prose.sentences[index]) else {
        return false;
    };
    let rest = prose.tokens_in(Span::new(end, sentence.span.end.max(end)));
    rest.iter().all(|token| token.kind == Kind::Quote || matches!(token.of(paragraph.text), ")" | "]"))
}

/// Whether the word at `at` opens its sentence, and has its capital from there.
fn opens(at: usize, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentence_at(prose.tokens[at].span().start).map(|index| &prose.sentences[index]);
    sentence.is_none_or(|sentence| sentence.tokens.start as usize == at)
}

/// Whether the sentence goes on with a word right after `end`, and no mark divides the two.
fn goes_on(paragraph: &Paragraph<'_>, end: usize) -> bool {
    after(paragraph, end).is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Number))
}

/// The day that a mention names, where that is sure: by its year or by the story's own date.
fn date_of(mention: &Mention, paragraph: &Paragraph<'_>, published: Option<Date>) -> Option<Date> {
    match mention.year {
        // The calendar was another one before.
        Some((year, _)) => mention.date().filter(|_| year > 1752),
        None => this_year(mention, paragraph, published?),
    }
}

/// The date that a mention without a year means, where that is sure: it is near the story's own, and the sentence
/// tells of no other year.
fn this_year(mention: &Mention, paragraph: &Paragraph<'_>, published: Date) -> Option<Date> {
    near(mention, published).filter(|_| years(mention, paragraph).next().is_none())
}

/// The date that a mention without a year means if it means one near the story's own.
fn near(mention: &Mention, published: Date) -> Option<Date> {
    const NEAR: i32 = 90;
    let date = nearest(mention.month.0, mention.day?.0, published)?;
    ((date - published).get_days().abs() <= NEAR).then_some(date)
}

/// The years that the sentence of a mention tells of.
fn years<'p>(mention: &Mention, paragraph: &'p Paragraph<'_>) -> impl Iterator<Item = i16> + 'p {
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentence_at(mention.span.start).and_then(|at| prose.sentences.get(at));
    let tokens = sentence.map_or(&[][..], |sentence| prose.tokens_of(sentence));
    tokens.iter().filter_map(|token| year(token.of(paragraph.text)))
}

/// The year of this century or the last that a word looks like, also as the first of two: "2019", "2019-20", "1980s".
fn year(word: &str) -> Option<i16> {
    let (year, rest) = word.split_at_checked(4)?;
    let century = year.starts_with("19") || year.starts_with("20");
    let ends = !rest.starts_with(|next: char| next.is_ascii_digit() || matches!(next, ',' | '.'));
    year.parse().ok().filter(|_| century && ends)
}

/// The times of a paragraph, unless it is no more than the stamp of an update.
fn times<'s>(paragraph: &Paragraph<'s>) -> &'s [times::Mention] {
    match paragraph.facts.times.as_slice() {
        [only] if only.span.len() + ":".len() >= paragraph.text.trim().len() => &[],
        times => times,
    }
}
