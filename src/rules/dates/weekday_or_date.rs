use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::lexicon::{Class, calendar};
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::dates::Mention;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/weekday-or-date",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/impossible", "dates/order", "dates/weekday-mismatch"],
    page: include_str!("../../../rules/dates/weekday-or-date.md"),
    detect: Detect::Story(check),
};

/// How many days before and after the story's own a weekday alone is clear.
const CLEAR: i32 = 6;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let Some(published) = story.date else { return Vec::new() };
    let mut findings = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        let near =
            super::mentions(paragraph).filter_map(|mention| Some((mention, detect(mention, paragraph, published)?)));
        findings.extend(near.map(|(mention, date)| describe(mention, date, paragraph, index)));
    }
    findings
}

/// The day of a date that a weekday alone would tell.
fn detect(mention: &Mention, paragraph: &Paragraph<'_>, published: Date) -> Option<Date> {
    let (day, _) = mention.day?;
    if mention.weekday.is_some() || mention.range || mention.year.is_some() || calendar::is_named(mention.month.0, day)
    {
        return None;
    }
    let date = super::date_of(mention, paragraph, Some(published))?;
    let near = (date - published).get_days().abs() <= CLEAR && date != published;
    (near && is_adverb(mention, paragraph)).then_some(date)
}

/// Whether the date tells when, and is no part of a name or of a span of days: "the Dec. 6 vote", "from Dec. 6".
fn is_adverb(mention: &Mention, paragraph: &Paragraph<'_>) -> bool {
    let before = super::before(paragraph, mention.span.start);
    let led = before.is_none_or(|token| {
        let word = token.of(paragraph.text);
        let held = token.class.any(Class::DETERMINER.with(Class::POSSESSIVE)) || token.kind == Kind::Possessive;
        !held
            && !matches!(
                word,
                "from"
                    | "From"
                    | "between"
                    | "dated"
                    | "of"
                    | "to"
                    | "and"
                    | "through"
                    | "("
                    | ","
                    | ":"
                    | "-"
                    | "–"
                    | "—"
                    | "published"
                    | "Published"
            )
    });
    // "the Friday after Dec. 6", "the week before Dec. 6"
    let counted = before.is_some_and(|token| matches!(token.of(paragraph.text), "after" | "before")) && {
        let at = paragraph.facts.prose.token_at(mention.span.start);
        let from = at.checked_sub(2).and_then(|at| paragraph.facts.prose.tokens.get(at));
        from.is_some_and(|token| {
            token.class.any(Class::WEEKDAY)
                || matches!(token.of(paragraph.text), "day" | "days" | "week" | "weeks" | "morning" | "night")
        })
    };
    // "March 2 through Friday, March 6"
    let opens = super::after(paragraph, mention.span.end)
        .is_some_and(|next| matches!(next.of(paragraph.text), "to" | "through" | "until" | "till" | "-" | "–"));
    led && !counted && !opens && super::is_followed(paragraph, mention.span.end) && super::is_date(mention, paragraph)
}

fn describe(mention: &Mention, date: Date, paragraph: &Paragraph<'_>, index: usize) -> Finding {
    let (weekday, place) = (calendar::weekday_name(date.weekday()), Place::new(index, mention.span));
    let written = paragraph.phrase(mention.span);
    Finding::new(
        place,
        format!("“{written}” is within a week of the story, where the house gives the weekday alone: “{weekday}”."),
    )
    .mended_by(vec![Repair::offer(format!("Write “{weekday}”"), place, weekday)])
}
