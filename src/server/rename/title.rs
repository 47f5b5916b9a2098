//! A title's new words, in each of the forms in which the story gives it.

use super::{Change, Why};
use crate::lexicon::{self, Class, Wording, places};
use crate::prose::{Case, Kind, Prose};
use crate::server::cast::{self, Subject, Title};
use crate::story::{Place, Story};
use crate::text::{one_line, upper_first};

/// The changes that give a title other words, in the form that each place has: "Gov." before a name, "governor" after.
pub(super) fn changes(story: &Story<'_>, bearer: usize, title: &Title, place: Place, new: &str) -> Vec<Change> {
    let old = one_line(story.words(place));
    let uses = cast::uses(story, &Subject::Title(bearer, title.clone())).into_iter();
    let changes = uses.map(|used| {
        let paragraph = &story.paragraphs[used.place.paragraph];
        let here = one_line(story.words(used.place));
        let words = if lexicon::fold(&here) == lexicon::fold(&old) { new } else { in_form(new, &here) };
        let why = match used.alone {
            _ if paragraph.said(used.place.span) => Some(Why::Quoted),
            true => Some(Why::Alone),
            false => None,
        };
        Change { place: used.place, text: Some(cased(words, &here)), why }
    });
    changes.collect()
}

/// A title in the form that the words of another have, if the lexicon knows it in that form.
fn in_form<'t>(title: &'t str, like: &str) -> &'t str {
    let Some(way) = wording(title) else { return title };
    let form = |way: Wording, words: &str| (words.contains('.'), words.contains(" of "), cast::is_plural(&way));
    let Some(wanted) = wording(like).map(|way| form(way, like)) else { return title };
    let forms = lexicon::office(way).wordings[way.wording].iter().enumerate();
    let mut same = forms.filter(|(index, words)| form(Wording { form: *index, ..way }, words) == wanted);
    same.next().map_or(title, |(_, words)| words)
}

/// The office of which all the words are a wording.
fn wording(words: &str) -> Option<Wording> {
    let all = words.split(' ');
    let (_, ways) = lexicon::longest_office(all.clone()).filter(|(len, _)| *len == all.count())?;
    ways.first().copied()
}

/// The title with capitals or without, as the one `here`.
fn cased(title: &str, here: &str) -> String {
    if title.starts_with(char::is_lowercase) == here.starts_with(char::is_lowercase) {
        return title.to_owned();
    }
    let mut text = title.to_owned();
    // From the last to the first, so that none moves another.
    for token in Prose::read(title).tokens.iter().rev().filter(|token| token.kind == Kind::Word) {
        let word = token.of(title);
        let proper = || lexicon::nationality(word) || places::region(word).is_some();
        let small = || token.class.any(Class::PREPOSITION.with(Class::DETERMINER).with(Class::CONJUNCTION));
        let written = if here.starts_with(char::is_lowercase) {
            (token.case == Case::Title && !proper()).then(|| word.to_lowercase())
        } else {
            (!small()).then(|| upper_first(word))
        };
        if let Some(written) = written {
            text.replace_range(token.start as usize..token.end as usize, &written);
        }
    }
    text
}
