use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

use super::{ends_with_full, is_acronym, letters, stands_alone};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "acronyms/undefined",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/acronyms/undefined.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let finding = |place: Place| {
        let acronym = story.words(place);
        let full = lexicon::spelled_out(acronym);
        let offer = full.map(|full| Repair::offer(format!("Write “{full}”"), place, full));
        let what = full.map_or("Write the name in full here".to_owned(), |full| format!("Write “{full}” here"));
        Finding::new(
            place,
            format!(
                "Not every reader knows “{acronym}”, and nothing before explains it. {what}, and the acronym later."
            ),
        )
        .mended_by(offer.into_iter().collect())
    };
    detect(story, style).into_iter().map(finding).collect()
}

/// Most acronyms looked at; a story with more is a list.
const MOST: usize = 64;

/// Acronyms that wait for their explanation, each at its first use, by their last letter.
type Open = FxHashMap<u8, Vec<Place>>;

/// The first use of each acronym that the story has not explained by then.
fn detect(story: &Story<'_>, style: &Style) -> Vec<Place> {
    let first = first_uses(story, style);
    let Some(last) = first.last().map(|place| place.paragraph) else { return Vec::new() };
    let mut open = Open::default();
    for place in first {
        open.entry(letters(story.words(place)).last().unwrap_or_default()).or_default().push(place);
    }
    for (index, paragraph) in story.paragraphs.iter().enumerate().take(last + 1) {
        explain(story, index, paragraph, &mut open);
    }
    let mut unexplained: Vec<Place> = open.into_values().flatten().collect();
    unexplained.sort_unstable();
    unexplained
}

/// The acronyms that need to be explained, each where it first stands.
fn first_uses(story: &Story<'_>, style: &Style) -> Vec<Place> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut found = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        if !matches!(paragraph.role, Role::Body | Role::Dateline) {
            continue;
        }
        let opening = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
        for at in paragraph.facts.acronyms.iter().copied() {
            let token = paragraph.facts.prose.tokens[at];
            if token.case == Case::Upper
                && token.kind == Kind::Word
                && token.start as usize >= opening
                && seen.len() < MOST
                && needs_explaining(paragraph, at, style)
                && seen.insert(token.of(paragraph.text))
            {
                found.push(Place::new(index, token.span()));
            }
        }
    }
    found
}

/// Takes those acronyms away that the paragraph explains before or where they are first used: by the full name that the
/// lexicon has, by words with their letters, or in brackets, even where their letters are no initials.
fn explain(story: &Story<'_>, index: usize, paragraph: &Paragraph<'_>, open: &mut Open) {
    let tokens = &paragraph.facts.prose.tokens;
    let mut settle = |letter: u8, is_explained: &dyn Fn(&str) -> bool| {
        if let Some(places) = open.get_mut(&letter) {
            places.retain(|place| place.paragraph < index || !is_explained(story.words(*place)));
        }
    };
    for (at, token) in tokens.iter().enumerate() {
        let word = token.of(paragraph.text);
        if word == "("
            && let Some([acronym, close]) = tokens.get(at + 1..at + 3)
            && close.of(paragraph.text) == ")"
            && let Some(letter) = letters(acronym.of(paragraph.text)).last()
        {
            settle(letter, &|open| open == acronym.of(paragraph.text));
        }
        if token.kind == Kind::Word && word.len() > 1 {
            for part in word.split('-') {
                let initial = part.bytes().next().unwrap_or_default().to_ascii_uppercase();
                settle(initial, &|open| ends_with_full(paragraph, &tokens[..=at], open));
            }
        }
    }
    for places in open.values_mut() {
        places.retain(|place| {
            let full = lexicon::spelled_out(story.words(*place));
            place.paragraph < index || !full.is_some_and(|full| paragraph.text.contains(full))
        });
    }
}

/// Whether the token is an acronym that stands for a body or a thing by itself, and is one that the house explains.
fn needs_explaining(paragraph: &Paragraph<'_>, at: usize, style: &Style) -> bool {
    let prose = &paragraph.facts.prose;
    let token = prose.tokens[at];
    let word = token.of(paragraph.text);
    let roman = || word.bytes().all(|byte| b"IVXLCDM".contains(&byte));
    let plain = || {
        letters(word).count() < 3
            || word.contains('.')
            || roman()
            || lexicon::is_plain_acronym(word)
            || style.acronyms.contains(word)
    };
    let by_name = style.explained.contains(word);
    if !is_acronym(word) || !by_name && plain() {
        return false;
    }
    // Bodies whose letters are said one by one take an article, as the USDA does; brands and words in capitals do not.
    let the =
        at.checked_sub(1).is_some_and(|before| prose.tokens[before].of(paragraph.text).eq_ignore_ascii_case("the"));
    if !by_name && lexicon::spelled_out(word).is_none() && (!the || token.class != Class::NONE) {
        return false;
    }
    // "ABC News", "the Quill AFB", "FOX 5", "QB Dahl": part of a name, of a call sign or of a line in capitals.
    let named = |at: usize| {
        prose.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Number
                || token.kind == Kind::Word
                    && matches!(token.case, Case::Title | Case::Upper)
                    && !token.class.any(Class::OPENER)
        })
    };
    let mark =
        |at: usize, marks: &[&str]| prose.tokens.get(at).is_some_and(|token| marks.contains(&token.of(paragraph.text)));
    let before = at.checked_sub(1);
    stands_alone(paragraph, at)
        && !prose.quoted(token.span())
        && !before.is_some_and(|before| named(before) || mark(before, &["(", ":", "&", "/", "[", "#", "-", "–", "|"]))
        && !named(at + 1)
        && !mark(at + 1, &["&", "/", ":", ")", "-", "|"])
}
