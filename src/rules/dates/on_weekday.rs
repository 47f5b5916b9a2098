use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/on-weekday",
    level: Severity::Suggestion,
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/weekday-mismatch"],
    page: include_str!("../../../rules/dates/on-weekday.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let tokens = &paragraph.facts.prose.tokens;
    let days = tokens.iter().enumerate().filter(|(_, token)| token.class.any(Class::WEEKDAY));
    let needless = days.filter(|(at, _)| is_needless(*at, paragraph));
    needless.map(|(at, day)| describe(&tokens[at - 1], day, paragraph)).collect()
}

/// Whether "on" before the weekday at `at` could go, and the sentence still be read at once: not where it begins, and not
/// beside a name or a figure.
fn is_needless(at: usize, paragraph: &Paragraph<'_>) -> bool {
    let (tokens, text) = (&paragraph.facts.prose.tokens, paragraph.text);
    let Some(on) = at.checked_sub(1).filter(|on| tokens[*on].of(text) == "on") else { return false };
    let before = on.checked_sub(1).map(|before| &tokens[before]);
    let plain = before.is_some_and(|token| token.kind == Kind::Word && token.case == Case::Lower);
    let after = tokens.get(at + 1).is_none_or(|next| {
        matches!(next.kind, Kind::Mark | Kind::Quote)
            || next.class.any(Class::PREPOSITION.with(Class::CONJUNCTION))
            || matches!(next.of(text), "morning" | "afternoon" | "evening" | "night")
    });
    plain && after
}

fn describe(on: &Token, day: &Token, paragraph: &Paragraph<'_>) -> Finding {
    let span = on.span().cover(day.span());
    let name = day.of(paragraph.text);
    let cut = Span::new(on.start as usize, day.start as usize);
    Finding::new(
        Place::here(span),
        format!("“{}” can do without its “on” in the house’s copy: “{name}”.", paragraph.phrase(span)),
    )
    .mended_by(vec![Repair::offer("Cut “on”", Place::here(cut), "")])
}
