use std::ops::Range;

use super::{Case, Kind, Token};
use crate::lexicon::Class;
use crate::text::Span;

/// A sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the paragraph, from its first token to its last.
    pub span: Span,
    /// Indices of its tokens.
    pub tokens: Range<u32>,
    /// How many of its words stand outside quotation marks.
    pub own_words: u32,
    /// Whether any of it stands between quotation marks.
    pub quoted: bool,
}

/// Longest sentence, in tokens: what goes on for longer, such as a table without stops, is cut there, so that nothing
/// that is done per sentence costs more than that.
const LONGEST: usize = 400;

/// Splits a paragraph into sentences.
pub(super) fn split(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut first = 0;
    let mut at = 0;
    while at < tokens.len() {
        let stop = stop_run(text, tokens, at);
        let ends = stop.is_some_and(|end| ends_sentence(text, tokens, at, end));
        at = stop.unwrap_or(at + 1);
        if ends || at - first >= LONGEST || at == tokens.len() {
            sentences.push(sentence(tokens, first, at));
            first = at;
        }
    }
    sentences
}

fn sentence(tokens: &[Token], first: usize, end: usize) -> Sentence {
    let span = Span::new(tokens[first].start as usize, tokens[end - 1].end as usize);
    let own = tokens[first..end].iter().filter(|token| !token.quoted && token.kind == Kind::Word);
    let quoted = tokens[first..end].iter().any(|token| token.quoted);
    Sentence { span, tokens: first as u32..end as u32, own_words: own.count() as u32, quoted }
}

/// If the token at `at` may end a sentence, the index after it and the marks that close with it.
fn stop_run(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let token = &tokens[at];
    let word = token.of(text);
    if !is_abbreviation(token, word)
        && !(token.kind == Kind::Mark && (word.starts_with('.') || matches!(word, "!" | "?" | "…")))
    {
        return None;
    }
    let closing =
        tokens[at + 1..].iter().enumerate().take_while(|(nth, next)| closes(text, tokens, at + 1 + nth, next));
    Some(at + 1 + closing.count())
}

fn is_abbreviation(token: &Token, word: &str) -> bool {
    token.kind == Kind::Word && word.ends_with('.')
}

/// Whether a sentence ends with the stop at `at` and the marks that close with it, before the token at `end`.
fn ends_sentence(text: &str, tokens: &[Token], at: usize, end: usize) -> bool {
    let Some(next) = tokens.get(end) else { return true };
    if next.start == tokens[end - 1].end && !opens(text, next) {
        return false;
    }
    // The first word of what may be the next sentence.
    let mut ahead =
        tokens[end..].iter().take(LONGEST).filter(|token| token.kind != Kind::Quote && token.of(text) != "(");
    let Some(opener) = ahead.next().filter(|opener| opener.case != Case::Lower) else { return false };
    let (token, word) = (&tokens[at], tokens[at].of(text));
    if is_abbreviation(token, word) {
        return abbreviation_ends(word, token, opener);
    }
    // “Why?” Smith asked.
    let quoted = tokens[at + 1..end].iter().any(|token| token.kind == Kind::Quote);
    !(quoted && matches!(word, "?" | "!") && speaker_follows(&tokens[end..]))
}

/// Whether an abbreviation's stop also ends the sentence before a capital or figure.
fn abbreviation_ends(word: &str, token: &Token, opener: &Token) -> bool {
    if word.eq_ignore_ascii_case("no.") {
        return opener.kind == Kind::Word;
    }
    if token.class.any(Class::PREFIX) {
        return false;
    }
    if opener.kind != Kind::Word {
        return opener.kind == Kind::Number && !token.class.any(Class::MONTH) && word.len() > 2;
    }
    let clock = matches!(word, "a.m." | "p.m.");
    let zone = opener.case == Case::Upper || opener.class.any(Class::WEEKDAY.with(Class::MONTH));
    opener.class.any(Class::OPENER) || clock && !zone
}

/// Whether a token closes with the sentence: a closing quotation mark or bracket right behind it.
fn closes(text: &str, tokens: &[Token], index: usize, token: &Token) -> bool {
    let glued = token.start == tokens[index - 1].end;
    let before_space = tokens.get(index + 1).is_none_or(|next| next.start > token.end || next.kind != Kind::Word);
    match token.kind {
        Kind::Quote => glued && before_space && !matches!(token.of(text), "“" | "‘" | "``" | "«" | "„"),
        Kind::Mark => glued && matches!(token.of(text), ")" | "]" | "!" | "?"),
        _ => false,
    }
}

fn opens(text: &str, token: &Token) -> bool {
    token.kind == Kind::Quote && matches!(token.of(text), "“" | "‘" | "``" | "«" | "„")
}

/// Whether a name or two and a verb of speech come next: "Smith asked", "Ann Lee said".
fn speaker_follows(tokens: &[Token]) -> bool {
    let names = tokens.iter().take(4).take_while(|token| token.kind == Kind::Word && token.case != Case::Lower).count();
    // "Lee has asked", "Lee was quoted as saying"
    let auxiliaries = Class::AUXILIARY.with(Class::ADVERB);
    let after = tokens[names..].iter().take(3).find(|token| !token.class.any(auxiliaries));
    let quoted =
        tokens[names..].iter().take(4).any(|token| token.class.any(Class::SPEECH) && token.case == Case::Lower);
    names > 0 && after.is_some_and(|verb| verb.class.any(Class::SPEECH) || quoted && verb.kind == Kind::Word)
}

#[cfg(test)]
mod tests {
    use super::super::Prose;

    #[test]
    fn what_never_stops_is_cut() {
        for text in ["!".repeat(100_000), "word ".repeat(2_000), "a ) ".repeat(2_000), "“ ".repeat(3_000)] {
            let prose = Prose::read(&text);
            let longest = prose.sentences.iter().map(|sentence| sentence.tokens.len()).max();
            let all: usize = prose.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
            assert_eq!(all, prose.tokens.len());
            assert!(text.starts_with('!') || longest <= Some(super::LONGEST), "{longest:?}");
        }
    }

    #[test]
    fn sentences_survive_newsroom_abbreviations() {
        for text in [
            "Rep. Ann Lee of Peoria, Ill., met Sen. Bo Dahl at 5 p.m. Tuesday in St. Louis.|She left.",
            "The U.S. Army flew to the U.S. on Dec. 6.|The U.S. had agreed.",
            "J.B. Moe, No. 2 at Acme Inc., left at 5 p.m.|Police followed.",
            "Mr. Orr lives in the U.S.|He is 40.",
            "“Why now?” Dahl asked.|“Because.”|No one knew.",
            "“Stop!” he shouted.|They did not.",
            "It rose 3.5 percent to $1.2 billion in Jan. 2020.|Sales fell.",
            "She said no.|No. 2 was him.",
            "He went to Acme Corp. Chief Executive Ann Lee agreed.",
            "\"It is over,\" Lee said.|\"We won.\"",
            "It ended (at last.)|Then it began.",
            "Well … maybe not.|But so it was...|Nobody came.",
            "He met Gen. Orr v. State.|It was odd.",
            "He left at 9 a.m. EST on Friday.",
            "The vote was 51-49.|2 senators were absent.",
        ] {
            let joined = text.replace('|', " ");
            let prose = Prose::read(&joined);
            let found: Vec<&str> = prose.sentences.iter().map(|sentence| sentence.span.of(&joined)).collect();
            assert_eq!(found.join("|"), text);
        }
    }
}
