use rustc_hash::FxHashMap;

use crate::diagnostic::Severity;
use crate::lexicon::{Class, nationality, sources};
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::anonymity::opening;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/anonymous-and-declined",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/anonymous-and-declined.md"),
    detect: Detect::Story(check),
};

/// Longest name of an office that declines, with its spokesman, in tokens.
const SUBJECT: usize = 12;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|(declined, unnamed)| describe(story, declined, unnamed)).collect()
}

/// An office that declines to comment, and the first unnamed source from it.
fn detect(story: &Story<'_>) -> Vec<(Place, Place)> {
    // Where each word first stands among the words for an unnamed source.
    let mut sources: FxHashMap<&str, Place> = FxHashMap::default();
    for place in story.unnamed.iter().map(|unnamed| unnamed.place) {
        for word in words(story, place) {
            sources.entry(word).or_insert(place);
        }
    }
    if sources.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        for (subject, declined) in refusals(paragraph) {
            let office = office(paragraph, subject);
            let source = office.first().and_then(|name| sources.get(name)).copied();
            let all = |source: &Place| office.iter().all(|name| words(story, *source).any(|word| word == *name));
            let subject = subject.first().map_or(declined, Token::span);
            found.extend(source.filter(all).map(|source| (Place::new(index, subject.cover(declined)), source)));
        }
    }
    found
}

fn words<'s>(story: &Story<'s>, place: Place) -> impl Iterator<Item = &'s str> {
    let paragraph = story.paragraphs[place.paragraph];
    paragraph.facts.prose.tokens_in(place.span).iter().map(move |token| token.of(paragraph.text))
}

/// Who declines to comment, and where it says so.
fn refusals<'s>(paragraph: &Paragraph<'s>) -> impl Iterator<Item = (&'s [Token], Span)> {
    let (text, prose) = (paragraph.text, &paragraph.facts.prose);
    prose.sentences.iter().flat_map(move |sentence| {
        let tokens = prose.tokens_of(sentence);
        let says = move |at: usize| sources().declined.iter().find_map(|phrase| opening(text, tokens, at, phrase));
        (0..tokens.len()).filter_map(move |at| {
            let end = says(at)?;
            let before = tokens[..at].iter().rev().take(SUBJECT);
            let subject = before.take_while(|token| matches!(token.kind, Kind::Word | Kind::Possessive)).count();
            Some((&tokens[at - subject..at], tokens[at].span().cover(tokens[end - 1].span())))
        })
    })
}

/// The words that tell the office: "Defense" of "A spokesman for the Defense Department"; without a name, "company".
fn office<'s>(paragraph: &Paragraph<'s>, subject: &[Token]) -> Vec<&'s str> {
    let mentions = &paragraph.facts.mentions;
    let person = |token: &Token| {
        let next = mentions.partition_point(|mention| mention.span.end <= token.start as usize);
        mentions.get(next).is_some_and(|mention| mention.span.overlaps(token.span()))
    };
    let name = |token: &&Token| {
        let common = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::BODY).with(Class::ROLE).with(Class::OPENER);
        let word = token.of(paragraph.text);
        let place = nationality(word) || word.contains('.');
        token.kind == Kind::Word && token.case != Case::Lower && !token.class.any(common) && !place && !person(token)
    };
    let names: Vec<&str> = subject.iter().filter(name).map(|token| token.of(paragraph.text)).collect();
    if !names.is_empty() {
        return names;
    }
    let body = subject.iter().rev().find(|token| token.class.any(Class::BODY));
    body.map(|token| token.of(paragraph.text)).into_iter().collect()
}

fn describe(story: &Story<'_>, declined: Place, unnamed: Place) -> Finding {
    let (refusal, source) = (story.words(declined), story.words(unnamed));
    let message = format!(
        "“{refusal}”, but “{source}” comments without a name. Readers are told two things of one office: say that it would not comment on the record, or cut one."
    );
    let related = vec![(unnamed, format!("“{source}” speaks here"))];
    Finding { related, ..Finding::new(declined, message) }
}
