use super::near;
use crate::diagnostic::Severity;
use crate::lexicon::{Class, weasel};
use crate::prose::{Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::people::Person;
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/thin-identification",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/thin-identification.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(person, place): (&Person, Place)| {
        Finding::new(place, describe(&story.paragraphs[place.paragraph].phrase(place.span), person))
    };
    let mut speaks = vec![false; story.people.len()];
    for person in story.attributions.iter().filter_map(|joined| joined.person) {
        speaks[person] = true;
    }
    let people = story.people.iter().zip(speaks).filter(|(_, speaks)| *speaks).map(|(person, _)| person);
    people.filter_map(|person| Some((person, detect(story, person)?))).map(finding).collect()
}

/// The description of somebody who speaks in the story, and of whom it says no more than "expert".
fn detect(story: &Story<'_>, person: &Person) -> Option<Place> {
    let titled = person.mentions.iter().filter_map(|(name, title)| Some((*name, (*title)?)));
    let (_, first) = titled.clone().next()?;
    titled.into_iter().all(|(name, title)| is_thin(story, name, title)).then_some(first)
}

/// Whether a description says only that somebody knows, and nothing beside the name says more.
fn is_thin(story: &Story<'_>, name: Place, title: Place) -> bool {
    let Some(paragraph) = story.paragraphs.get(title.paragraph) else { return false };
    let (prose, expert) = (&paragraph.facts.prose, &weasel().expert);
    let word = |token: &Token| token.of(paragraph.text);
    let empty = |token: &Token| expert.empty.has(word(token)) || token.class.any(Class::DETERMINER);
    let Some((noun, before)) = prose.tokens_in(title.span).split_last() else { return false };
    if !expert.nouns.has(word(noun)) || !before.iter().all(empty) {
        return false;
    }
    // "political analyst", "Acme analyst", "the bank's analyst"
    let first = prose.token_at(title.span.start);
    let field = first.checked_sub(1).map(|at| &prose.tokens[at]).is_some_and(|before| {
        let opens = Class::ADVERB.with(Class::CONJUNCTION).with(Class::PREPOSITION).with(Class::AUXILIARY);
        let opens = opens.with(Class::SPEECH).with(Class::THOUGHT);
        matches!(before.kind, Kind::Word | Kind::Possessive) && !before.class.any(opens) && !empty(before)
    });
    // "Jane Doe of the Kesh Institute", "Jane Doe, who leads it"
    let after = prose.token_at(name.span.end.max(title.span.end));
    let comma = prose.tokens.get(after).is_some_and(|token| word(token) == ",");
    let next = prose.tokens.get(if comma { after + 1 } else { after });
    let goes_on = next.is_some_and(|next| {
        let describes = Class::PREPOSITION.with(Class::DETERMINER).with(Class::ROLE).with(Class::POSSESSIVE);
        next.class.any(Class::PREPOSITION)
            || matches!(word(next), "who" | "whose")
            || comma && next.class.any(describes)
    });
    !field && !goes_on && !is_one_of_several(story, title)
}

/// Whether the sentence before speaks of several of them: "Analysts at the bank cut their rating."
fn is_one_of_several(story: &Story<'_>, title: Place) -> bool {
    let sentence = story.paragraphs[title.paragraph].facts.prose.sentence_at(title.span.start).unwrap_or(0);
    near::neighbors(story, title.paragraph, sentence, 0).any(|(before, sentence)| {
        let word = |token: &Token| token.of(before.text).strip_suffix('s');
        near::tokens(before, sentence)
            .iter()
            .any(|token| word(token).is_some_and(|word| weasel().expert.nouns.has(word)))
    })
}

fn describe(words: &str, person: &Person) -> String {
    let surname = &person.surname;
    format!("“{words}” is all that readers learn of {surname}. Say in what field, and where {surname} works.")
}
