use jiff::ToSpan;
use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::lexicon::{Class, calendar};
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/relative-day",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/time-redundant"],
    page: include_str!("../../../rules/dates/relative-day.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        let tokens = &paragraph.facts.prose.tokens;
        let days = paragraph.facts.relative_days.iter().filter(|at| !tokens[**at].quoted);
        let days = days.filter_map(|at| {
            let ahead = detect(*at, paragraph)?;
            Some(beyond(*at, ahead, paragraph).unwrap_or((tokens[*at].span(), ahead)))
        });
        findings.extend(days.map(|(span, ahead)| describe(span, ahead, story.date, paragraph, index)));
    }
    findings
}

/// How many days after the story's own the word at `at` means, if it means a day.
fn detect(at: usize, paragraph: &Paragraph<'_>) -> Option<i64> {
    let (tokens, text) = (&paragraph.facts.prose.tokens, paragraph.text);
    let ahead = match tokens[at].of(text) {
        "yesterday" | "Yesterday" => -1,
        "today" | "Today" => 0,
        "tomorrow" | "Tomorrow" => 1,
        _ => return None,
    };
    let word = |at: Option<usize>| at.map_or("", |at| paragraph.token(at));
    let (before, after) = (at.checked_sub(1), Some(at + 1));
    let is = |at: Option<usize>, class| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.class.any(class));
    // "the world of tomorrow", "a better tomorrow", "today's leaders", the "Today" show
    let noun = is(before, Class::DETERMINER.with(Class::POSSESSIVE))
        || matches!(word(before), "of" | "for" | "than" | "as" | "like" | "born" | "until" | "not" | "better")
        || tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Possessive)
        || tokens[at].case == Case::Title
            && (!super::opens(at, paragraph) || tokens.get(at + 1).is_some_and(Token::is_proper));
    // "today" is nowadays more often than a day, but not beside the verb that tells what was done.
    let deed =
        |at: Option<usize>| is(at, Class::SPEECH) && (word(at).ends_with("ed") || matches!(word(at), "said" | "told"));
    let day = ahead != 0 || deed(before) || deed(after) || matches!(word(before), "earlier" | "later");
    (!noun && day && !is_contrast(at, paragraph)).then_some(ahead)
}

/// "The day after tomorrow" and "the day before yesterday", which end at `at`.
fn beyond(at: usize, ahead: i64, paragraph: &Paragraph<'_>) -> Option<(Span, i64)> {
    let first = at.checked_sub(3)?;
    let words = [first, first + 1, first + 2].map(|at| paragraph.token(at));
    let day = match ahead {
        1 => ["the", "day", "after"],
        -1 => ["the", "day", "before"],
        _ => return None,
    };
    let tokens = &paragraph.facts.prose.tokens;
    (words == day).then(|| (tokens[first].span().cover(tokens[at].span()), 2 * ahead))
}

/// Whether the sentence sets one such day against another: "What works today may not work tomorrow."
fn is_contrast(at: usize, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(index) = prose.sentence_at(prose.tokens[at].span().start) else { return false };
    let days = prose.tokens_of(&prose.sentences[index]).iter().map(|token| token.of(paragraph.text));
    let days =
        days.filter(|word| ["today", "yesterday", "tomorrow", "now"].iter().any(|day| day.eq_ignore_ascii_case(word)));
    days.count() > 1
}

fn describe(span: Span, ahead: i64, published: Option<Date>, paragraph: &Paragraph<'_>, index: usize) -> Finding {
    let (written, place) = (paragraph.phrase(span), Place::new(index, span));
    let finding =
        Finding::new(place, format!("“{written}” is another day for those who read it later. Name the weekday."));
    let day = published.and_then(|date| date.checked_add(ahead.days()).ok());
    let Some(name) = day.map(|day| calendar::weekday_name(day.weekday())) else { return finding };
    finding.mended_by(vec![Repair::offer(format!("Write “{name}”"), place, name)])
}
