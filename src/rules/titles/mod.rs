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
mod time;
pub(super) mod two_holders;

use crate::fix::Applicability;
use crate::lexicon::{self, Class};
use crate::prose::{self, Case, Kind, Token};
use crate::rules::rule::{Finding, Repair};
use crate::story::{Paragraph, Place};
use crate::text::{Span, lower_first};

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
    let prose = &paragraph.facts.prose;
    let sentence = prose.tokens.get(at).and_then(|token| prose.sentence_at(token.start as usize));
    sentence.is_none_or(|sentence| prose::capitalised(prose.tokens_of(&prose.sentences[sentence])))
}

/// Whether the given name at `name` starts a full one, and the name no place or thing: "Ann Roe Park".
fn is_full_name(paragraph: &Paragraph<'_>, name: usize) -> bool {
    /// Most words looked at.
    const REACH: usize = 4;
    let rest = &paragraph.facts.prose.tokens[name + 1..];
    let mut rest = rest.iter().take(REACH).take_while(|token| token.is_proper()).peekable();
    rest.peek().is_some() && !rest.any(|token| token.class.any(Class::THING.with(Class::BODY)))
}

/// Words after which a title belongs to the name that follows.
const JOINS: Class = Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::SPEECH).with(Class::AUXILIARY);

/// Whether a title belongs to the name after it where it follows the word: "and Mayor Roe", "said Mayor Roe", "met Mayor
/// Roe". After another noun, title and name may be the name of a film or a ship.
fn joins(paragraph: &Paragraph<'_>, before: &Token) -> bool {
    let word = before.of(paragraph.text);
    before.kind == Kind::Word
        && before.case == Case::Lower
        && (before.class.any(JOINS) || lexicon::tenure(word).is_some() || lexicon::encounter(word))
}

/// Whether it is plain that the title at the token `at` is that of the person named after it, so that its words can be
/// changed unseen: not so in "The Trial of Captain Roe" or "the ship Captain Roe".
fn is_plain(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let tokens = &paragraph.facts.prose.tokens;
    let Some(before) = at.checked_sub(1).map(|before| tokens[before]) else { return true };
    let within_name = at > 1 && tokens[at - 2].is_proper() && before.class.any(Class::PREPOSITION);
    let service = || lexicon::service(before.of(paragraph.text)) || lexicon::nationality(before.of(paragraph.text));
    before.kind != Kind::Word || !within_name && (joins(paragraph, &before) || service())
}

/// How a title at `span` may be changed: unseen where it is plain whose it is.
fn applicability(paragraph: &Paragraph<'_>, span: Span) -> Applicability {
    let plain = is_plain(paragraph, paragraph.facts.prose.token_at(span.start));
    if plain { Applicability::Safe } else { Applicability::Unsafe }
}

/// A finding about words that are to be written otherwise, seen or unseen.
fn written(span: Span, message: String, right: impl Into<String>, applicability: Applicability) -> Finding {
    let (place, right) = (Place::here(span), right.into());
    let repair = Repair { title: format!("Write “{right}”"), applicability, edits: vec![(place, right)] };
    Finding::new(place, message).mended_by(vec![repair])
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
