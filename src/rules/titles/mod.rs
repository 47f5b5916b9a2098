//! Who holds which office, and how copy says so.

pub(super) mod abbreviated_alone;
pub(super) mod abbreviation;
pub(super) mod case_after_name;
pub(super) mod case_alone;
pub(super) mod case_before_name;
pub(super) mod house_style;
pub(super) mod inconsistent;
pub(super) mod long_before_name;
pub(super) mod military_rank;
pub(super) mod modifier_case;
pub(super) mod not_held;
pub(super) mod occupation_case;
mod post;
pub(super) mod the_rev;
pub(super) mod two_holders;

use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};
use crate::story::Paragraph;

/// Whether the token starts a sentence, or what has a capital as a sentence does: after a colon, a bullet, a bracket.
fn opens(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(before) = at.checked_sub(1).map(|before| prose.tokens[before]) else { return true };
    let start = prose.tokens.get(at).map_or(before.end, |token| token.start) as usize;
    before.kind == Kind::Quote
        || prose.sentence_at(start) != prose.sentence_at(before.start as usize)
        || before.kind == Kind::Mark && before.of(paragraph.text) != ","
}

/// Whether the sentence of the token is written like a headline or a list: with no word in lower case but small ones.
fn is_headline(paragraph: &Paragraph<'_>, at: usize) -> bool {
    const SMALL: Class = Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::DETERMINER);
    let prose = &paragraph.facts.prose;
    let sentence = prose.tokens.get(at).and_then(|token| prose.sentence_at(token.start as usize));
    let plain = |sentence: usize| {
        let mut tokens = prose.tokens_of(&prose.sentences[sentence]).iter();
        tokens.any(|token| token.kind == Kind::Word && token.case == Case::Lower && !token.class.any(SMALL))
    };
    !sentence.is_some_and(plain)
}

/// Whether the given name at `name` starts a full one, and the name no place or thing: "Ann Roe Park".
fn is_full_name(paragraph: &Paragraph<'_>, name: usize) -> bool {
    /// Most words looked at.
    const REACH: usize = 4;
    let rest = &paragraph.facts.prose.tokens[name + 1..];
    let mut rest = rest.iter().take(REACH).take_while(|token| token.is_proper()).peekable();
    rest.peek().is_some() && !rest.any(|token| token.class.any(Class::THING.with(Class::BODY)))
}

/// `text` with its first letter in lower case.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `text` with its first letter in lower case where that of `like` is.
fn cased_like(text: &str, like: &str) -> String {
    if like.starts_with(char::is_lowercase) { text.to_lowercase() } else { text.to_owned() }
}

/// The words of `wordings` that say what `wanted` says, in the given form if it has it.
fn in_form<'w>(wordings: &'w [Vec<String>], wanted: &'w str, form: usize) -> &'w str {
    let group = wordings.iter().find(|group| group.iter().any(|wording| wording == wanted));
    group.and_then(|group| group.get(form)).map_or(wanted, String::as_str)
}

/// A title as it stands after a name or alone: its common words in lower case, as in “House speaker”.
fn lowered(title: &str) -> String {
    let words = title.split_whitespace();
    let word = |word: &str| if lexicon::common_in_title(word) { lower_first(word) } else { word.to_owned() };
    words.map(word).collect::<Vec<_>>().join(" ")
}
