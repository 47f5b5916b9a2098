use super::verbs;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Form, Verb, VerbClass, form_of, plainer, verb};
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/nonspeech-verb",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/nonspeech-verb.md"),
    detect: Detect::Paragraph(check),
};

/// Most tokens of a speaker: "former mayor Ada Quill".
const SPEAKER: usize = 6;

/// A quotation that somebody smiles.
struct Smiled {
    span: Span,
    verb: Verb,
    /// Whether the speaker stands after the verb: "smiled Quill".
    inverted: bool,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |smiled: Smiled| {
        Finding::new(Place::here(smiled.span), describe(paragraph.words(smiled.span))).mended_by(repair(&smiled))
    };
    detect(paragraph).into_iter().map(finding).collect()
}

/// The verbs that are no way of speaking beside a quotation that a comma joins to them: "“We won,” Quill smiled."
fn detect(paragraph: &Paragraph<'_>) -> Vec<Smiled> {
    let prose = &paragraph.facts.prose;
    let joined = prose.quotations.iter().flat_map(|quotation| {
        let after = quotation.close.and_then(|close| after(paragraph, close.span));
        let before = quotation.open.and_then(|open| before(paragraph, open.span));
        [before, after]
    });
    joined.flatten().collect()
}

/// "“We won,” Quill smiled." "“We won?” laughed Quill."
fn after(paragraph: &Paragraph<'_>, close: Span) -> Option<Smiled> {
    let prose = &paragraph.facts.prose;
    let mark = prose.token_at(close.start);
    let last = prose.tokens.get(mark.checked_sub(1)?)?;
    let tokens = &prose.tokens[mark + 1..];
    // A sentence that ended within the marks says nothing of how it was said.
    let ends = prose.sentences.get(prose.sentence_at(close.start)?)?.tokens.end as usize == mark + 1;
    if ends || !matches!(last.of(paragraph.text), "," | "?" | "!" | "—" | "…" | "...") {
        return None;
    }
    // "“Is that all?” She laughed": that is a sentence of its own.
    let opener = Class::PRONOUN.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::OPENER);
    if tokens.first().is_some_and(|first| first.case == Case::Title && first.class.any(opener)) {
        return None;
    }
    let subject = tokens.iter().take(SPEAKER).take_while(|token| names(paragraph, token)).count();
    let smiled = smiled(paragraph, tokens.get(subject)?)?;
    let next = tokens.get(subject + 1);
    match subject {
        // "laughed Quill"
        0 => next.is_some_and(|next| names(paragraph, next)).then_some(Smiled { inverted: true, ..smiled }),
        // "Quill smiled at her": that is a clause of its own only after a full stop.
        _ => Some(smiled),
    }
}

/// "Quill smiled, “We won.”"
fn before(paragraph: &Paragraph<'_>, open: Span) -> Option<Smiled> {
    let prose = &paragraph.facts.prose;
    let mark = prose.token_at(open.start);
    let verb = prose.tokens.get(mark.checked_sub(2)?)?;
    // "They danced and laughed, “like children,”": words quoted within a sentence are nobody's answer.
    let comma = prose.tokens[mark - 1].of(paragraph.text) == ",";
    let answer = prose.tokens.get(mark + 1).is_some_and(|first| first.case != Case::Lower);
    let start = prose.sentences.get(prose.sentence_at(verb.start as usize)?)?.tokens.start as usize;
    let sentence = &prose.tokens[start.min(mark - 2)..mark - 2];
    let subject = sentence.iter().rev().take(SPEAKER).take_while(|token| names(paragraph, token)).count();
    // "As Quill laughed, “Song of the Bay” was played": she alone must be what the sentence is about.
    (comma && answer && subject > 0 && subject == sentence.len()).then(|| smiled(paragraph, verb)).flatten()
}

fn smiled(paragraph: &Paragraph<'_>, token: &Token) -> Option<Smiled> {
    let verb = verb(token.of(paragraph.text))?;
    let finite = matches!(verb.form, Form::Past | Form::Third);
    (verb.class == VerbClass::Nonspeech && finite).then(|| Smiled { span: token.span(), verb, inverted: false })
}

/// Whether the token may belong to who speaks: "she", "the mayor", "Ada Quill".
fn names(paragraph: &Paragraph<'_>, token: &Token) -> bool {
    let person = Class::PRONOUN.with(Class::DETERMINER).with(Class::POSSESSIVE).with(Class::ROLE).with(Class::TITLE);
    let verb = verb(token.of(paragraph.text)).is_some_and(|verb| verb.class == VerbClass::Nonspeech);
    let joins = Class::CONJUNCTION.with(Class::PREPOSITION).with(Class::ADVERB);
    token.kind == Kind::Word
        && !verb
        && !token.class.any(joins)
        && (token.class.any(person) || token.case != Case::Lower)
}

fn describe(words: &str) -> String {
    format!("Nobody can speak by what “{words}” says. Write “said”, and the rest beside it if it matters.")
}

fn repair(smiled: &Smiled) -> Vec<Repair> {
    let form = smiled.verb.form;
    let phrase = plainer(smiled.verb.base).first().filter(|_| !smiled.inverted);
    let words = match phrase {
        Some(plainer) => verbs::conjugated(&plainer.phrase, form),
        None => form_of("say", form).map(str::to_owned),
    };
    let offer = |words: String| Repair::offer(format!("Write “{words}”"), Place::here(smiled.span), words);
    words.map(offer).into_iter().collect()
}
