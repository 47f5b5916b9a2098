use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Form, Words, verb, weasel};
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::SourceKind;
use crate::story::{Place, Story};
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

/// Most words before the noun: "a large new national".
const BEFORE: usize = 5;
/// How far after the noun its verb may stand: "a study of 500 pupils published in May found".
const AFTER: usize = 12;

/// How many sentences on the name may stand.
const NEAR: usize = 3;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(&story.paragraphs[place.paragraph].phrase(place.span)));
    detect(story).into_iter().map(finding).collect()
}

/// "studies show", "according to a new poll", with nobody named nearby who made or published it.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy()) {
        for sentence in 0..paragraph.facts.prose.sentences.len() {
            let tokens = near::tokens(paragraph, sentence);
            let cited = (0..tokens.len()).find_map(|at| cited(paragraph.text, tokens, at));
            let cited = cited.map(|cited| near::place(index, cited));
            found.extend(
                cited.filter(|place| {
                    !near::is_told(paragraph, sentence, place.span) && !is_named(story, index, sentence)
                }),
            );
        }
    }
    found
}

/// The words that cite unsigned research, whose noun stands at `at`.
fn cited<'t>(text: &str, tokens: &'t [Token], at: usize) -> Option<&'t [Token]> {
    let noun = &tokens[at];
    let words = &weasel().study;
    if !noun.class.any(Class::DOCUMENT) || noun.quoted {
        return None;
    }
    let one = words.one.has(noun.of(text));
    if !one && !words.many.has(noun.of(text)) {
        return None;
    }
    let first = first(text, tokens, at)?;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    if one && !words.indefinite.has(word(first)) {
        return None;
    }
    if first >= 2 && word(first - 1) == "to" && word(first - 2).eq_ignore_ascii_case("according") {
        // "according to a report the league released"
        let relative = tokens.get(at + 1).is_some_and(|next| next.class.any(Class::DETERMINER.with(Class::PRONOUN)));
        return (!relative).then(|| &tokens[first - 2..=at]);
    }
    let finds = |token: &Token| verb(token.of(text)).is_some_and(|verb| words.finds.has(verb.base));
    let ends = |token: &&Token| {
        let be = token.class.any(Class::AUXILIARY) && !token.of(text).starts_with("ha");
        token.kind == Kind::Word && !token.quoted && !near::is_proper(token) && !be && !token.class.any(Class::MODAL)
    };
    let after = at + 1 + tokens[at + 1..].iter().take(AFTER).take_while(ends).position(finds)?;
    // "The panel released a report showing": its subject says whose it is.
    let joins = Class::CONJUNCTION.with(Class::PREPOSITION).with(Class::WEEKDAY);
    let object = first > 0 && tokens[first - 1].kind == Kind::Word && !tokens[first - 1].class.any(joins);
    (!one || !object).then(|| &tokens[first..=after])
}

/// The first token of the noun phrase around the noun at `at`; none if the phrase says whose research it is.
fn first(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let study = &weasel().study;
    let opens = Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::AUXILIARY).with(Class::MODAL);
    let inside = |token: &&Token| {
        token.kind == Kind::Word
            && !token.class.any(opens)
            && verb(token.of(text)).is_none_or(|verb| verb.form != Form::Base)
    };
    let mut first = at;
    for token in tokens[..at].iter().rev().take(BEFORE).take_while(inside) {
        first -= 1;
        if study.indefinite.has(token.of(text)) {
            break;
        }
    }
    let whose = Class::BODY.with(Class::ROLE).with(Class::POSSESSIVE).with(Class::PRONOUN);
    let owned = tokens[first..at].iter().enumerate().any(|(index, token)| {
        // A capital that opens the sentence makes no name: "Recent polls".
        let opener = first + index == 0 && token.class.any(Class::OPENER.with(Class::COMMON).with(Class::DETERMINER));
        near::is_proper(token) && !opener
            || token.class.any(whose)
            || study.known.has(token.of(text))
            || ["the", "this", "that", "these", "those"].iter().any(|word| token.of(text).eq_ignore_ascii_case(word))
    });
    let possessed = first > 0 && tokens[first - 1].kind == Kind::Possessive;
    (!owned && !possessed).then_some(first)
}

/// Whether the sentence, or one beside it, names who made or published the research.
fn is_named(story: &Story<'_>, paragraph: usize, sentence: usize) -> bool {
    let here = &story.paragraphs[paragraph];
    let named = [SourceKind::Named, SourceKind::Organization];
    near::attributions(here, sentence).any(|attribution| named.contains(&attribution.source_kind))
        || signs(here.text, near::tokens(here, sentence))
        || near::neighbors(story, paragraph, sentence, NEAR).any(|(beside, sentence)| {
            let tokens = near::tokens(beside, sentence);
            let goes_on = || tokens.iter().any(|token| is_research(token, beside.text));
            signs(beside.text, tokens)
                || near::names_source(beside, sentence) && (std::ptr::eq(beside, here) || goes_on())
        })
}

fn is_research(token: &Token, text: &str) -> bool {
    let (study, word) = (&weasel().study, token.of(text));
    study.one.has(word) || study.many.has(word)
}

/// Whether a name stands where who made or published something is named: "by the Kesh Institute", "a Kesh poll".
fn signs(text: &str, tokens: &[Token]) -> bool {
    let study = &weasel().study;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    let follows = |at: usize| {
        let before = |words: &Words| at > 0 && words.has(word(at - 1));
        let published = before(&study.published) || before(&study.one) || before(&study.many);
        study.makers.has(word(at)) || word(at) == "in" && published
    };
    let plain = |token: &&Token| token.kind == Kind::Word && token.case == Case::Lower && !token.class.any(Class::BODY);
    tokens.iter().enumerate().any(|(at, token)| {
        let after = tokens[at + 1..].iter();
        let name = || after.clone().take(BEFORE).find(|token| !plain(token));
        let names = |token: &Token| near::is_proper(token) || token.class.any(Class::BODY);
        token.kind == Kind::Foreign
            || follows(at) && name().is_some_and(names)
            || at > 1 && is_research(token, text) && near::is_proper(&tokens[at - 1])
    })
}

fn describe(words: &str) -> String {
    format!(
        "“{words}” doesn't say whose research it is, so readers can't look it up or weigh it. Name who made or published it."
    )
}
