use std::ops::Range;

use super::phrase::{ending, is, nearest, opening};
use crate::lexicon::{Class, Sources, sources};
use crate::prose::{Case, Kind, Prose, Token};
use crate::text::Span;

/// A sentence that says that a name is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Index of the sentence.
    pub sentence: usize,
    /// By which words: "condition of anonymity", "not authorized to speak".
    pub span: Span,
    /// Whether it says why, in words that fit this story and not any.
    pub reason: bool,
    /// A reason that fits any story.
    pub formula: Option<Span>,
}

/// The sentences of a paragraph that say that a name is withheld.
pub fn withheld(text: &str, prose: &Prose) -> Vec<Withheld> {
    let withholds =
        |token: &Token| token.kind == Kind::Word && !token.quoted && sources().withholding.contains(token.of(text));
    let mut found = Vec::new();
    for (sentence, tokens) in prose.sentences.iter().map(|sentence| prose.tokens_of(sentence)).enumerate() {
        let said = (0..tokens.len()).filter(|at| withholds(&tokens[*at])).filter_map(|at| saying(text, tokens, at));
        let said: Vec<(Range<usize>, bool)> = said.collect();
        let Some((first, _)) = said.first() else { continue };
        let formulas = formulas(text, tokens, &said);
        let reason = reason(text, tokens, &said, &formulas);
        let formula = formulas.first().map(|formula| span(tokens, formula));
        found.push(Withheld { sentence, span: span(tokens, first), reason, formula });
    }
    found
}

fn span(tokens: &[Token], range: &Range<usize>) -> Span {
    let tokens = &tokens[range.clone()];
    tokens.first().zip(tokens.last()).map_or_else(Span::default, |(first, last)| first.span().cover(last.span()))
}

/// The phrase to which the word at `at` belongs and which says that a name is withheld, and whether that is a formula.
fn saying(text: &str, tokens: &[Token], at: usize) -> Option<(Range<usize>, bool)> {
    let Sources { withheld, unauthorized, .. } = sources();
    if let Some(start) = withheld.iter().find_map(|phrase| ending(text, tokens, at, phrase)) {
        return Some((start..at + 1, false));
    }
    let end = unauthorized.iter().find_map(|phrase| opening(text, tokens, at, phrase))?;
    let not = nearest(text, tokens, (0..at).rev(), "not")?;
    Some((not..end, true))
}

/// The reasons in a sentence that fit any story.
fn formulas(text: &str, tokens: &[Token], said: &[(Range<usize>, bool)]) -> Vec<Range<usize>> {
    let from_any = |at: usize| {
        if tokens[at].quoted {
            return None;
        }
        let ends = sources().formula.iter().find_map(|phrase| opening(text, tokens, at, phrase));
        ends.map(|end| at..end)
    };
    let mut formulas: Vec<Range<usize>> = (0..tokens.len()).filter_map(from_any).collect();
    formulas.extend(said.iter().filter(|(_, formula)| *formula).map(|(range, _)| range.clone()));
    formulas.sort_by_key(|range| range.start);
    formulas
}

/// Whether a sentence gives a reason that is no formula. What it is lies between the word that opens it and the next "and"
/// or other opening word: "because the talks are secret and she was not authorized to discuss them" gives one.
fn reason(text: &str, tokens: &[Token], said: &[(Range<usize>, bool)], formulas: &[Range<usize>]) -> bool {
    let opens = |at: usize| {
        let word = tokens[at].of(text);
        let anywhere = || sources().reason.iter().any(|reason| reason.eq_ignore_ascii_case(word));
        !tokens[at].quoted && (anywhere() || said.iter().any(|(said, _)| follows(text, tokens, said.end, at)))
    };
    let opens: Vec<bool> = (0..tokens.len()).map(opens).collect();
    let Some(first) = opens.iter().position(|opens| *opens) else { return false };
    let mut start = first;
    (first + 1..=tokens.len()).any(|at| {
        let ends = tokens.get(at).is_none_or(|token| opens[at] || is(text, token, "and"));
        if !ends {
            return false;
        }
        let part = start..at;
        start = at;
        let meets = |range: &Range<usize>| range.start < part.end && part.start < range.end;
        part.len() > 2 && !formulas.iter().any(meets) && !said.iter().any(|(said, _)| meets(said))
    })
}

/// Whether the token at `at` opens a reason right after the words, ending at `end`, that say that a name is withheld:
/// "anonymity, as the case is open", "anonymity to describe a private meeting", "not to be named discussing it".
fn follows(text: &str, tokens: &[Token], end: usize, at: usize) -> bool {
    let comma = tokens.get(end).is_some_and(|token| token.of(text) == ",");
    if at != end + usize::from(comma) {
        return false;
    }
    let word = tokens[at].of(text);
    let whom = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE).with(Class::MEDIA).with(Class::PRONOUN);
    let does = tokens.get(at + 1).is_some_and(|next| next.case == Case::Lower && !next.class.any(whom));
    let opens = sources().reason_next.contains(word) && (does || !["to", "for"].contains(&word));
    opens || !comma && word.ends_with("ing") && tokens[at].case == Case::Lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_from_formulas() {
        for (text, reason, formula) in [
            ("He spoke on condition of anonymity.", false, None),
            ("He spoke on condition of anonymity to The Linden Herald.", false, None),
            ("He spoke on condition of anonymity to reporters.", false, None),
            ("He spoke on condition of anonymity because he feared for his job.", true, None),
            ("He spoke on condition of anonymity to describe a private meeting.", true, None),
            ("He asked not to be named discussing the contract.", true, None),
            ("He declined to be named, citing threats to his family.", true, None),
            ("He spoke on condition of anonymity to speak freely.", false, Some("to speak freely")),
            ("He was not authorized to speak and asked not to be named.", false, Some("not authorized to speak")),
            ("He wasn’t publicly authorized to speak.", false, Some("wasn’t publicly authorized to speak")),
            (
                "He asked not to be named because the vote is secret and he was not authorized to discuss it.",
                true,
                Some("not authorized to discuss"),
            ),
        ] {
            let found = withheld(text, &Prose::read(text));
            let found = found.first().map(|withheld| (withheld.reason, withheld.formula.map(|span| span.of(text))));
            assert_eq!(found, Some((reason, formula)), "{text}");
        }
        let text = "The state was not authorized to tax the rafts, which are to be named later.";
        assert_eq!(withheld(text, &Prose::read(text)), []);
    }
}
