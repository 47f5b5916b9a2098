use crate::diagnostic::Severity;
use crate::lexicon::{Form, Verb, VerbClass, verb};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/loaded-verb",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/loaded-verb.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(span, verb): (Span, Verb)| {
        Finding::new(Place::here(span), describe(paragraph.words(span), verb)).mended_by(repair(paragraph, span, verb))
    };
    detect(paragraph).into_iter().map(finding).collect()
}

/// The verbs of attributions that judge or dramatise.
fn detect(paragraph: &Paragraph<'_>) -> Vec<(Span, Verb)> {
    let prose = &paragraph.facts.prose;
    let cues = paragraph.facts.attributions.iter().flat_map(|attribution| &attribution.cue);
    let verbs = cues.filter_map(|cue| {
        prose.tokens_in(*cue).iter().find_map(|token| {
            let verb = verb(token.of(paragraph.text))?;
            matches!(verb.class, VerbClass::Loaded | VerbClass::Doubt | VerbClass::Guilt)
                .then_some((token.span(), verb))
        })
    });
    verbs.collect()
}

fn describe(words: &str, verb: Verb) -> String {
    match verb.class {
        VerbClass::Doubt => format!("“{words}” tells readers to doubt the speaker. “Said” is fair to both."),
        VerbClass::Guilt => {
            format!("“{words}” tells readers there was something to own up to. Unless there was, write “said”.")
        }
        _ => format!("“{words}” colours what was said. Let the words do it: write “said”."),
    }
}

fn repair(paragraph: &Paragraph<'_>, span: Span, verb: Verb) -> Vec<Repair> {
    // "Admitted to police that": told police.
    if paragraph.text[span.end..].starts_with(" to ") {
        let told = match verb.form {
            Form::Past | Form::Participle => "told",
            Form::Third => "tells",
            Form::Base => "tell",
            Form::Gerund => "telling",
        };
        let place = Place::here(Span::new(span.start, span.end + " to".len()));
        return vec![Repair::offer(format!("Write “{told}”"), place, told)];
    }
    let said = match verb.form {
        Form::Past | Form::Participle => "said",
        Form::Third => "says",
        Form::Base => "say",
        Form::Gerund => "saying",
    };
    vec![Repair::offer(format!("Write “{said}”"), Place::here(span), said)]
}
