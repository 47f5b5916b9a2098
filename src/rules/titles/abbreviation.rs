use crate::diagnostic::Severity;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::{Evidence, Mention};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/abbreviation",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &["titles/inconsistent"],
    page: include_str!("../../../rules/titles/abbreviation.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let found = paragraph.facts.mentions.iter().filter_map(|mention| detect(paragraph, mention));
    let finding = |(span, right): (Span, &'static str)| {
        let wrong = paragraph.words(span);
        let message = if right.len() < wrong.len() {
            format!("“{wrong}” is short before a name: “{right}”.")
        } else {
            format!("“{wrong}” is never short: write “{right}”.")
        };
        Finding::new(Place::here(span), message).mended_by(vec![Repair::safe(
            format!("Write “{right}”"),
            Place::here(span),
            right,
        )])
    };
    found.map(finding).collect()
}

/// The last words of a title before a name that the list has in the other form, and that form.
fn detect(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<(Span, &'static str)> {
    let (span, wrong, right) = other_form(paragraph, mention)?;
    paragraph.words(span).split_whitespace().eq(wrong.split(' ')).then_some((span, right))
}

/// The last words of a title before a name that the list has, in capitals or not; how the list writes them, and the
/// form that the house writes.
pub(super) fn other_form(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<(Span, &'static str, &'static str)> {
    let title = mention.title.filter(|_| !mention.after && mention.evidence == Evidence::Sure)?;
    let words = paragraph.words(title);
    let ends = |wrong: &str| {
        let before = wrong.rsplit(' ').try_fold(words, |rest, word| without_end(rest.trim_end(), word))?;
        let whole = before.is_empty() || before.ends_with(char::is_whitespace);
        whole.then(|| Span::new(title.start + before.len(), title.end))
    };
    let form = |wrong: &'static str, right: &'static str| Some((ends(wrong)?, wrong, right));
    let spelled = lexicon::spelled().iter().filter_map(|title| form(&title.short, &title.full));
    let shortened = lexicon::shortened().iter().filter_map(|title| form(&title.full, &title.short));
    // The longest: "Lieutenant Governor" before "Governor".
    let (span, wrong, right) = spelled.chain(shortened).max_by_key(|(span, ..)| span.len())?;
    // A trade representative or a bank's governor is another office.
    let other = mention.office.is_some_and(|held| held.span.start < span.start) || is_other_post(paragraph, span.start);
    (!other).then_some((span, wrong, right))
}

/// `text` without `word` at its end, in whatever case.
fn without_end<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (before, end) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
    end.eq_ignore_ascii_case(word).then_some(before)
}

/// Whether the words before make another post of the title, as in "Bank of Freedonia Governor".
fn is_other_post(paragraph: &Paragraph<'_>, start: usize) -> bool {
    const REACH: usize = 5;
    const SMALL: Class = Class::PREPOSITION.with(Class::DETERMINER);
    let tokens = &paragraph.facts.prose.tokens;
    let at = tokens.partition_point(|token| (token.end as usize) <= start);
    let before = tokens[at.saturating_sub(REACH)..at].iter().rev().enumerate();
    let mut name = before.take_while(|(nth, token)| {
        *nth == 0 || token.kind != Kind::Mark && (token.case != Case::Lower || token.class.any(SMALL))
    });
    name.any(|(_, token)| lexicon::other_post(token.of(paragraph.text)))
}
