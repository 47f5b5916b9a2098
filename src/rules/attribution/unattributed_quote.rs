use super::offer;
use crate::diagnostic::Severity;
use crate::prose::{Kind, Quotation};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::sourcing::is_orphan;
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unattributed-quote",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &["quotes/unbalanced"],
    page: include_str!("../../../rules/attribution/unattributed-quote.md"),
    detect: Detect::Story(check),
};

/// A quotation of fewer words is a fragment, a title or a chant.
const WORDS: usize = 4;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story)
        .into_iter()
        .map(|(place, quotation)| Finding::new(place, describe()).mended_by(repair(story, place, quotation)))
        .collect()
}

fn detect<'s>(story: &Story<'s>) -> Vec<(Place, &'s Quotation)> {
    let mut found = Vec::new();
    for (index, (paragraph, sourcing)) in story.paragraphs.iter().zip(&story.sourcing).enumerate() {
        if !paragraph.is_copy() {
            continue;
        }
        let prose = &paragraph.facts.prose;
        for quotation in prose.quotations.iter().filter(|quotation| quotation.open.is_some()) {
            let inner = prose.tokens_in(quotation.inner).iter();
            if inner.filter(|token| token.kind == Kind::Word).count() >= WORDS
                && is_orphan(paragraph, sourcing, quotation.outer())
            {
                // One quotation of a paragraph without a speaker tells it of all.
                found.push((Place::new(index, quotation.outer()), quotation));
                break;
            }
        }
    }
    found
}

fn describe() -> String {
    "No one is named as the speaker of this quotation. Readers must know who said it: add the attribution.".into()
}

fn repair(story: &Story<'_>, place: Place, quotation: &Quotation) -> Vec<Repair> {
    let Some(close) = quotation.close else { return Vec::new() };
    let paragraph = &story.paragraphs[place.paragraph];
    offer::attribute(story, place.paragraph, |name| {
        offer::after_quotation(paragraph, place.paragraph, close.span, name)
    })
}
