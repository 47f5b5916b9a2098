//! What people are called.

pub(super) mod courtesy_title;
pub(super) mod first_reference;
pub(in crate::rules) mod inconsistent_spelling;
pub(super) mod known_spelling;
pub(super) mod never_introduced;
pub(super) mod second_reference_title;
pub(super) mod shared_surname;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::format::Role;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind, Token};
use crate::story::people::{Mention, Person};
use crate::story::{Paragraph, Place, Story};
use crate::text::Span;

/// Whether readers come upon the paragraph as they read the story from top to bottom.
fn is_running(paragraph: &Paragraph<'_>) -> bool {
    matches!(paragraph.role, Role::Body | Role::Dateline)
}

/// Whether a bare name is said of something else: "the Quill campaign", "a Quill aide", "Quill Street", "the Hart and
/// Quill families".
fn is_attributive(paragraph: &Paragraph<'_>, name: Span) -> bool {
    let prose = &paragraph.facts.prose;
    let (at, next) = (prose.token_at(name.start), prose.token_at(name.end));
    let before = at.checked_sub(1).map(|before| prose.tokens[before]);
    let capital = |token: &Token| {
        token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Upper) && !token.class.any(Class::WEEKDAY)
    };
    let inserted = before.is_some_and(|token| token.of(paragraph.text) == "]");
    let article = before.is_some_and(|before| before.class.any(Class::DETERMINER.with(Class::POSSESSIVE)));
    // "City of Gold" is a film, "Quill v. Roe" a case.
    let named_so = before.is_some_and(|token| token.of(paragraph.text) == "of")
        && at.checked_sub(2).is_some_and(|before| capital(&prose.tokens[before]));
    let case = prose.tokens.get(next).is_some_and(|token| matches!(token.of(paragraph.text), "v." | "vs." | "v"));
    let hyphen = |token: Option<&Token>| token.is_some_and(|token| token.of(paragraph.text) == "-");
    article
        || named_so
        || case
        || hyphen(before.as_ref())
        || hyphen(prose.tokens.get(next))
        || prose.tokens.get(next).is_some_and(capital)
        || inserted
        || is_second_of_two(paragraph, at, next)
}

/// Whether the name is the second of two that tell whose something is: "the Hart and Quill families".
fn is_second_of_two(paragraph: &Paragraph<'_>, at: usize, next: usize) -> bool {
    let prose = &paragraph.facts.prose;
    let [.., article, one, and] = prose.tokens.get(..at).unwrap_or_default() else { return false };
    let plural = |token: &Token| {
        token.case == Case::Lower && !token.class.any(Class::AUXILIARY) && token.of(paragraph.text).ends_with('s')
    };
    article.class.any(Class::DETERMINER)
        && matches!(one.case, Case::Title | Case::Upper)
        && matches!(and.of(paragraph.text), "and" | "or")
        && prose.tokens.get(next).is_some_and(plural)
}

/// Whether a single name is enough with the title of a mention: "Pope Paul", "President Quill".
fn is_known_by_one(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let title = mention.title.map_or("", |title| paragraph.words(title));
    title.split([' ', '-']).any(lexicon::known_by_one)
}

/// Whether the words are the person's surname rather than a given name that stands alone.
fn is_surname(paragraph: &Paragraph<'_>, mention: &Mention, person: &Person) -> bool {
    mention.given.is_none() && lexicon::fold(&paragraph.phrase(mention.surname)) == lexicon::fold(&person.surname)
}

/// Where each of the surnames first stands behind another capitalised word, which may be a given name that nobody knew
/// for one; `counts` tells which places do.
fn behind_capitals(
    story: &Story<'_>,
    surnames: impl Iterator<Item = String>,
    counts: impl Fn(&Paragraph<'_>, Span) -> bool,
) -> FxHashMap<String, Place> {
    const NO_GIVEN: Class =
        Class::TITLE.with(Class::COURTESY).with(Class::OPENER).with(Class::PREPOSITION).with(Class::PARTICLE);
    let sought: FxHashSet<String> = surnames.collect();
    let mut places = FxHashMap::default();
    if sought.is_empty() {
        return places;
    }
    let capital = |token: &Token| token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Upper);
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        for pair in paragraph.facts.prose.tokens.windows(2) {
            let [before, name] = pair else { continue };
            if !capital(before) || !capital(name) || before.class.any(NO_GIVEN) || !counts(paragraph, name.span()) {
                continue;
            }
            let surname = lexicon::fold(name.of(paragraph.text));
            if sought.contains(&surname) {
                places.entry(surname).or_insert(Place::new(index, name.span()));
            }
        }
    }
    places
}
