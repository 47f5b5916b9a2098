//! The verbs of a paragraph's attributions, and "said" in their place.

use crate::lexicon::{Form, Verb, verb};
use crate::rules::rule::Repair;
use crate::story::{Paragraph, Place};
use crate::text::Span;

/// The verb of each attribution, and where it stands.
pub(super) fn of_attributions(paragraph: &Paragraph<'_>) -> impl Iterator<Item = (Span, Verb)> {
    let cues = paragraph.facts.attributions.iter().flat_map(|attribution| &attribution.cue);
    cues.filter_map(|cue| {
        let words = paragraph.facts.prose.tokens_in(*cue).iter();
        words.filter_map(|token| Some((token.span(), verb(token.of(paragraph.text))?))).next()
    })
}

/// Offers "said" in the verb's form; "told" where whom it was said to follows ("admitted to police that").
pub(super) fn say(paragraph: &Paragraph<'_>, span: Span, verb: Verb) -> Vec<Repair> {
    let to = paragraph.text[span.end..].starts_with(" to ");
    let said = match (verb.form, to) {
        (Form::Past | Form::Participle, false) => "said",
        (Form::Past | Form::Participle, true) => "told",
        (Form::Third, false) => "says",
        (Form::Third, true) => "tells",
        (Form::Base, false) => "say",
        (Form::Base, true) => "tell",
        (Form::Gerund, false) => "saying",
        (Form::Gerund, true) => "telling",
    };
    let end = if to { span.end + " to".len() } else { span.end };
    vec![Repair::offer(format!("Write “{said}”"), Place::here(Span::new(span.start, end)), said)]
}
