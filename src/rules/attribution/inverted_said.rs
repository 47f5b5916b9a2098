use super::verbs::{self, Told};
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Form, VerbClass};
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/inverted-said",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/inverted-said.md"),
    detect: Detect::Paragraph(check),
};

/// Most words of a speaker who is no more than named.
const SHORT: usize = 2;

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    detect(paragraph).map(|(told, source)| finding(paragraph, &told, source)).collect()
}

/// "said Quill" after what she said, with nothing that describes her.
fn detect<'p>(paragraph: &'p Paragraph<'_>) -> impl Iterator<Item = (Told<'p>, Span)> {
    let prose = &paragraph.facts.prose;
    verbs::all(paragraph).filter_map(move |told| {
        let source = told.attribution.source?;
        let tokens = prose.tokens_in(source);
        let short = tokens.len() <= SHORT && tokens.iter().all(|token| token.kind == Kind::Word);
        let follows = prose.tokens.get(told.at + 1).is_some_and(|next| next.start as usize == source.start);
        // A story told with “says” may put it so throughout.
        let speech = told.verb.class != VerbClass::Thought && told.verb.form == Form::Past;
        let before = told.at.checked_sub(1).map(|at| &prose.tokens[at]);
        let said = before.is_some_and(|before| before.kind == Kind::Quote);
        // After a comma or "of" comes who she is; before another verb the name is its subject.
        let next = prose.tokens.get(prose.token_at(source.end));
        let described = next.is_some_and(|next| {
            [",", "("].contains(&next.of(paragraph.text))
                || next.class.any(Class::PREPOSITION.with(Class::SPEECH))
                || next.kind == Kind::Possessive
        });
        (short && follows && said && speech && !described).then_some((told, source))
    })
}

fn finding(paragraph: &Paragraph<'_>, told: &Told<'_>, source: Span) -> Finding {
    let place = Place::here(told.span.cover(source));
    let swapped = format!("{} {}", paragraph.phrase(source), paragraph.words(told.span));
    let message =
        format!("“{}” is stilted where nothing follows the name. Write “{swapped}”.", paragraph.phrase(place.span));
    Finding::new(place, message).mended_by(vec![Repair::offer(format!("Write “{swapped}”"), place, swapped)])
}
