use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Severity;
use crate::lexicon::{self, Class, places};
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::people::{Mention, Person};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

use super::{behind_capitals, is_attributive, is_known_by_one, is_running};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "names/never-introduced",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["names/known-spelling", "names/inconsistent-spelling"],
    page: include_str!("../../../rules/names/never-introduced.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| {
        let name = story.words(place);
        Finding::new(place, format!("No full name goes with “{name}” anywhere in the story. Say who this is."))
    };
    detect(story).into_iter().map(finding).collect()
}

/// The first naming of everybody whom the story calls by a bare surname and never in full.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let titled = story.people.iter().filter_map(|person| titled(story, person));
    let mut found: Vec<Place> = titled.chain(untitled(story)).collect();
    let known = behind_capitals(story, found.iter().map(|place| last_word(story, *place)), |_, _| true);
    found.retain(|place| !known.contains_key(&last_word(story, *place)));
    found.sort_unstable();
    found
}

fn last_word(story: &Story<'_>, name: Place) -> String {
    lexicon::fold(story.words(name).split_whitespace().next_back().unwrap_or(""))
}

/// The first naming of somebody who has a title and no given name: "Mayor Quill".
fn titled(story: &Story<'_>, person: &Person) -> Option<Place> {
    let mut first = None;
    for (index, number) in &person.namings {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        if mention.given.is_some() || mention.after || is_known_by_one(paragraph, mention) {
            return None;
        }
        if first.is_none()
            && is_running(paragraph)
            && !paragraph.facts.prose.quoted(mention.span)
            && !names_a_work(paragraph, mention)
        {
            let capital = |title: Span| paragraph.words(title).starts_with(char::is_uppercase);
            // "General" and "Major" open names of bodies and plain phrases, too; ranks are short before a name.
            let word = mention.title.map_or("", |title| paragraph.words(title));
            let rank = word.ends_with("General") || word.ends_with("Major");
            let formal = mention.courtesy.is_some() || !rank && mention.title.is_some_and(capital);
            first = Some(Place::new(*index, mention.span)).filter(|_| formal);
            if !formal || !is_no_other_name(paragraph, mention) {
                return None;
            }
        }
    }
    first
}

/// Whether a title, a name and what is theirs are the name of a book or a film: "Captain Quill's Cello".
fn names_a_work(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let prose = &paragraph.facts.prose;
    let after = prose.token_at(mention.span.end);
    let capital = |token: &Token| token.kind == Kind::Word && token.case == Case::Title;
    prose.tokens.get(after).is_some_and(|token| token.kind == Kind::Possessive)
        && prose.tokens.get(after + 1).is_some_and(capital)
}

/// Whether a capital stands inside a word, as in brands; surnames have one after a short prefix only: "McRoe".
fn is_brand(word: &str) -> bool {
    /// "Van" and "Fitz" are the longest.
    const PREFIX: usize = 4;
    let joined = |pair: (char, char)| pair.0.is_lowercase() && pair.1.is_uppercase();
    let mut pairs = word.chars().zip(word.chars().skip(1));
    pairs.position(joined).is_some_and(|at| at + 1 >= PREFIX)
}

/// Whether the name can be nothing but a surname: "General Assembly" is a body, "Major European studios" are no people,
/// and in "Dean Quill" the title may be the given name.
fn is_no_other_name(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    const OTHERS: Class = Class::THING.with(Class::BODY).with(Class::ROLE).with(Class::TITLE).with(Class::GIVEN);
    let prose = &paragraph.facts.prose;
    let at = prose.token_at(mention.surname.start);
    let word = paragraph.words(mention.surname);
    let given_before = at.checked_sub(1).is_some_and(|before| prose.is(before, Class::GIVEN));
    !prose.is(at, OTHERS.with(Class::COMMON))
        && !given_before
        && !is_brand(word)
        && !is_attributive(paragraph, mention.span)
        && !lexicon::nationality(word)
        && places::region(word).is_none()
        && places::city(word).is_none()
}

/// Signs that make a person of a bare name.
const ENOUGH: usize = 2;

/// The first naming in running copy of whoever speaks or has an age under a bare surname.
fn untitled(story: &Story<'_>) -> Vec<Place> {
    let mut full: FxHashSet<String> = FxHashSet::default();
    let mut bare: FxHashMap<String, Vec<(usize, &Mention)>> = FxHashMap::default();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        for mention in &paragraph.facts.mentions {
            let surname = || lexicon::fold(&paragraph.phrase(mention.surname));
            if mention.given.is_some() || mention.title.is_some_and(|_| !mention.after) || mention.courtesy.is_some() {
                full.insert(surname());
                full.extend(mention.given.map(|given| lexicon::fold(&paragraph.phrase(given))));
            } else if is_running(paragraph) && !paragraph.facts.prose.quoted(mention.span) {
                bare.entry(surname()).or_default().push((index, mention));
            }
        }
    }
    bare.retain(|surname, _| !full.contains(surname));
    bare.into_values().filter_map(|namings| person(story, &namings)).collect()
}

/// The first of the namings under a bare name, if they show that it is a person's.
fn person(story: &Story<'_>, namings: &[(usize, &Mention)]) -> Option<Place> {
    let sure = namings.iter().filter(|(index, mention)| is_no_other_name(&story.paragraphs[*index], mention));
    let mut sure = sure.peekable();
    let (first, mention) = **sure.peek()?;
    let signs: usize = sure.map(|(index, mention)| signs(&story.paragraphs[*index], mention)).sum();
    (signs >= ENOUGH).then_some(Place::new(first, mention.span))
}

/// What shows at a bare name that it is a person's: an age, or words that go on as "he" or "she"; half as much, a
/// quotation right before the verb, for companies give statements, too.
fn signs(paragraph: &Paragraph<'_>, mention: &Mention) -> usize {
    /// How many words after the verb the pronoun may stand.
    const REACH: usize = 4;
    let prose = &paragraph.facts.prose;
    let verb = prose.token_at(mention.span.end);
    let word = |at: usize| prose.tokens.get(at).map_or("", |token| token.of(paragraph.text));
    let age = word(verb) == "," && word(verb + 2) == "," && word(verb + 1).parse().is_ok_and(|age: u8| age > 9);
    if age {
        return ENOUGH;
    }
    let told = word(verb).ends_with("ed") || matches!(word(verb), "said" | "says" | "told" | "wrote");
    let before = prose.token_at(mention.span.start).checked_sub(1).map(|before| prose.tokens[before]);
    let subject = before.is_none_or(|before| before.kind != Kind::Word || before.class.any(Class::CONJUNCTION));
    if !subject || !told || !prose.is(verb, Class::SPEECH) {
        return 0;
    }
    let after = prose.tokens.get(verb + 1..).unwrap_or_default();
    let pronoun = |token: &Token| matches!(token.of(paragraph.text), "he" | "she" | "his" | "her");
    if after.iter().take(REACH).take_while(|token| token.kind == Kind::Word).any(pronoun) {
        return ENOUGH;
    }
    usize::from(before.is_some_and(|before| before.kind == Kind::Quote) && !matches!(word(verb + 1), "in" | "through"))
}
