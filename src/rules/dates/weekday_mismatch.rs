use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use rustc_hash::FxHashMap;

use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::lexicon::calendar::{self, weekday_name};
use crate::prose::{Kind, Sentence};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::dates::Mention;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/weekday-mismatch",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/dates/weekday-mismatch.md"),
    detect: Detect::Story(check),
};

/// A date, and the weekday that is said to be its own.
#[derive(Clone, Copy)]
struct Pair<'s> {
    mention: &'s Mention,
    said: Weekday,
    weekday: Span,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut earlier: FxHashMap<(i8, i8), (Place, Weekday)> = FxHashMap::default();
    for (index, paragraph) in story.paragraphs.iter().enumerate().filter(|(_, it)| !it.facts.dates.is_empty()) {
        for pair in pairs(paragraph) {
            if let Some(date) = date(&pair, paragraph, story.date) {
                findings.extend((date.weekday() != pair.said).then(|| describe(&pair, date, paragraph, index)));
            } else if let Some(key) = undated(pair.mention, paragraph) {
                let place = Place::new(index, pair.mention.span);
                let (first, said) = *earlier.entry(key).or_insert((place, pair.said));
                findings.extend((said != pair.said).then(|| contradiction(&pair, first, said, paragraph, index)));
            }
        }
    }
    findings
}

/// The day that a date names, where that is sure. One without a year is the story's own year's, unless its weekday is
/// right in a year that the sentence names, or in the next, into which a season or a term may run.
fn date(pair: &Pair<'_>, paragraph: &Paragraph<'_>, published: Option<Date>) -> Option<Date> {
    let mention = pair.mention;
    if mention.year.is_some() {
        return super::date_of(mention, paragraph, published);
    }
    let date = super::near(mention, published?)?;
    let right_in = |year: i16| {
        let day = Date::new(year, mention.month.0, date.day());
        day.is_ok_and(|day| day.weekday() == pair.said)
    };
    let other = super::years(mention, paragraph).any(|year| right_in(year) || right_in(year + 1));
    (!other).then_some(date)
}

/// The weekdays and dates of a paragraph that are surely one day: side by side, or in a sentence that says so of the one
/// before.
fn pairs<'s>(paragraph: &Paragraph<'s>) -> Vec<Pair<'s>> {
    let beside = super::mentions(paragraph).filter(|mention| !mention.range);
    let beside = beside.filter_map(|mention| mention.weekday.map(|(said, weekday)| Pair { mention, said, weekday }));
    let sentences = paragraph.facts.prose.sentences.windows(2);
    beside.chain(sentences.filter_map(|pair| across(&pair[0], &pair[1], paragraph))).collect()
}

/// "It opened on Dec. 6, 2022. It was a Tuesday." "The vote is on Tuesday. That is Dec. 6."
fn across<'s>(first: &Sentence, second: &Sentence, paragraph: &Paragraph<'s>) -> Option<Pair<'s>> {
    let (prose, text) = (&paragraph.facts.prose, paragraph.text);
    let tokens = prose.tokens_of(second);
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    if !matches!(word(0), "It" | "That" | "This") || !matches!(word(1), "is" | "was" | "’s" | "'s") {
        return None;
    }
    let at = 2 + usize::from(word(2) == "a");
    let token = tokens.get(at)?;
    let before = super::mentions_in(paragraph, first.span);
    let mut weekdays = prose.tokens_of(first).iter().filter(|token| token.class.any(Class::WEEKDAY));
    if token.class.any(Class::WEEKDAY) {
        let ends = tokens.get(at + 1).is_none_or(|next| matches!(next.kind, Kind::Mark | Kind::Quote));
        let [mention] = before else { return None };
        let only = ends && !mention.range && mention.day.is_some() && weekdays.next().is_none();
        let said = calendar::weekday(token.of(text)).filter(|_| only)?;
        return Some(Pair { mention, said, weekday: token.span() });
    }
    let mention = super::mentions_in(paragraph, token.span()).first()?;
    let weekday = weekdays.next()?;
    let only = weekdays.next().is_none() && before.is_empty();
    let bare = mention.weekday.is_none() && mention.day.is_some() && !mention.range;
    let said = calendar::weekday(weekday.of(text)).filter(|_| only && bare)?;
    Some(Pair { mention, said, weekday: weekday.span() })
}

/// Month and day of a date without a year in a sentence that tells of no other year.
fn undated(mention: &Mention, paragraph: &Paragraph<'_>) -> Option<(i8, i8)> {
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentences.get(prose.sentence_at(mention.span.start)?)?;
    let year = |word: &str| super::year(word).is_some() || matches!(word, "year" | "years" | "anniversary");
    let other = prose.tokens_of(sentence).iter().any(|token| year(token.of(paragraph.text)));
    (mention.year.is_none() && !other).then_some((mention.month.0, mention.day?.0))
}

/// The date as messages name it, in the order of the draft.
fn shown(mention: &Mention, paragraph: &Paragraph<'_>) -> String {
    let month = paragraph.words(mention.month.1);
    let day = mention.day.map_or(0, |(day, _)| day);
    if mention.day_first { format!("{day} {month}") } else { format!("{month} {day}") }
}

fn describe(pair: &Pair<'_>, date: Date, paragraph: &Paragraph<'_>, index: usize) -> Finding {
    let (day, year) = (shown(pair.mention, paragraph), date.year());
    let (right, said) = (weekday_name(date.weekday()), weekday_name(pair.said));
    let commas = if pair.mention.day_first { format!("{day} {year} is") } else { format!("{day}, {year}, is") };
    Finding::new(
        Place::new(index, pair.mention.span.cover(pair.weekday)),
        format!("{commas} a {right}, not a {said}. Readers will go by one or the other: check which is right."),
    )
    .mended_by(repairs(pair, date, index))
}

/// One date with two weekdays, of which one must be wrong whatever the year.
fn contradiction(pair: &Pair<'_>, first: Place, said: Weekday, paragraph: &Paragraph<'_>, index: usize) -> Finding {
    let (day, here, there) = (shown(pair.mention, paragraph), weekday_name(pair.said), weekday_name(said));
    let finding = Finding::new(
        Place::new(index, pair.mention.span.cover(pair.weekday)),
        format!(
            "{day} is a {here} here and a {there} before. Readers will go by one or the other: check which is right."
        ),
    );
    let repair = Repair::offer(format!("Write “{there}”"), Place::new(index, pair.weekday), there);
    Finding { related: vec![(first, format!("A {there} here"))], ..finding.mended_by(vec![repair]) }
}

/// The right weekday; then the nearest days that are such a weekday; then the year next to it in which the day is.
fn repairs(pair: &Pair<'_>, date: Date, index: usize) -> Vec<Repair> {
    let Pair { mention, said, weekday } = *pair;
    let offer = |span, text: String| Repair::offer(format!("Write “{text}”"), Place::new(index, span), text);
    let weekday = offer(weekday, weekday_name(date.weekday()).to_owned());
    let mut days: Vec<i64> = (-6..=6).collect();
    days.sort_by_key(|days| days.abs());
    let days = days.into_iter().filter_map(|days| {
        let day = date.checked_add(days.days()).ok()?;
        let (_, span) = mention.day?;
        (day.weekday() == said && day.month() == date.month()).then(|| offer(span, day.day().to_string()))
    });
    let years = [-1, 1].into_iter().filter_map(|years| {
        let (year, span) = mention.year?;
        let moved = Date::new(year + years, date.month(), date.day()).ok()?;
        (moved.weekday() == said).then(|| offer(span, moved.year().to_string()))
    });
    std::iter::once(weekday).chain(days).chain(years).collect()
}
