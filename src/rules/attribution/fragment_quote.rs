use crate::diagnostic::Severity;
use crate::lexicon::{Class, is_plain};
use crate::prose::{Kind, Prose, Quotation};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::attribution::Act;
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::{Span, SpanSet};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/fragment-quote",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &["quotes/unbalanced"],
    page: include_str!("../../../rules/attribution/fragment-quote.md"),
    detect: Detect::Paragraph(check),
};

/// A quotation of more words says something.
const WORDS: usize = 2;

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    detect(paragraph).into_iter().map(|quotation| finding(paragraph, quotation)).collect()
}

/// A plain word or two between quotation marks within what is attributed in the reporter's words.
fn detect<'p>(paragraph: &Paragraph<'p>) -> Vec<&'p Quotation> {
    let facts = paragraph.facts;
    // "is deemed “normal”" is nobody's word.
    let spoken =
        facts.attributions.iter().filter(|attribution| attribution.act == Act::Speech && attribution.source.is_some());
    let attributed: SpanSet = spoken.flat_map(|attribution| attribution.content.iter().copied()).collect();
    let fragment = |quotation: &&Quotation| {
        let words = facts.prose.tokens_in(quotation.inner);
        // "It will “not” move": the marks are for stress.
        let stress = words.last().is_some_and(|last| last.class.any(Class::ADVERB.with(Class::DETERMINER)));
        quotation.close.is_some()
            && !stress
            && (1..=WORDS).contains(&words.len())
            && words.iter().all(|token| token.kind == Kind::Word && is_plain(token.of(paragraph.text)))
            && attributed.overlaps(quotation.outer())
            && within(&facts.prose, quotation.outer())
    };
    facts.prose.quotations.iter().filter(fragment).collect()
}

/// Whether the quotation stands inside a sentence of the reporter's: words come before it.
fn within(prose: &Prose, outer: Span) -> bool {
    let first = prose.sentence_at(outer.start).and_then(|at| prose.sentences.get(at));
    first.is_some_and(|sentence| sentence.span.start < outer.start && sentence.own_words > 2)
}

fn finding(paragraph: &Paragraph<'_>, quotation: &Quotation) -> Finding {
    let words = paragraph.phrase(quotation.inner);
    let place = Place::here(quotation.outer());
    Finding::new(place, describe(&words)).mended_by(vec![Repair::offer("Take out the quotation marks", place, words)])
}

fn describe(words: &str) -> String {
    format!(
        "Quotation marks around “{words}” make readers doubt it. Use the story's own words, or quote a whole thought."
    )
}
