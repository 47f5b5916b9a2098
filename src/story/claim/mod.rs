//! Sentences that make a claim for which a reader asks "says who?".
//!
//! Some words make any sentence a claim. For the rest a small linear model says how much a sentence sounds like what
//! people are reported to say rather than like what a reporter writes in their own words: first from its words
//! ([`read`], per paragraph), then from what stands around it ([`join`]). What kind of claim it is, its words tell.

mod features;
mod model;
mod repeat;

pub use features::{Examples, examples};
pub use model::{SCALE, SIZE};

use super::attribution::{Act, Attribution};
use super::hearsay;
use super::sourcing::{Sourced, Sourcing};
use super::{Paragraph, Place, Story};
pub use crate::lexicon::ClaimKind;
use crate::lexicon::{ClaimPhrase, Class, claim_phrases, is_irregular_past, is_record, verb, weasel};
use crate::prose::{Case, Kind, Prose, Sentence, Token};
use crate::text::Span;
use features::{Around, Neighbour, Own, is_year};
use repeat::Print;

/// A claim that a sentence makes, or may make, in the reporter's own words.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Index of the sentence.
    pub sentence: usize,
    /// What kind it is.
    pub kind: ClaimKind,
    /// The words that tell the kind; none for a statement.
    pub words: Option<Span>,
    /// Whether those words alone make it a claim.
    alone: bool,
    /// What of it is attributed.
    own: Option<Own>,
    /// How much it sounds like one, by its words.
    score: i32,
}

/// A claim in its story.
#[derive(Clone, Copy, Debug)]
pub struct Joined<'s> {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// What the paragraph says.
    pub claim: &'s Claim,
}

/// The score from which a sentence is a claim; `model/README.md` has the curve from which it is chosen. What has no word
/// of a known kind must sound like a claim the more, and what has only a figure most of all.
const fn threshold(kind: ClaimKind) -> i32 {
    match kind {
        ClaimKind::Figure => -20,
        ClaimKind::Statement => -80,
        _ => -108,
    }
}

/// With one of these words a sentence goes on from the one before, or leaves open what it tells.
const GOING_ON: [&str; 2] = ["then", "whether"];

/// By these, what is said against somebody is on the word of the police, or of those who settled.
const OF_AUTHORITY: [(&str, &str); 5] = [
    ("on", "suspicion"),
    ("admit", "wrongdoing"),
    ("admits", "wrongdoing"),
    ("admitted", "wrongdoing"),
    ("admitting", "wrongdoing"),
];

/// Fewest words of a sentence that is judged.
const SHORTEST: u32 = 5;

/// What a paragraph says in the reporter's own words.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// The sentences that may be claims, if nobody's word stands for them, in order.
    pub may_be: Vec<Claim>,
    /// How many sentences nobody's word stands for, as far as the paragraph tells.
    own: usize,
    /// In how many of them the writer speaks of themself, or to the reader.
    personal: usize,
    /// For each sentence, what it is about.
    prints: Vec<Print>,
}

/// Reads a paragraph. The copy begins at `opening`, after the dateline.
pub fn read(text: &str, prose: &Prose, attributions: &[Attribution], sourced: &[Sourced], opening: usize) -> Claims {
    let mut claims = Claims::default();
    let touching = features::touching(prose, attributions);
    for (index, (sentence, sourced)) in prose.sentences.iter().zip(sourced).enumerate() {
        let tokens = tokens_of(prose, sentence, opening);
        claims.prints.push(Print::of(text, tokens));
        if sentence.quoted || !may_be_unsourced(sourced.sourcing) {
            continue;
        }
        let own = Own::of(text, prose, &touching[index], index);
        if own.as_ref().is_some_and(Own::is_plainly_said) {
            continue;
        }
        let personal = tokens.iter().any(|token| is_personal(text, token));
        claims.own += usize::from(own.is_none());
        claims.personal += usize::from(own.is_none() && personal);
        if !personal && ends_as_statement(text, sentence) && !is_found(text, tokens) {
            claims.may_be.extend(claim(text, tokens, index, own));
        }
    }
    claims
}

/// Whether nobody's word may stand for a sentence: an attribution may be of a part of it only ("the town wants its own
/// school"), which the model weighs.
const fn may_be_unsourced(sourcing: Sourcing) -> bool {
    matches!(sourcing, Sourcing::None | Sourcing::Attributed)
}

/// The kind of claim that words make by themselves, whoever says them.
pub fn said(text: &str, words: &[Token]) -> Option<ClaimKind> {
    let cues = Cues::read(text, words);
    cues.first.filter(|_| cues.alone).map(|(kind, _)| kind)
}

/// Whether the word is the writer or the reader.
fn is_personal(text: &str, token: &Token) -> bool {
    const WORDS: [&str; 8] = ["i", "we", "you", "my", "our", "your", "me", "us"];
    token.class.any(Class::PRONOUN.with(Class::POSSESSIVE))
        && token.of(text) != "US"
        && WORDS.iter().any(|word| token.of(text).eq_ignore_ascii_case(word))
}

/// Whether a sentence ends with a full stop: a question claims nothing, and what has no stop is mostly no sentence.
fn ends_as_statement(text: &str, sentence: &Sentence) -> bool {
    sentence.span.of(text).ends_with(['.', '!'])
}

/// Whether the writer speaks of themself, or to the reader, in one of four sentences of their own: a column, a review or
/// advice, of which opinions are the business.
fn is_personal_story(paragraphs: &[Paragraph<'_>]) -> bool {
    let copy = || paragraphs.iter().filter(|paragraph| paragraph.is_copy()).map(|paragraph| &paragraph.facts.claims);
    let personal: usize = copy().map(|claims| claims.personal).sum();
    personal > 1 && personal * 4 >= copy().map(|claims| claims.own).sum()
}

/// Whether it is what a document finds: "A Yale study of piers, which the city paid for, found no rust".
fn is_found(text: &str, tokens: &[Token]) -> bool {
    let finds = |token: &Token| verb(token.of(text)).is_some_and(|verb| weasel().study.finds.has(verb.base));
    let mut after = tokens.iter().skip_while(|token| token.quoted || !token.class.any(Class::DOCUMENT));
    after.next();
    after.take(hearsay::AFTER_STUDY).any(|token| !token.quoted && token.case == Case::Lower && finds(token))
}

/// The tokens of a sentence, without the dateline that ends at `opening`.
fn tokens_of<'p>(prose: &'p Prose, sentence: &Sentence, opening: usize) -> &'p [Token] {
    let tokens = prose.tokens_of(sentence);
    &tokens[tokens.partition_point(|token| (token.start as usize) < opening)..]
}

fn claim(text: &str, tokens: &[Token], sentence: usize, own: Option<Own>) -> Option<Claim> {
    let cues = Cues::read(text, tokens);
    let kind = cues.first.map_or(ClaimKind::Statement, |(kind, _)| kind);
    let words = cues.first.map(|(_, words)| words);
    // What somebody is charged with, sued for or guilty of is a court's word.
    let charged = || tokens.iter().any(|token| token.class.any(Class::COURT)) || has_pair(text, tokens, &OF_AUTHORITY);
    let blames = matches!(kind, ClaimKind::Accusation | ClaimKind::Blame | ClaimKind::Judgement);
    let words_of = tokens.iter().filter(|token| token.kind == Kind::Word).count() as u32;
    let goes_on = tokens.iter().any(|token| GOING_ON.iter().any(|word| token.of(text).eq_ignore_ascii_case(word)));
    let dated = matches!(kind, ClaimKind::Prediction | ClaimKind::Cause | ClaimKind::Statement) && names_a_day(tokens);
    let of_family = || has_pair(text, tokens, &[("survived", "by")]);
    let seen = kind == ClaimKind::Statement && (tells_what_happened(text, tokens) || of_family());
    if blames && charged() || (cues.of_record || dated || seen || goes_on || words_of < SHORTEST) && !cues.alone {
        return None;
    }
    let alone = cues.alone && own.as_ref().zip(words).is_none_or(|(own, words)| own.is_beside(words));
    let mut score = 0;
    features::of_words(text, tokens, &cues, &mut |feature| score += model::weight(feature));
    features::of_own(own.as_ref(), &mut |feature| score += model::weight(feature));
    Some(Claim { sentence, kind, words, alone, own, score })
}

/// Whether two of the words stand side by side.
fn has_pair(text: &str, tokens: &[Token], pairs: &[(&str, &str)]) -> bool {
    tokens.windows(2).any(|two| pairs.contains(&(two[0].of(text), two[1].of(text))))
}

/// Whether the first verb is a simple past, or none that shows as one: "Two firefighters walked out". A reporter could
/// see that; that "it has been slow" is somebody's word.
fn tells_what_happened(text: &str, tokens: &[Token]) -> bool {
    let helper = |token: &Token| token.class.any(Class::AUXILIARY.with(Class::MODAL));
    let past = |token: &Token| {
        let word = token.of(text);
        token.case == Case::Lower && (word.len() > 3 && word.ends_with("ed") || is_irregular_past(word))
    };
    !tokens.iter().find(|token| helper(token) || past(token)).is_some_and(helper)
}

/// Whether the sentence names a day or a month: what "will open on Monday" is announced rather than predicted, and that
/// it "was shut on Monday" many saw.
fn names_a_day(tokens: &[Token]) -> bool {
    let day = |token: &Token| token.case == Case::Title && token.class.any(Class::WEEKDAY.with(Class::MONTH));
    tokens.iter().skip(1).any(day)
}

/// What kinds of claim the words of a sentence tell of.
#[derive(Clone, Copy, Debug, Default)]
struct Cues {
    /// The first kind, and the words that tell it.
    first: Option<(ClaimKind, Span)>,
    /// Whether some words alone make the sentence a claim; they are the first ones then.
    alone: bool,
    /// All kinds, a bit each.
    kinds: u32,
    /// Whether the sentence tells what a law or an order does, which can be read in it.
    of_record: bool,
}

impl Cues {
    fn read(text: &str, tokens: &[Token]) -> Self {
        let mut cues = Self::default();
        for (index, token) in tokens.iter().enumerate() {
            cues.of_record |= is_of_record(text, tokens, index);
            // The month is no modal.
            let may = token.class.any(Class::MONTH) && token.case == Case::Title && index > 0;
            if token.class.any(Class::CLAIM) && !may {
                for phrase in claim_phrases(token.of(text)) {
                    if let Some(last) = last_of(text, &tokens[index..], phrase) {
                        let held = phrase.kind == ClaimKind::Judgement && phrase.rest.is_empty();
                        let alone = phrase.alone && (!held || is_predicated(&tokens[..index]));
                        cues.add(phrase.kind, alone, token.span().cover(last.span()));
                    }
                }
            } else if is_denial(text, token) {
                cues.add(ClaimKind::Denial, false, token.span());
            } else if is_figure(text, tokens, index) {
                cues.add(ClaimKind::Figure, false, token.span());
            }
        }
        cues
    }

    /// Keeps the words that alone make the sentence a claim, or else those of the first kind.
    fn add(&mut self, kind: ClaimKind, alone: bool, words: Span) {
        let better = self.first.is_none_or(|(first, _)| (!alone, kind) < (!self.alone, first));
        if better {
            self.first = Some((kind, words));
            self.alone = alone;
        }
        self.kinds |= 1 << kind as u32;
    }
}

/// The last token of a phrase with which `tokens` open, if they do.
fn last_of<'t>(text: &str, tokens: &'t [Token], phrase: &ClaimPhrase) -> Option<&'t Token> {
    let words = tokens.get(..=phrase.rest.len())?;
    let same = |(token, word): (&Token, &String)| token.of(text).eq_ignore_ascii_case(word);
    words[1..].iter().zip(&phrase.rest).all(same).then(|| words.last())?
}

/// How far before a judging word its verb is looked for, in tokens.
const PREDICATE: usize = 3;

/// Whether what follows `before` is said of something, as in "it was a shameful vote": the writer judges. In "he called
/// it shameful" somebody else does.
fn is_predicated(before: &[Token]) -> bool {
    before.iter().rev().take(PREDICATE).any(|token| token.class.any(Class::AUXILIARY))
}

/// How far before its verb a subject is looked for, in tokens.
const SUBJECT: usize = 5;

/// Whether the token is the "would" of "the bill in the Senate would".
fn is_of_record(text: &str, tokens: &[Token], index: usize) -> bool {
    let record = |token: &Token| is_record(token.of(text));
    tokens[index].class.any(Class::MODAL) && tokens[..index].iter().rev().take(SUBJECT).any(record)
}

/// "Wasn’t", with the apostrophe that word lists do not have.
fn is_denial(text: &str, token: &Token) -> bool {
    token.kind == Kind::Word && token.of(text).ends_with("n’t")
}

/// Whether the token is a number of something: not a year, nor a day.
fn is_figure(text: &str, tokens: &[Token], index: usize) -> bool {
    let token = &tokens[index];
    let at = |index: Option<usize>| index.and_then(|index| tokens.get(index));
    let is_month = |index| at(index).is_some_and(|token| token.class.any(Class::MONTH));
    token.kind == Kind::Number
        && token.of(text).ends_with(|last: char| last.is_ascii_digit())
        && !is_year(token.of(text))
        && !is_age(text, tokens, index)
        && !is_month(Some(index + 1))
        && !is_month(index.checked_sub(1))
}

/// Whether a number stands between commas, as an age behind a name does.
fn is_age(text: &str, tokens: &[Token], index: usize) -> bool {
    let comma = |index: Option<usize>| index.and_then(|index| tokens.get(index)).is_some_and(|t| t.of(text) == ",");
    comma(index.checked_sub(1)) && comma(Some(index + 1))
}

/// The claims of a story: what may be one, stands on nobody's word, and is one by its words or by its score.
pub fn join<'s>(story: &Story<'s>) -> Vec<Joined<'s>> {
    // Where nobody says anything, no sentence stands out as somebody's: an essay, instructions, a list of fixtures.
    let reports = story.attributions.iter().any(|joined| {
        let Attribution { act, source, .. } = joined.attribution;
        *act == Act::Speech && source.is_some() && joined.attribution.is_sure()
    });
    let mut claims = Vec::new();
    candidates(story, |candidate, around| {
        let claim = candidate.claim;
        let mut score = claim.score;
        features::of_surroundings(around, &mut |feature| score += model::weight(feature));
        let claimed = claim.alone || reports && score >= threshold(claim.kind);
        if claimed && !is_background(story, around) {
            claims.push(candidate);
        }
    });
    claims
}

/// How far before and after a claim its source is looked for, in sentences.
const REACH: usize = 200;

/// Whether the sentence repeats what stands on somebody's word elsewhere in the story.
fn is_background(story: &Story<'_>, around: &Around<'_, '_>) -> bool {
    let Around { all, index, .. } = *around;
    let tokens = |at: &Neighbour| {
        let paragraph = &story.paragraphs[at.paragraph];
        (paragraph.text, paragraph.facts.prose.tokens_of(&paragraph.facts.prose.sentences[at.sentence]))
    };
    let print = |at: &Neighbour| story.paragraphs[at.paragraph].facts.claims.prints[at.sentence];
    let own = &all[index];
    let (before, after) = (&all[index.saturating_sub(REACH)..index], &all[index + 1..]);
    let near = before.iter().chain(after.iter().take(REACH));
    near.filter(|other| other.is_sourced() && print(own).is_mostly_in(print(other))).any(|other| {
        let ((text, words), (other_text, other_words)) = (tokens(own), tokens(other));
        repeat::repeats(text, words, other_text, other_words)
    })
}

/// Calls `with` with each sentence that may be a claim and stands on nobody's word, and with what stands around it.
fn candidates<'s>(story: &Story<'s>, mut with: impl FnMut(Joined<'s>, &Around<'_, 's>)) {
    if is_personal_story(&story.paragraphs) {
        return;
    }
    let all = Neighbour::all(story);
    let mut first = 0;
    let copy = story.paragraphs.iter().zip(&story.sourcing).enumerate().filter(|(_, (copy, _))| copy.is_copy());
    for (index, (paragraph, sourced)) in copy {
        for claim in &paragraph.facts.claims.may_be {
            if may_be_unsourced(sourced[claim.sentence].sourcing) {
                let place = Place::new(index, paragraph.facts.prose.sentences[claim.sentence].span);
                let around = Around { story, place, all: &all, index: first + claim.sentence };
                with(Joined { paragraph: index, claim }, &around);
            }
        }
        first += sourced.len();
    }
}

#[cfg(test)]
mod tests {
    use crate::format::Role;
    use crate::story::claim::ClaimKind::{self, *};
    use crate::story::{Facts, Paragraph, Story};

    /// The kinds of claim that a story makes.
    fn kinds(texts: &[&str]) -> Vec<ClaimKind> {
        let facts: Vec<Facts> = texts.iter().map(|text| Facts::read(text)).collect();
        let paragraphs = texts.iter().zip(&facts).map(|(text, facts)| Paragraph { text, role: Role::Body, facts });
        let story = Story::join(paragraphs.collect(), None);
        story.claims.iter().map(|joined| joined.claim.kind).collect()
    }

    #[test]
    fn some_words_alone_make_a_claim() {
        for (text, expected) in [
            ("The mayor lied about the budget.", &[Accusation] as &[_]),
            ("It is the best.", &[Superlative]),
            ("Prices are likely", &[]),
            ("The council meets Tuesday.", &[]),
            ("The mayor said “you lied” to him.", &[]),
            ("Was the vote count rigged?", &[]),
            ("He pleaded guilty to misleading the court about the sale.", &[]),
            ("She was charged with making misleading statements.", &[]),
            ("She was arrested on suspicion of fraud in May and has been free on bail.", &[]),
            ("The vote count was rigged.", &[Accusation]),
            ("The company, founded in 1921, doesn’t admit wrongdoing under the settlement.", &[]),
            ("A Yale study of piers, which the city paid for, found the worst rust in the north.", &[]),
            ("The mayor said the fee would rise. The council smeared the treasurer.", &[Accusation]),
        ] {
            assert_eq!(kinds(&[text]), *expected, "{text}");
        }
    }

    #[test]
    fn whom_somebody_leaves_behind_is_no_claim() {
        let may_be = |verb: &str| {
            let text = format!("She is {verb} by two sons, five grandchildren and a parrot named Magellan.");
            Facts::read(&text).claims.may_be.len()
        };
        assert_eq!((may_be("loved"), may_be("survived")), (1, 0));
    }

    #[test]
    fn what_a_source_says_elsewhere_is_background() {
        let said = "“The harbor company misled the town about the dredging contract,” Dahl said.";
        assert_eq!(kinds(&["The harbor company misled the town about the dredging contract.", said]), []);
        assert_eq!(kinds(&["The harbor company misled its workers about the pension fund.", said]), [Accusation]);
    }

    #[test]
    fn a_column_may_have_opinions() {
        let column = ["I have seen four mayors come and go.", "My street was shameful then, and it is shameful now."];
        assert_eq!(kinds(&column), []);
        assert_eq!(kinds(&["The street was shameful."]), [Judgement]);
    }
}
