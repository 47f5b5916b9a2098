use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, weasel};
use crate::prose::{Case, Kind, Token, span};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/agentless-belief",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/unnamed-media", "attribution/unnamed-critics"],
    page: include_str!("../../../rules/attribution/agentless-belief.md"),
    detect: Detect::Paragraph(check),
};

/// Most adverbs between "is" and "believed".
const ADVERBS: usize = 3;

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding = |span: Span| Finding::new(Place::here(span), describe(&paragraph.phrase(span)));
    detect(paragraph).into_iter().map(finding).collect()
}

/// "it is believed that", "is thought to be", "is widely seen as", on nobody's word.
fn detect(paragraph: &Paragraph<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    for sentence in 0..paragraph.facts.prose.sentences.len() {
        let tokens = near::tokens(paragraph, sentence);
        let beliefs = (0..tokens.len()).filter_map(|at| belief(paragraph.text, tokens, at));
        found.extend(beliefs.filter(|span| !near::is_told(paragraph, sentence, *span)));
    }
    found
}

/// The belief whose "is" stands at `at`.
fn belief(text: &str, tokens: &[Token], at: usize) -> Option<Span> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    if !tokens[at].class.any(Class::AUXILIARY) || !matches!(word(at), "is" | "are" | "was" | "were" | "been") {
        return None;
    }
    let words = &weasel().belief;
    let adverb = |token: &&Token| token.class.any(Class::ADVERB) || words.widely.has(token.of(text));
    let adverbs = tokens[at + 1..].iter().take(ADVERBS).take_while(adverb).count();
    let widely = tokens[at + 1..at + 1 + adverbs].iter().any(|token| words.widely.has(token.of(text)));
    let verb = at + 1 + adverbs;
    // What "was once thought" is told because it was wrong.
    let once = tokens[at + 1..verb].iter().any(|token| token.of(text) == "once");
    if once || word(verb + 1) == "by" || tokens.get(verb).is_none_or(|token| token.case != Case::Lower) {
        return None;
    }
    let subject = subject(tokens, at);
    let it = subject.filter(|subject| word(*subject).eq_ignore_ascii_case("it"));
    // "In a Daily Post report, it was claimed"
    let in_paper = |it: usize| tokens[..it].iter().any(|token| token.class.any(Class::DOCUMENT));
    if let Some(it) = it
        && words.it.has(word(verb))
        && !in_paper(it)
        && (opens_clause(text, tokens, verb + 1) || word(verb + 1) == "," && it > 0 && word(it - 1) == ",")
    {
        return Some(span(&tokens[it..=verb]));
    }
    let infinitive = || word(verb + 1) == "to" && tokens.get(verb + 2).is_some_and(is_infinitive);
    let believed = words.to.has(word(verb)) && infinitive() || widely && words.views.has(word(verb));
    believed.then(|| span(&tokens[at..=verb]))
}

/// The token before the verb that ends with the auxiliary at `at`: "it" in "it has long been".
fn subject(tokens: &[Token], at: usize) -> Option<usize> {
    let verb = Class::AUXILIARY.with(Class::ADVERB).with(Class::MODAL);
    let before = tokens[..at].iter().rev().take(ADVERBS).take_while(|token| token.class.any(verb)).count();
    at.checked_sub(before + 1)
}

/// Whether a clause begins at `at`, with or without "that".
fn opens_clause(text: &str, tokens: &[Token], at: usize) -> bool {
    let opener = Class::DETERMINER.with(Class::PRONOUN).with(Class::POSSESSIVE);
    let Some(token) = tokens.get(at) else { return false };
    token.class.any(opener) || token.is_proper() || token.of(text) == "that"
}

/// Whether the word after "to" can be a verb: "reported to have", not "reported to police".
fn is_infinitive(token: &Token) -> bool {
    let noun = Class::DETERMINER.with(Class::PRONOUN).with(Class::POSSESSIVE).with(Class::BODY).with(Class::ROLE);
    token.kind == Kind::Word && token.case == Case::Lower && !token.class.any(noun)
}

fn describe(words: &str) -> String {
    format!("“{words}” doesn't say by whom, so readers can't weigh it. Say whose word it is, or write what is known.")
}
