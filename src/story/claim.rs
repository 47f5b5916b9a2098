//! Sentences that sound like a claim that needs a source.

pub use crate::lexicon::Claim;

use crate::lexicon::{Class, claim_phrases};
use crate::prose::{Prose, Token};

/// For each sentence, the claim it makes in the reporter's own words; what is quoted makes none.
pub fn claims(text: &str, prose: &Prose) -> Vec<Option<Claim>> {
    prose.sentences.iter().map(|sentence| claim(text, prose.tokens_of(sentence))).collect()
}

/// The claim that words make, whoever says them.
pub fn said(text: &str, words: &[Token]) -> Option<Claim> {
    first_claim(text, words, |_| true)
}

fn claim(text: &str, tokens: &[Token]) -> Option<Claim> {
    let claim = first_claim(text, tokens, |token| !token.quoted)?;
    // What somebody is charged with, sued for or guilty of is a court's word.
    let charged = |token: &Token| token.class.any(Class::COURT);
    let blames = matches!(claim, Claim::Accusation | Claim::Judgement);
    (!(blames && tokens.iter().any(charged))).then_some(claim)
}

/// The first claim that the words make of those that `reads` reads.
fn first_claim(text: &str, tokens: &[Token], reads: impl Fn(&Token) -> bool) -> Option<Claim> {
    tokens.iter().enumerate().find_map(|(index, token)| {
        if !reads(token) || !token.class.any(Class::CLAIM) {
            return None;
        }
        let follows = |words: &[String]| {
            let rest = tokens.get(index + 1..index + 1 + words.len());
            rest.is_some_and(|rest| {
                rest.iter().zip(words).all(|(token, word)| reads(token) && token.of(text).eq_ignore_ascii_case(word))
            })
        };
        claim_phrases(token.of(text)).iter().find(|(words, _)| follows(words)).map(|(_, claim)| *claim)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_told_from_plain_reporting() {
        for (text, expected) in [
            ("The mayor lied about the budget.", Some(Claim::Accusation)),
            ("Prices are likely to rise.", Some(Claim::Prediction)),
            ("It is the best.", Some(Claim::Superlative)),
            ("Prices are likely", None),
            ("The council meets Tuesday.", None),
            ("The mayor said “you lied” to him.", None),
            ("He pleaded guilty to reckless driving.", None),
            ("She was charged with making misleading statements.", None),
            ("The vote count was rigged.", Some(Claim::Accusation)),
        ] {
            let prose = Prose::read(text);
            assert_eq!(claims(text, &prose), [expected], "{text}");
        }
    }
}
