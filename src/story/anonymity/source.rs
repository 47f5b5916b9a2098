use super::phrase::{is, opening};
use super::withheld::Withheld;
use crate::lexicon::{Class, Sources, sources};
use crate::prose::{Case, Kind, Token};
use crate::story::Paragraph;
use crate::story::attribution::{Joined, SourceKind};
use crate::text::Span;

/// How much the words for a source tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// That somebody said it: "sources", "a reliable source".
    Nothing,
    /// Too little to judge them by: "insiders", "a person close to the mayor".
    Little,
    /// What they do, or how they know.
    Enough,
}

/// The words for a source that may be somebody unnamed, up to the first comma.
pub(super) fn words(paragraph: &Paragraph<'_>, joined: &Joined<'_>) -> Option<Span> {
    let (text, prose, source) = (paragraph.text, &paragraph.facts.prose, joined.attribution.source?);
    let kind = matches!(joined.attribution.source_kind, SourceKind::Role | SourceKind::Anonymous | SourceKind::Vague);
    if !kind || joined.person.is_some() || prose.quoted(source) {
        return None;
    }
    // "…, which two officials said": the phrase begins with the officials.
    let leads = Class::PRONOUN.with(Class::CONJUNCTION).with(Class::ADVERB);
    let joins = |token: &Token| {
        is(text, token, "which") || token.class.any(leads) && !sources().people.contains(token.of(text))
    };
    let ends = |token: &Token| token.kind == Kind::Mark || is(text, token, "who") || is(text, token, "speaking");
    let tokens = prose.tokens_in(source).iter().skip_while(|token| joins(token)).take_while(|token| !ends(token));
    // What has a verb in it is no phrase: a source read wrongly.
    let verb = Class::AUXILIARY.with(Class::MODAL);
    let clause = tokens.clone().any(|token| token.class.any(verb) || is(text, token, "which"));
    tokens.map(Token::span).reduce(Span::cover).filter(|_| !clause)
}

/// Whether words for somebody speak of them as known: "the source", "one of the officials".
pub(super) fn is_known(text: &str, tokens: &[Token]) -> bool {
    let known = |token: &Token| ["the", "that", "this", "both"].iter().any(|word| is(text, token, word));
    tokens.first().is_some_and(known)
        || tokens.get(1..3).is_some_and(|next| is(text, &next[0], "of") && known(&next[1]))
}

/// Whether they do so in no more words than that: "the official", "one of the officials".
pub(super) fn is_brief(text: &str, tokens: &[Token]) -> bool {
    is_known(text, tokens) && (tokens.len() == 2 || tokens.get(1).is_some_and(|token| is(text, token, "of")))
}

/// The noun of a phrase: "official" in "a senior White House official in Kesh", "sources" in "one of the sources".
pub(super) fn noun<'s>(paragraph: &Paragraph<'s>, tokens: &[Token]) -> Option<&'s str> {
    let preposition = |tokens: &[Token]| {
        let at = tokens.iter().skip(1).position(|token| token.class.any(Class::PREPOSITION));
        at.map_or(tokens.len(), |at| at + 1)
    };
    let among = is_known(paragraph.text, tokens) && tokens.get(1).is_some_and(|token| is(paragraph.text, token, "of"));
    let tokens = if among { &tokens[2..] } else { tokens };
    let noun = tokens[..preposition(tokens)].last()?;
    (noun.kind == Kind::Word).then(|| noun.of(paragraph.text))
}

/// If the words themselves show that a name is withheld ("a source", "a person familiar with the talks"): the noun, and
/// how much they tell. `clause` is what their paragraph says about the name.
pub(super) fn shown<'s>(paragraph: &Paragraph<'s>, words: Span, clause: Option<&Withheld>) -> Option<(&'s str, Told)> {
    let (text, prose) = (paragraph.text, &paragraph.facts.prose);
    let first = prose.token_at(words.start);
    let end = first + prose.tokens_in(words).len();
    // What tells something of the noun may stand after the phrase.
    let tokens = &prose.tokens;
    (first..end).find_map(|at| {
        let token = &tokens[at];
        let told = if token.class.any(Class::UNNAMED) {
            let named = at > first && token.case == Case::Title;
            let modifies =
                at + 1 < end && !tokens[at + 1].class.any(Class::PREPOSITION) && knows(text, tokens, at + 1).is_none();
            // Neither "whistleblower Ann Roe" nor "Business Insider" nor "media sources".
            let media = Class::MEDIA.with(Class::DOCUMENT);
            let other = named || modifies || tokens[first..at].iter().any(|token| token.class.any(media));
            (!other).then(|| told(text, tokens, first, at, clause))
        } else if sources().people.iter().any(|noun| is(text, token, noun)) {
            knows(text, tokens, at + 1)
        } else if token.class.any(Class::ROLE) {
            knows(text, tokens, at + 1).filter(|told| *told == Told::Enough)
        } else {
            None
        };
        told.map(|told| (token.of(text), told))
    })
}

/// How much is told of the source, or its like, at `noun`, whose phrase begins at `first`.
fn told(text: &str, tokens: &[Token], first: usize, noun: usize, clause: Option<&Withheld>) -> Told {
    let Sources { bare, telling, empty, .. } = sources();
    let plain = Class::DETERMINER.with(Class::NUMBER).with(Class::POSSESSIVE).with(Class::ADVERB);
    let tells = |token: &Token| !token.class.any(plain) && !empty.iter().any(|word| is(text, token, word));
    let is_any = |mut list: std::collections::hash_set::Iter<'_, &str>| list.any(|word| is(text, &tokens[noun], word));
    if let Some(told) = knows(text, tokens, noun + 1) {
        told
    } else if is_any(telling.iter()) || describes(text, tokens, noun + 1, clause) {
        Told::Enough
    } else if !is_any(bare.iter()) || tokens[first..noun].iter().any(tells) {
        Told::Little
    } else {
        Told::Nothing
    }
}

/// What the words from the token at `at` on, after a noun, tell of how somebody knows: "familiar with", "who was briefed
/// on".
fn knows(text: &str, tokens: &[Token], at: usize) -> Option<Told> {
    let who = tokens.get(at).is_some_and(|token| is(text, token, "who"));
    let auxiliary = |at: &usize| who && tokens[*at].class.any(Class::AUXILIARY);
    let at = (at + usize::from(who)..tokens.len()).take(3).find(|at| !auxiliary(at))?;
    let opens = |phrase: &Vec<&str>| opening(text, tokens, at, phrase).is_some();
    let Sources { knowing, thin, .. } = sources();
    if knowing.iter().any(opens) {
        return Some(Told::Enough);
    }
    thin.iter().any(opens).then_some(Told::Little)
}

/// Whether the words from the token at `at` on, after a noun such as "source", describe it: "in the yard", "who was there".
fn describes(text: &str, tokens: &[Token], at: usize, clause: Option<&Withheld>) -> bool {
    let Some(next) = tokens.get(at) else { return false };
    if sources().involved.iter().any(|phrase| opening(text, tokens, at, phrase).is_some()) {
        return true;
    }
    let withholds = |token: &Token| clause.is_some_and(|clause| clause.span.overlaps(token.span()));
    if ["with", "in", "at", "from", "inside", "within", "near", "among", "on", "for"]
        .iter()
        .any(|word| is(text, next, word))
    {
        // Neither "on Monday" nor "on condition of anonymity".
        let time = Class::WEEKDAY.with(Class::MONTH);
        let tells = |token: &Token| !token.class.any(time) && token.kind != Kind::Number && !withholds(token);
        return tokens.get(at + 1).is_some_and(tells);
    }
    let rest = &tokens[at + usize::from(next.of(text) == ",")..];
    let who = rest.first().is_some_and(|token| is(text, token, "who") || is(text, token, "whose"));
    // "who asked not to be named" tells nothing, unless by the reason.
    let silent = rest.iter().take(6).any(withholds) && clause.is_some_and(|clause| !clause.reason);
    who && !silent
}
