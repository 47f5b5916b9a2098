use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Words, weasel};
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::SourceKind;
use crate::story::hearsay::RestsOn;
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unnamed-study",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/unnamed-media"],
    page: include_str!("../../../rules/attribution/unnamed-study.md"),
    detect: Detect::Story(check),
};

/// How many sentences on the name may stand.
const NEAR: usize = 3;
/// Most words between "by" and the name: "by researchers at the".
const BEFORE: usize = 5;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(&story.paragraphs[place.paragraph].phrase(place.span)));
    detect(story).into_iter().map(finding).collect()
}

/// "studies show", "according to a new poll", with nobody named nearby who made or published it.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let unsigned = near::hearsay(story, RestsOn::Study).filter(|(study, place)| {
        !near::is_told(&story.paragraphs[place.paragraph], study.sentence, study.span)
            && !is_named(story, place.paragraph, study.sentence)
    });
    unsigned.map(|(_, place)| place).collect()
}

/// Whether the sentence, or one beside it, names who made or published the research.
fn is_named(story: &Story<'_>, paragraph: usize, sentence: usize) -> bool {
    let here = &story.paragraphs[paragraph];
    let speaks = |paragraph: &Paragraph<'_>, sentence: usize| {
        let named = [SourceKind::Named, SourceKind::Organization];
        near::attributions(paragraph, sentence).any(|attribution| named.contains(&attribution.source_kind))
    };
    speaks(here, sentence)
        || signs(here.text, near::tokens(here, sentence))
        || near::neighbors(story, paragraph, sentence, NEAR).any(|(beside, sentence)| {
            let tokens = near::tokens(beside, sentence);
            let goes_on = || tokens.iter().any(|token| is_research(token, beside.text));
            signs(beside.text, tokens) || speaks(beside, sentence) && (std::ptr::eq(beside, here) || goes_on())
        })
}

fn is_research(token: &Token, text: &str) -> bool {
    let (study, word) = (&weasel().study, token.of(text));
    study.one.has(word) || study.many.has(word)
}

/// Whether a name stands where who made or published something is named: "by the Kesh Institute", "a Kesh poll", "Roe of
/// Kesh University led the study".
fn signs(text: &str, tokens: &[Token]) -> bool {
    let study = &weasel().study;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    let follows = |at: usize| {
        let before = |words: &Words| at > 0 && words.has(word(at - 1));
        let published = before(&study.published) || before(&study.one) || before(&study.many);
        study.makers.has(word(at)) || word(at) == "in" && published
    };
    // "by researchers at the", but not "by friends to be in"
    let leads = |token: &Token| {
        !token.class.any(Class::PREPOSITION) || study.makers.has(token.of(text)) || token.of(text) == "of"
    };
    let plain = |token: &&Token| {
        let other = Class::BODY.with(Class::AUXILIARY).with(Class::MODAL);
        token.kind == Kind::Word && token.case == Case::Lower && !token.class.any(other) && leads(token)
    };
    let made = |at: usize| {
        at > 2 && word(at - 1) == "the" && study.made.has(word(at - 2)) && tokens[..at - 2].iter().any(Token::is_proper)
    };
    tokens.iter().enumerate().any(|(at, token)| {
        let after = tokens[at + 1..].iter().take(BEFORE);
        // "by the state auditor": there is but one.
        let only = |token: &Token| token.class.any(Class::POSSESSIVE) || token.of(text) == "the";
        let definite = after.clone().next().is_some_and(only);
        let names = |token: &Token| {
            token.is_proper() || token.class.any(Class::BODY) || definite && token.class.any(Class::ROLE)
        };
        token.kind == Kind::Foreign
            || follows(at) && after.clone().find(|token| names(token) || !plain(token)).is_some_and(names)
            || at > 1 && is_research(token, text) && (tokens[at - 1].is_proper() || made(at))
    })
}

fn describe(words: &str) -> String {
    format!(
        "“{words}” doesn't say whose research it is, so readers can't look it up or weigh it. Name who made or published it."
    )
}
