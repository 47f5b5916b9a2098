use super::offer;
use crate::diagnostic::Severity;
use crate::prose::{Kind, Quotation};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::Evidence;
use crate::story::sourcing::is_orphan;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

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
/// How far into a sentence its subject's name may begin, in tokens.
const SUBJECT: usize = 4;

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
                && !led_in(paragraph, quotation)
                && !is_crosshead(paragraph, quotation)
                && !is_signed(paragraph, quotation)
            {
                // One quotation of a paragraph without a speaker tells it of all.
                found.push((Place::new(index, quotation.outer()), quotation));
                break;
            }
        }
    }
    found
}

/// Whether the sentence before the quotation is about somebody, who then is the one to speak: "Lee shrugged. “So what?”"
fn led_in(paragraph: &Paragraph<'_>, quotation: &Quotation) -> bool {
    let prose = &paragraph.facts.prose;
    let before = prose.sentence_at(quotation.outer().start).and_then(|at| prose.sentences.get(at.checked_sub(1)?));
    let Some(before) = before else { return false };
    let mut opening = prose.tokens_of(before).iter().take(SUBJECT).map(|token| token.of(paragraph.text));
    if opening.any(|word| ["he", "she"].iter().any(|pronoun| word.eq_ignore_ascii_case(pronoun))) {
        return true;
    }
    let mentions = &paragraph.facts.mentions;
    let first = mentions.partition_point(|named| named.span.start < before.span.start);
    mentions.get(first).is_some_and(|named| {
        let ahead = prose.tokens_in(Span::new(before.span.start, named.span.start));
        before.span.contains(named.span) && ahead.len() <= SUBJECT
    })
}

/// Whether a paragraph is no sentence but words lifted out of the copy, with no stop: a crosshead, or, before an ellipsis,
/// a caption.
fn is_crosshead(paragraph: &Paragraph<'_>, quotation: &Quotation) -> bool {
    let outer = quotation.outer();
    let rest = paragraph.text[outer.end..].trim_start();
    let lifted = rest.is_empty() || rest.starts_with('…') || rest.starts_with("...");
    paragraph.text[..outer.start].trim().is_empty()
        && lifted
        && quotation.close.is_some()
        && quotation.inner.of(paragraph.text).trim_end().ends_with(char::is_alphanumeric)
}

/// Whether a name without a sentence of its own stands under the quotation: "“…” Ann Lee, chief engineer at Acme".
fn is_signed(paragraph: &Paragraph<'_>, quotation: &Quotation) -> bool {
    let end = quotation.outer().end;
    let rest = paragraph.text[end..].trim();
    let next = paragraph.facts.mentions.partition_point(|named| named.span.start < end);
    paragraph.facts.mentions.get(next).is_some_and(|named| {
        named.evidence > Evidence::Bare
            && paragraph.text[end..named.span.start].trim().is_empty()
            && !rest.ends_with(['.', '!', '?', '”', '"'])
    })
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
