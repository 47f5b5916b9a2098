use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Form, verb, weasel};
use crate::prose::Token;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::{Act, Attribution, Joined, SourceKind};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unnamed-critics",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/unnamed-media", "attribution/unnamed-study"],
    page: include_str!("../../../rules/attribution/unnamed-critics.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// "critics say" and its like, with nobody named after them in that paragraph or the next.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    // The paragraph of the next named source, seen from the story's end.
    let mut named: Option<usize> = None;
    for joined in story.attributions.iter().rev() {
        let attribution = joined.attribution;
        if matches!(attribution.source_kind, SourceKind::Named | SourceKind::Organization) {
            named = Some(joined.paragraph);
        }
        if named.is_none_or(|named| named > joined.paragraph + 1) {
            found.extend(crowd(story, joined));
        }
    }
    found.reverse();
    found
}

/// Where an attribution names nobody in particular as its source.
fn crowd(story: &Story<'_>, joined: &Joined<'_>) -> Option<Place> {
    let attribution = joined.attribution;
    let (SourceKind::Vague, Some(source), Some(cue)) =
        (attribution.source_kind, attribution.source, attribution.cue.first())
    else {
        return None;
    };
    let paragraph = &story.paragraphs[joined.paragraph];
    let words = paragraph.facts.prose.tokens_in(source);
    let vague = words.iter().any(|token| token.class.any(Class::VAGUE));
    let media = words.last().is_some_and(|token| token.class.any(Class::MEDIA));
    let place = Place::new(joined.paragraph, source.cover(*cue));
    let known =
        !attribution.is_sure() || is_opinionless(paragraph, attribution, words) || is_known(paragraph, source, words);
    (vague && !media && !known).then_some(place)
}

/// "Some hope", "people know": common knowledge of no one's in particular.
fn is_opinionless(paragraph: &Paragraph<'_>, attribution: &Attribution, source: &[Token]) -> bool {
    let held = |cue: &Span| near::any(paragraph.text, paragraph.facts.prose.tokens_in(*cue), &weasel().critics.holds);
    let role = source.last().is_some_and(|token| token.class.any(Class::ROLE));
    attribution.act == Act::Deed || attribution.act == Act::Thought && !role && !attribution.cue.iter().any(held)
}

/// Whether readers know the crowd: an everyday one, part of one spoken of before, or one with a name beside it.
fn is_known(paragraph: &Paragraph<'_>, source: Span, words: &[Token]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let (prose, critics) = (&paragraph.facts.prose, &weasel().critics);
    let word = first.of(paragraph.text);
    let anyone = critics.anyone.has(word) || first.class.any(Class::NUMBER);
    // "many customers came, and some said they would be back": it tells what happened. "Some say" hides who.
    let next = prose.tokens.get(prose.token_at(source.end)).map_or("", |next| next.of(paragraph.text));
    let past = verb(next).map_or(next.ends_with("ed"), |verb| verb.form == Form::Past);
    let part = past && critics.part.has(word) && !rest.iter().any(|token| token.class.any(Class::VAGUE));
    // "Lee and other supporters"
    let at = prose.token_at(source.start);
    let joined = at > 0 && prose.tokens[at - 1].of(paragraph.text) == "and";
    anyone || part || joined || rest.iter().any(Token::is_proper)
}

fn describe(words: &str) -> String {
    format!("“{words}” could be anybody. Name one who says so, here or in the next sentence, or leave it out.")
}
