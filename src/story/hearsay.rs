//! What a paragraph passes on from hearsay: research that nobody signs, "reportedly", pictures of unknown origin.

use crate::lexicon::{Class, Form, verb, weasel};
use crate::prose::{Kind, Prose, Token, span};
use crate::text::Span;

/// Words that rest on nobody's word unless a sentence beside theirs gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hearsay {
    /// What they rest on.
    pub rests_on: RestsOn,
    /// Index of the sentence in which they stand.
    pub sentence: usize,
    /// Where they stand.
    pub span: Span,
}

/// What hearsay rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestsOn {
    /// "studies show", "according to a new poll"
    Study,
    /// "reportedly"
    Report,
    /// "a viral video", "footage showed"
    Pictures,
}

/// Most words before the noun for research: "a large new national".
const BEFORE_STUDY: usize = 5;
/// How far after it its verb may stand: "a study of 500 pupils published in May found".
pub(super) const AFTER_STUDY: usize = 12;
/// How far before the noun for pictures stands what tells which they are.
const BEFORE_PICTURES: usize = 3;
/// How far after it what they do may stand.
const AFTER_PICTURES: usize = 6;

/// The hearsay of a paragraph, in order; of research and of pictures, the first in each sentence.
pub fn read(text: &str, prose: &Prose) -> Vec<Hearsay> {
    let mut found: Vec<Hearsay> = Vec::new();
    for (sentence, tokens) in prose.sentences.iter().map(|sentence| prose.tokens_of(sentence)).enumerate() {
        let of_sentence = found.len();
        for at in 0..tokens.len() {
            let Some((rests_on, words)) = hearsay(text, tokens, at) else { continue };
            let known = found[of_sentence..].iter().any(|hearsay| hearsay.rests_on == rests_on);
            if rests_on == RestsOn::Report || !known {
                found.push(Hearsay { rests_on, sentence, span: span(words) });
            }
        }
    }
    found
}

/// The hearsay whose first or main word stands at `at`.
fn hearsay<'t>(text: &str, tokens: &'t [Token], at: usize) -> Option<(RestsOn, &'t [Token])> {
    let (token, class) = (&tokens[at], tokens[at].class);
    if token.quoted {
        return None;
    }
    if class.any(Class::ADVERB) {
        let report = weasel().hearsay.words.has(token.of(text));
        return report.then(|| (RestsOn::Report, &tokens[at..=at]));
    }
    let study = || class.any(Class::DOCUMENT).then(|| study(text, tokens, at)).flatten();
    let pictures = || class.any(Class::DOCUMENT.with(Class::COMMON)).then(|| pictures(text, tokens, at)).flatten();
    let study = study().map(|words| (RestsOn::Study, words));
    study.or_else(|| Some((RestsOn::Pictures, pictures()?)))
}

/// The words that cite unsigned research, whose noun stands at `at`.
fn study<'t>(text: &str, tokens: &'t [Token], at: usize) -> Option<&'t [Token]> {
    let noun = &tokens[at];
    let words = &weasel().study;
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
    // "a poll worker", "study data"
    let goes_on = Class::ADVERB.with(Class::AUXILIARY).with(Class::PREPOSITION).with(Class::CONJUNCTION);
    let goes_on = goes_on.with(Class::DETERMINER).with(Class::WEEKDAY).with(Class::SPEECH).with(Class::THOUGHT);
    let next = tokens.get(at + 1)?;
    if !next.class.any(goes_on) && !next.of(text).ends_with("ed") {
        return None;
    }
    let finds = |token: &Token| verb(token.of(text)).is_some_and(|verb| words.finds.has(verb.base));
    let ends = |token: &&Token| {
        let be = token.class.any(Class::AUXILIARY) && !token.of(text).starts_with("ha");
        matches!(token.kind, Kind::Word | Kind::Number)
            && !token.quoted
            && !token.is_proper()
            && !be
            && !token.class.any(Class::MODAL)
    };
    let after = at + 1 + tokens[at + 1..].iter().take(AFTER_STUDY).take_while(ends).position(finds)?;
    // "advocates for research said"
    if first > 0 && word(first - 1) == "for" {
        return None;
    }
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
            && token.of(text) != "which"
            && verb(token.of(text)).is_none_or(|verb| verb.form != Form::Base)
    };
    let mut first = at;
    for token in tokens[..at].iter().rev().take(BEFORE_STUDY).take_while(inside) {
        first -= 1;
        if study.indefinite.has(token.of(text)) {
            break;
        }
    }
    let whose = Class::BODY.with(Class::ROLE).with(Class::POSSESSIVE).with(Class::PRONOUN);
    let owned = tokens[first..at].iter().enumerate().any(|(index, token)| {
        // A capital that opens the sentence makes no name: "Recent polls".
        let opener = first + index == 0 && token.class.any(Class::OPENER.with(Class::COMMON).with(Class::DETERMINER));
        token.is_proper() && !opener
            || token.class.any(whose)
            || study.known.has(token.of(text))
            || ["the", "this", "that", "these", "those"].iter().any(|word| token.of(text).eq_ignore_ascii_case(word))
    });
    let possessed = first > 0 && tokens[first - 1].kind == Kind::Possessive;
    (!owned && !possessed).then_some(first)
}

/// The words that rest on pictures, whose noun stands at `at`.
fn pictures<'t>(text: &str, tokens: &'t [Token], at: usize) -> Option<&'t [Token]> {
    let words = &weasel().footage;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    if !words.nouns.has(word(at)) {
        return None;
    }
    let from = at.saturating_sub(BEFORE_PICTURES);
    // "the video" was spoken of before; "campaign video" is no news picture.
    let known = |token: &Token| {
        ["the", "this", "that", "these", "those"].iter().any(|word| token.of(text).eq_ignore_ascii_case(word))
            || token.class.any(Class::POSSESSIVE)
            || words.other.has(token.of(text))
    };
    let next = tokens.get(at + 1).is_some_and(|next| words.other.has(next.of(text)));
    if next || tokens[from..at].iter().any(known) {
        return None;
    }
    if at > 0 && word(at - 1).eq_ignore_ascii_case("viral") {
        return Some(&tokens[at - 1..=at]);
    }
    let shows = |at: usize| {
        verb(word(at)).is_some_and(|verb| verb.base == "show" && !matches!(verb.form, Form::Gerund | Form::Participle))
    };
    // "Footage showed", "A video shows", "but videos show"
    let opens = at == 0 || tokens[at - 1].class.any(Class::DETERMINER.with(Class::CONJUNCTION)) || word(at - 1) == ",";
    if opens && shows(at + 1) {
        return Some(&tokens[at..=at + 1]);
    }
    let mut after = tokens[at + 1..].iter().take(AFTER_PICTURES).take_while(|token| token.kind == Kind::Word);
    let spread = at + 1 + after.position(|token| words.spreads.has(token.of(text)))?;
    let online = |at: &usize| word(*at) == "online" || word(*at) == "media" && word(at - 1) == "social";
    let online = (spread + 1..=spread + AFTER_PICTURES).find(online)?;
    Some(&tokens[at..=online])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hearsay_is_told_from_its_look_alikes() {
        for (text, expected) in [
            ("Studies show that it fell.", "Studies show"),
            ("It fell, according to a recent survey.", "according to a recent survey"),
            ("A new national poll of 500 people found that it fell.", "A new national poll of 500 people found"),
            ("It will reportedly fall.", "reportedly"),
            ("In a viral video, it falls.", "viral video"),
            ("But videos show it.", "videos show"),
            ("Photos were shared on social media.", "Photos were shared on social media"),
            ("The study showed it. Their research says so.", ""),
            ("A Kesh survey found it. A police report said so.", ""),
            ("The league released a report showing it.", ""),
            ("A poll worker said so. Advocates for research say so.", ""),
            ("The video showed it. A music video shows her.", ""),
            ("“Studies show it,” he said. “Reportedly.”", ""),
        ] {
            let found = read(text, &Prose::read(text));
            let found: Vec<&str> = found.iter().map(|hearsay| hearsay.span.of(text)).collect();
            assert_eq!(found.join("|"), expected, "{text}");
        }
    }
}
