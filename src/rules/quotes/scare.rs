use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::{Case, Kind, Quotation};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "quotes/scare",
    level: Severity::Suggestion,
    // Whether a word is doubted, quoted or named as a word, only the sense tells: wrong too often to be on.
    preview: true,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &["attribution/fragment-quote"],
    page: include_str!("../../../rules/quotes/scare.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let mut findings = Vec::new();
    for index in 0..story.paragraphs.len() {
        let quotations = &story.paragraphs[index].facts.prose.quotations;
        let scare = quotations.iter().filter(|quotation| is_scare(story, index, quotation));
        findings.extend(scare.map(|quotation| describe(story, index, quotation)));
    }
    findings
}

/// Whether the marks stand around one word in the reporter's sentence, and no source for it.
fn is_scare(story: &Story<'_>, index: usize, quotation: &Quotation) -> bool {
    let paragraph = &story.paragraphs[index];
    let prose = &paragraph.facts.prose;
    let [word] = prose.tokens_in(quotation.inner) else { return false };
    let (Some(open), Some(_)) = (quotation.open, quotation.close) else { return false };
    let Some(sentence) = prose.sentence_at(open.span.start) else { return false };
    let at = prose.token_at(open.span.start);
    // "Called “the gate”" and "the word “gate”" name it; "a “disaster”" and "so “helpful”" doubt it.
    let before = at.checked_sub(1).and_then(|before| prose.tokens.get(before));
    let doubted = before.is_some_and(|token| token.class.any(Class::DETERMINER.with(Class::POSSESSIVE)));
    let next = prose.tokens.get(at + 3).is_some_and(|token| token.case == Case::Lower);
    let sourced =
        || story.sourcing.get(index).and_then(|all| all.get(sentence)).is_some_and(|sourced| sourced.by.is_some());
    let told = || {
        let tokens = prose.tokens_of(&prose.sentences[sentence]);
        tokens.iter().any(|token| token.class.any(Class::SPEECH.with(Class::DOCUMENT)))
    };
    word.kind == Kind::Word && word.case == Case::Lower && doubted && next && !sourced() && !told()
}

fn describe(story: &Story<'_>, index: usize, quotation: &Quotation) -> Finding {
    let word = story.paragraphs[index].phrase(quotation.inner);
    let place = Place::new(index, quotation.outer());
    let message = format!(
        "The marks around “{word}” doubt it, and nobody is named who says it. Take them out, find a better word, or say whose it \
         is."
    );
    Finding::new(place, message).mended_by(vec![Repair::offer("Take out the quotation marks", place, word)])
}
