use std::ops::Range;

use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, VerbClass, verb, weasel};
use crate::prose::{self, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/social-origin",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/unverified-media"],
    page: include_str!("../../../rules/attribution/social-origin.md"),
    detect: Detect::Paragraph(check),
};

/// Most words between the verb and "social media": "wrote in a long".
const BEFORE: usize = 4;

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |span: Span| Finding::new(Place::here(span), describe(&paragraph.phrase(span)));
    detect(paragraph).into_iter().map(finding).collect()
}

/// "wrote in a social media post", "social media users said", with no platform or account named beside it.
fn detect(paragraph: &Paragraph<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    for sentence in 0..paragraph.facts.prose.sentences.len() {
        let tokens = near::tokens(paragraph, sentence);
        let posts = (1..tokens.len()).filter_map(|at| posts(paragraph.text, tokens, at));
        let posts = posts.filter(|posts| is_cited(paragraph, sentence, tokens, posts));
        let posts: Vec<Span> = posts.map(|posts| prose::span(&tokens[posts])).collect();
        if !posts.is_empty() && !is_placed(paragraph, sentence) {
            found.extend(posts);
        }
    }
    found
}

/// "social media post" or "on social media", whose "media" stands at `at`.
fn posts(text: &str, tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    if tokens[at].quoted || !tokens[at].class.any(Class::MEDIA) || word(at) != "media" {
        return None;
    }
    if !word(at - 1).eq_ignore_ascii_case("social") {
        return None;
    }
    if weasel().social.posts.has(word(at + 1)) {
        return Some(at - 1..at + 2);
    }
    (at >= 2 && word(at - 2).eq_ignore_ascii_case("on")).then(|| at - 2..at + 1)
}

/// Whether the sentence rests on the posts: they say it, or somebody says it in them.
fn is_cited(paragraph: &Paragraph<'_>, sentence: usize, tokens: &[Token], posts: &Range<usize>) -> bool {
    let span = prose::span(&tokens[posts.clone()]);
    let mut attributions = near::attributions(paragraph, sentence);
    let says = |source: Span| source.overlaps(span) || posts.start <= 2;
    let word = |token: &&Token| token.kind == Kind::Word && !token.quoted;
    let mut before = tokens[..posts.start].iter().rev().take(BEFORE).take_while(word);
    let verb = |token: &Token| {
        let verb = verb(token.of(paragraph.text));
        verb.is_some_and(|verb| verb.class == VerbClass::Posted || matches!(verb.base, "say" | "write"))
    };
    !near::is_told(paragraph, sentence, span)
        && (before.any(verb)
            || tokens.get(posts.end).is_some_and(verb)
            || attributions.any(|attribution| attribution.source.is_some_and(says)))
}

/// Whether the sentence or one beside it in the paragraph names a platform or an account.
fn is_placed(paragraph: &Paragraph<'_>, sentence: usize) -> bool {
    let platforms = &weasel().social.platforms;
    (sentence.saturating_sub(1)..=sentence + 1).any(|sentence| {
        let tokens = near::tokens(paragraph, sentence);
        near::any(paragraph.text, tokens, platforms) || tokens.iter().any(|token| token.kind == Kind::Foreign)
    })
}

fn describe(words: &str) -> String {
    format!("“{words}” names no platform, so readers can't find the post. Name the platform and the account.")
}
