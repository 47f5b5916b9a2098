use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxHashSet;

use crate::prose::{Kind, Prose, Token};
use crate::text::Span;

/// A term that the house writes its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What the house does not write, one word or several.
    pub wrong: String,
    /// What it writes.
    pub right: String,
    /// Why, if the house says so.
    pub why: Option<String>,
}

/// The terms of a house, by their first words, so that looking them up takes time by the text and not by the terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    starts: HashMap<String, Vec<Entry>>,
    /// What the house writes, in small letters.
    rights: FxHashSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    term: Term,
    /// The words after the first, each with whether it stands apart from the one before it.
    rest: Vec<(bool, String)>,
}

/// A place where a draft has a term as the house does not write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip<'t> {
    /// Where.
    pub span: Span,
    /// The term.
    pub term: &'t Term,
    /// What the house writes there.
    pub right: String,
}

impl Terms {
    /// The terms, ready to be found.
    pub fn new(terms: impl IntoIterator<Item = Term>) -> Self {
        let mut starts: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut rights = FxHashSet::default();
        for term in terms {
            rights.insert(term.right.to_lowercase());
            let prose = Prose::read(&term.wrong);
            let Some(first) = prose.tokens.first() else { continue };
            let pairs = prose.tokens.windows(2);
            let rest = pairs.map(|pair| (pair[0].end < pair[1].start, plain(pair[1].of(&term.wrong)).into_owned()));
            let rest = rest.collect();
            starts.entry(plain(first.of(&term.wrong)).into_owned()).or_default().push(Entry { term, rest });
        }
        Self { starts, rights }
    }

    /// Whether the house writes these words for others, in whatever case.
    pub fn writes(&self, words: &str) -> bool {
        !self.rights.is_empty() && self.rights.contains(&words.to_lowercase())
    }

    /// These terms, and those of another list that contradict none of them.
    pub fn over(&self, below: &Self) -> Self {
        let mut lost: FxHashSet<&str> = FxHashSet::default();
        for term in self.all() {
            lost.insert(&term.wrong);
            lost.extend(below.undoing(term).into_iter().map(|other| other.wrong.as_str()));
        }
        let stays = |term: &&Term| !lost.contains(&*term.wrong) && self.undoing(term).is_empty();
        Self::new(below.all().filter(stays).chain(self.all()).cloned())
    }

    /// The terms that would not leave what a term, of this list or of another, writes.
    pub fn undoing(&self, term: &Term) -> Vec<&Term> {
        // At the start of a sentence, and within.
        let places = [term.right.clone(), format!("0 {}", term.right)];
        let slips = places.iter().flat_map(|text| self.find(text, &Prose::read(text)));
        slips.map(|slip| slip.term).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Term> {
        self.starts.values().flatten().map(|entry| &entry.term)
    }

    /// Where a paragraph has one of the terms as whole words; of terms that begin with the same words, the longest.
    /// A term counts as it is written, and with a capital where it opens a sentence.
    pub fn find(&self, text: &str, prose: &Prose) -> Vec<Slip<'_>> {
        let mut slips = Vec::new();
        if self.starts.is_empty() {
            return slips;
        }
        for sentence in &prose.sentences {
            let mut tokens = prose.tokens_of(sentence);
            let opener = tokens.iter().find(|token| matches!(token.kind, Kind::Word | Kind::Number));
            let opener = opener.map(|token| token.start);
            while let [first, rest @ ..] = tokens {
                let Some((entry, right)) = self.entry(text, tokens, opener == Some(first.start)) else {
                    tokens = rest;
                    continue;
                };
                let (slip, after) = tokens.split_at(1 + entry.rest.len());
                let span = slip.iter().map(Token::span).reduce(Span::cover).unwrap_or_default();
                // Where the draft has the right wording already there is no slip: "Kyiv" of a term "kyiv".
                if span.of(text) != right {
                    slips.push(Slip { span, term: &entry.term, right });
                }
                tokens = after;
            }
        }
        slips
    }

    /// The longest term that `tokens` open with, and what the house writes for it there.
    fn entry(&self, text: &str, tokens: &[Token], opens_sentence: bool) -> Option<(&Entry, String)> {
        let first = tokens.first()?.of(text);
        let word = plain(first);
        let longest = |word: &str| {
            let fitting = self.starts.get(word)?.iter().filter(|entry| entry.goes_on(text, tokens));
            fitting.max_by_key(|entry| entry.rest.len())
        };
        let small = opens_sentence.then(|| recased(&word, char::to_lowercase));
        let entry = longest(&word).or_else(|| longest(small.as_deref()?))?;
        let mut right = entry.term.right.clone();
        // A capital stays where a sentence opens, but "iPhone" gets none.
        let plain_word = !right.split(' ').next().is_some_and(|first| first.contains(char::is_uppercase));
        if opens_sentence && plain_word && word.starts_with(char::is_uppercase) {
            right = recased(&right, char::to_uppercase);
        }
        if first.contains('’') {
            right = right.replace('\'', "’");
        }
        Some((entry, right))
    }
}

impl Entry {
    /// Whether the term's further words are those of `tokens` after the first.
    fn goes_on(&self, text: &str, tokens: &[Token]) -> bool {
        let pairs = || tokens.windows(2);
        self.rest.len() < tokens.len()
            && self.rest.iter().zip(pairs()).all(|((apart, word), pair)| {
                *apart == (pair[0].end < pair[1].start) && *word == plain(pair[1].of(text))
            })
    }
}

/// The word with straight apostrophes.
fn plain(word: &str) -> Cow<'_, str> {
    if word.contains('’') { word.replace('’', "'").into() } else { word.into() }
}

/// The words with their first letter in another case.
fn recased<C: Iterator<Item = char>>(words: &str, case: impl Fn(char) -> C) -> String {
    let mut chars = words.chars();
    chars.next().map(case).into_iter().flatten().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(terms: &[(&str, &str)], text: &str) -> String {
        let term = |(wrong, right): &(&str, &str)| Term { wrong: (*wrong).into(), right: (*right).into(), why: None };
        let terms = Terms::new(terms.iter().map(term));
        let mut edits = terms.find(text, &Prose::read(text));
        edits.sort_by_key(|slip| slip.span);
        let edits: Vec<String> =
            edits.into_iter().map(|slip| format!("{}>{}", slip.span.of(text), slip.right)).collect();
        edits.join("|")
    }

    #[test]
    fn terms_are_found_as_whole_words() {
        let terms = [
            ("e-mail", "email"),
            ("web site", "website"),
            ("web", "Web"),
            ("Kiev", "Kyiv"),
            ("kyiv", "Kyiv"),
            ("US", "U.S."),
            ("towards", "toward"),
            ("Veteran's Day", "Veterans Day"),
            ("doesn't", "does not"),
            ("C+ +", "C++"),
            ("Internet", "internet"),
            ("smartphone", "iPhone"),
        ];
        for (text, expected) in [
            ("He sent an e-mail.", "e-mail>email"),
            ("E-mail is slow. “E-mail is slow.” An E-mail came.", "E-mail>Email|E-mail>Email"),
            ("The e-mails and e-mail-like notes", ""),
            ("The web site's owner", "web site>website"),
            ("The web. Site unknown", "web>Web"),
            ("Web site", "Web site>Website"),
            ("Web", ""),
            ("Kyiv fell silent; kyiv, too, in Kiev", "kyiv>Kyiv|Kiev>Kyiv"),
            ("Tell us of the US", "US>U.S."),
            ("US forces", "US>U.S."),
            ("TOWARDS THE SEA", ""),
            ("Veteran’s Day and Veteran's Day", "Veteran’s Day>Veterans Day|Veteran's Day>Veterans Day"),
            ("It doesn’t matter", "doesn’t>does not"),
            ("C++ and C+ +", "C+ +>C++"),
            ("The Internet. Internet users", "Internet>internet"),
            ("Smartphone sales", "Smartphone>iPhone"),
            ("web\nsite", "web\nsite>website"),
        ] {
            assert_eq!(found(&terms, text), expected, "{text}");
        }
    }

    #[test]
    fn the_longest_term_wins() {
        let terms = [("war", "conflict"), ("war room", "meeting room"), ("war room table", "table")];
        assert_eq!(
            found(&terms, "The war room table, the war room, the war"),
            "war room table>table|war room>meeting room|war>conflict"
        );
    }

    #[test]
    fn a_list_counts_over_another_that_contradicts_it() {
        let terms = |terms: &[(&str, &str)]| {
            let term =
                |(wrong, right): &(&str, &str)| Term { wrong: (*wrong).into(), right: (*right).into(), why: None };
            Terms::new(terms.iter().map(term))
        };
        let desk = terms(&[("e-mail", "mail"), ("website", "web site"), ("pier", "quay")]);
        let house = terms(&[("e-mail", "email"), ("web site", "website"), ("jetty", "pier"), ("Kiev", "Kyiv")]);
        let both = terms(&[("e-mail", "mail"), ("website", "web site"), ("pier", "quay"), ("Kiev", "Kyiv")]);
        assert_eq!(desk.over(&house), both);
        assert_eq!(desk.over(&Terms::default()), desk);
    }

    #[test]
    fn no_terms_no_slips() {
        assert_eq!(found(&[], "Anything"), "");
        assert_eq!(found(&[("", "x"), (" ", "x")], "Anything  at all"), "");
    }
}
