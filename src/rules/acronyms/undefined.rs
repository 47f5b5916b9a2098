use rustc_hash::FxHashSet;

use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind, Token};
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

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
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
    detect(story).into_iter().map(finding).collect()
}

/// Most acronyms looked at; a story with more is a list.
const MOST: usize = 64;

/// The first use of each acronym that the story has not explained by then.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut found = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        if !matches!(paragraph.role, Role::Body | Role::Dateline) {
            continue;
        }
        let opening = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
        for (at, token) in paragraph.facts.prose.tokens.iter().enumerate() {
            let word = token.of(paragraph.text);
            if token.case == Case::Upper
                && token.kind == Kind::Word
                && token.start as usize >= opening
                && seen.len() < MOST
                && needs_explaining(paragraph, at)
                && seen.insert(word)
                && !is_explained(story, index, word)
            {
                found.push(Place::new(index, token.span()));
            }
        }
    }
    found
}

/// Whether the token is an acronym that stands for a body or a thing by itself.
fn needs_explaining(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let prose = &paragraph.facts.prose;
    let token = prose.tokens[at];
    let word = token.of(paragraph.text);
    let roman = word.bytes().all(|byte| b"IVXLCDM".contains(&byte));
    if !is_acronym(word) || letters(word).count() < 3 || word.contains('.') || roman || lexicon::is_plain_acronym(word)
    {
        return false;
    }
    // Bodies whose letters are said one by one take an article, as the USDA does; brands and words in capitals do not.
    let the =
        at.checked_sub(1).is_some_and(|before| prose.tokens[before].of(paragraph.text).eq_ignore_ascii_case("the"));
    if lexicon::spelled_out(word).is_none() && (!the || token.class != Class::NONE) {
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

/// Whether the story explains the acronym in the paragraph, in an earlier one or, in brackets, anywhere.
fn is_explained(story: &Story<'_>, until: usize, acronym: &str) -> bool {
    let full = lexicon::spelled_out(acronym);
    story.paragraphs.iter().take(until + 1).any(|paragraph| {
        let tokens = &paragraph.facts.prose.tokens;
        full.is_some_and(|full| paragraph.text.contains(full))
            || tokens.windows(3).any(|window| is_bracketed(paragraph, window, acronym))
            || (1..=tokens.len())
                .any(|end| begins_like(paragraph, end, acronym) && ends_with_full(paragraph, &tokens[..end], acronym))
    })
}

/// Whether the tokens are the acronym in brackets, which explains it even where its letters are no initials.
fn is_bracketed(paragraph: &Paragraph<'_>, window: &[Token], acronym: &str) -> bool {
    window.iter().map(|token| token.of(paragraph.text)).eq(["(", acronym, ")"])
}

/// Whether the last word before `end` begins with the acronym's last letter: the others need not be looked at.
fn begins_like(paragraph: &Paragraph<'_>, end: usize, acronym: &str) -> bool {
    let last = letters(acronym).last();
    let word = paragraph.facts.prose.tokens[end - 1].of(paragraph.text);
    word.len() > 1 && word.rsplit('-').any(|part| part.bytes().next().map(|first| first.to_ascii_uppercase()) == last)
}
