//! What the tagger looks at. The trainer and the program read it here, so that they can't differ.

use super::model::{hash, mix};
use crate::lexicon::Class;
use crate::prose::{Case, Kind, Prose, Token};
use crate::story::attribution::{Attribution, grammar};
use crate::text::Span;

/// Where a token stands to quotation marks.
#[derive(Clone, Copy)]
enum QuoteState {
    Outside = 0,
    Inside = 1,
    Opening = 2,
    Closing = 3,
}

/// A paragraph as the tagger sees it.
pub struct View {
    tokens: Vec<Seen>,
    sentences: Vec<SeenSentence>,
    /// Whether anything is quoted.
    quotes: bool,
}

/// A token as the tagger sees it.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// Hashes of the word in lower case, its last three and two letters, and its shape.
    word: u64,
    suffix3: u64,
    suffix2: u64,
    shape: u64,
    tag: u8,
    quote: u8,
    /// How often the word is (part of) a cue, from 0 (hardly ever) to [`MAX_CUE`](super::MAX_CUE).
    cue: u8,
    /// What the grammar takes it for: nothing, source, cue, content.
    grammar: u8,
    capital: bool,
    bracketed: bool,
    sentence: u32,
    /// Index of the nearest cue-like token of the sentence on either side, [`NOWHERE`] if there is none.
    left: u32,
    right: u32,
    /// The run of capitalised words that it belongs to.
    run: (u32, u32),
    /// How many commas, quotation marks and closing marks stand before it in the paragraph.
    commas: u32,
    marks: u32,
    closings: u32,
    /// How many tokens stand between it and the last comma.
    since_comma: u8,
    /// Whether "that" stands right after it, or within four tokens.
    that: bool,
}

struct SeenSentence {
    first: usize,
    end: usize,
    /// How many cue-like words it has.
    cues: u8,
    /// Whether it can hold an attribution at all.
    worth_reading: bool,
}

/// No token.
const NOWHERE: u32 = u32::MAX;
/// In place of a word or tag beyond the paragraph's ends.
const OUTSIDE: u64 = 0x51_7c_c1;

/// Word classes of the tagger: what part a word can play, in one number.
mod tag {
    pub(super) const POSSESSIVE: u8 = 2;
    pub(super) const COMMA: u8 = 5;
    pub(super) const THAT: u8 = 22;
    pub(super) const OUTSIDE: u64 = 99;
}

impl View {
    /// Sees a paragraph by itself. `cue`: how often a word, by its hash, is a cue.
    pub fn of(text: &str, prose: &Prose, cue: impl Fn(u64) -> u8) -> Self {
        Self::new(text, prose, &grammar::read(text, prose, 0), cue)
    }

    /// Sees a paragraph in which the grammar finds the attributions `read`.
    pub(super) fn new(text: &str, prose: &Prose, read: &[Attribution], cue: impl Fn(u64) -> u8) -> Self {
        let mut view =
            Self { tokens: tokens(text, prose), sentences: Vec::new(), quotes: !prose.quotations.is_empty() };
        view.mark_quotations(prose);
        view.mark_grammar(prose, read);
        for seen in &mut view.tokens {
            seen.cue = if seen.quote == QuoteState::Inside as u8 { 0 } else { cue(seen.word) };
        }
        view.sentences = prose.sentences.iter().map(|sentence| view.sentence(sentence.tokens.clone())).collect();
        view.mark_neighbours();
        view
    }

    /// The hash of the word at `at`, as the model's list of cues has it.
    pub fn word(&self, at: usize) -> u64 {
        self.tokens[at].word
    }

    /// How many tokens it has.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The runs of tokens that can hold an attribution: the sentences with a cue-like word, a quotation, a colon or a
    /// dash, those beside each other together.
    pub fn worth_reading(&self) -> Vec<std::ops::Range<usize>> {
        let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
        for sentence in self.sentences.iter().filter(|sentence| sentence.worth_reading) {
            match runs.last_mut() {
                Some(last) if last.end == sentence.first => last.end = sentence.end,
                _ => runs.push(sentence.first..sentence.end),
            }
        }
        runs
    }

    fn mark_quotations(&mut self, prose: &Prose) {
        for quotation in &prose.quotations {
            for (mark, state) in [(quotation.open, QuoteState::Opening), (quotation.close, QuoteState::Closing)] {
                let Some(mark) = mark else { continue };
                let at = prose.tokens.partition_point(|token| (token.start as usize) < mark.span.start);
                if let Some(seen) = self.tokens.get_mut(at) {
                    seen.quote = state as u8;
                    // However the marks are drawn.
                    seen.word = hash(&[b'"', state as u8]);
                }
            }
        }
    }

    fn mark_grammar(&mut self, prose: &Prose, grammar: &[Attribution]) {
        let mut mark = |span: Span, part: u8| {
            let first = prose.tokens.partition_point(|token| (token.start as usize) < span.start);
            let seen = self.tokens.iter_mut().zip(&prose.tokens).skip(first);
            for (seen, _) in seen.take_while(|(_, token)| token.end as usize <= span.end) {
                seen.grammar = part;
            }
        };
        for attribution in grammar {
            attribution.content.iter().for_each(|span| mark(*span, 3));
            attribution.source.iter().for_each(|span| mark(*span, 1));
            attribution.cue.iter().for_each(|span| mark(*span, 2));
        }
    }

    fn sentence(&self, tokens: std::ops::Range<u32>) -> SeenSentence {
        let (first, end) = (tokens.start as usize, tokens.end as usize);
        let seen = &self.tokens[first..end];
        let cues = seen.iter().filter(|seen| seen.cue > 1).count().min(9) as u8;
        let worth = |seen: &Seen| {
            seen.cue > 0 || seen.grammar > 0 || seen.quote != QuoteState::Outside as u8 || matches!(seen.tag, 7 | 11)
        };
        SeenSentence { first, end, cues, worth_reading: seen.iter().any(worth) }
    }

    fn mark_neighbours(&mut self) {
        let tokens = &mut self.tokens;
        for (index, sentence) in self.sentences.iter().enumerate() {
            let mut last = NOWHERE;
            for (at, seen) in (sentence.first as u32..).zip(&mut tokens[sentence.first..sentence.end]) {
                seen.sentence = index as u32;
                seen.left = last;
                last = if seen.cue > 1 { at } else { last };
            }
            last = NOWHERE;
            for at in (sentence.first..sentence.end).rev() {
                tokens[at].right = last;
                last = if tokens[at].cue > 1 { at as u32 } else { last };
            }
        }
        let (mut commas, mut marks, mut closings, mut since, mut depth) = (0, 0, 0, 0_u8, 0_i32);
        for seen in tokens.iter_mut() {
            (seen.commas, seen.marks, seen.closings, seen.since_comma) = (commas, marks, closings, since);
            commas += u32::from(seen.tag == tag::COMMA);
            marks += u32::from(seen.quote >= QuoteState::Opening as u8);
            closings += u32::from(seen.quote == QuoteState::Closing as u8);
            since = if seen.tag == tag::COMMA { 0 } else { (since + 1).min(9) };
            depth += i32::from(seen.tag == 9);
            seen.bracketed = depth > 0;
            depth -= i32::from(seen.tag == 10);
        }
        for at in 0..tokens.len() {
            tokens[at].that = tokens[at + 1..].iter().take(4).any(|seen| seen.tag == tag::THAT);
        }
        let mut first = 0;
        while first < tokens.len() {
            let end = first + tokens[first..].iter().take_while(|seen| seen.capital).count().max(1);
            for seen in &mut tokens[first..end] {
                seen.run = (first as u32, end as u32);
            }
            first = end;
        }
    }

    /// Which table of transitions leads to the token: what stands at the seam between it and the token before.
    pub fn seam(&self, at: usize) -> usize {
        let seen = &self.tokens[at];
        let Some(before) = at.checked_sub(1).map(|at| &self.tokens[at]) else { return 0 };
        let opens = seen.quote == QuoteState::Opening as u8;
        if seen.sentence != before.sentence {
            return usize::from(opens);
        }
        match seen.quote {
            2 => 2,
            3 => 3,
            1 if before.quote == 2 => 4,
            1 => 5,
            _ if before.quote == 3 => 6,
            _ if seen.tag == tag::COMMA => 7,
            _ if matches!(seen.tag, 6..=12) => 8,
            _ if seen.cue > 1 => 9,
            _ if before.tag == tag::COMMA => 10,
            _ => 11,
        }
    }

    /// Gives the hash of each feature of the token at `at` to `out`.
    pub fn features(&self, at: usize, out: &mut Vec<u64>) {
        let seen = &self.tokens[at];
        let sentence = &self.sentences[seen.sentence as usize];
        let mut put = Templates { next: 0, out };
        let near = |distance: isize| at.checked_add_signed(distance).and_then(|at| self.tokens.get(at));
        let word = |distance| near(distance).map_or(OUTSIDE, |seen| seen.word);
        let tag = |distance| near(distance).map_or(tag::OUTSIDE, |seen| u64::from(seen.tag));
        let of = |distance, field: fn(&Seen) -> u8| near(distance).map_or(tag::OUTSIDE, |seen| u64::from(field(seen)));
        let (w, t, q) = (seen.word, u64::from(seen.tag), u64::from(seen.quote));
        let cues = u64::from(sentence.cues.min(4));

        // The word by itself.
        put.hash([]);
        put.hash([w]);
        put.hash([seen.shape]);
        put.hash([seen.suffix3]);
        put.hash([seen.suffix2]);
        put.hash([u64::from(seen.cue)]);
        put.hash([self.quotes.into(), q]);
        put.hash([q, w]);
        put.hash([t]);
        put.hash([t, q]);
        put.hash([u64::from(seen.bracketed), t]);
        // Its neighbours.
        for distance in [-3, -2, -1, 1, 2, 3] {
            put.hash([word(distance)]);
            put.hash([tag(distance)]);
        }
        put.hash([tag(-1), t]);
        put.hash([t, tag(1)]);
        put.hash([tag(-1), t, tag(1)]);
        put.hash([tag(-2), tag(-1), t]);
        put.hash([t, tag(1), tag(2)]);
        put.hash([tag(-2), tag(-1), t, tag(1), tag(2)]);
        put.hash([word(-1), w]);
        put.hash([w, word(1)]);
        put.hash([w, word(1), word(2)]);
        put.hash([word(-2), word(-1), w]);
        put.hash([word(-1), t]);
        put.hash([tag(-1), w]);
        put.hash([w, tag(1)]);
        put.hash([t, word(1)]);
        put.hash([tag(-1), w, tag(1)]);
        put.hash([of(-1, |seen| seen.quote), of(1, |seen| seen.quote), q]);
        put.hash([of(-1, |seen| seen.cue), of(1, |seen| seen.cue), seen.cue.into()]);
        put.hash([near(-1).map_or(OUTSIDE, |seen| seen.suffix3), seen.suffix3]);
        // What the grammar makes of it.
        put.hash([seen.grammar.into()]);
        put.hash([of(-1, |seen| seen.grammar), seen.grammar.into(), of(1, |seen| seen.grammar)]);
        put.hash([seen.grammar.into(), t]);
        // Its place in the sentence, and the sentences beside it.
        let (before, after) = (bucket(at - sentence.first), bucket(sentence.end - 1 - at));
        let opener = self.tokens[sentence.first].word;
        put.hash([before, q]);
        put.hash([after, q]);
        put.hash([opener, before]);
        put.hash([opener]);
        put.hash([before, after, cues.min(2)]);
        put.hash([self.tokens[sentence.end - 1].word, after]);
        put.hash([cues, q, self.quotes.into()]);
        let index = seen.sentence as usize;
        let beside =
            |at: Option<usize>| at.and_then(|at| self.sentences.get(at)).map_or(7, |s| u64::from(s.cues.min(3)));
        put.hash([beside(index.checked_sub(1)), beside(Some(index + 1)), cues.min(1), q]);
        put.hash([u64::from(seen.since_comma)]);
        // The nearest word before and after it that looks like a cue, and what stands between.
        put.hash([u64::from(seen.left != NOWHERE), u64::from(seen.right != NOWHERE), q, t]);
        match self.tokens.get(seen.left as usize) {
            Some(left) => self.after_cue(left, at, &mut put),
            None => put.pass(11),
        }
        match self.tokens.get(seen.right as usize) {
            Some(right) => self.before_cue(right, at, &mut put),
            None => put.pass(11),
        }
        // The name it belongs to.
        if seen.capital {
            let (first, end) = (seen.run.0 as usize, seen.run.1 as usize);
            let ahead = first.checked_sub(1).and_then(|at| self.tokens.get(at));
            let next = self.tokens.get(end);
            let cue = |seen: Option<&Seen>| seen.map_or(tag::OUTSIDE, |seen| u64::from(seen.cue));
            put.hash([(at - first).min(3) as u64, (end - 1 - at).min(3) as u64]);
            put.hash([next.map_or(OUTSIDE, |seen| seen.word)]);
            put.hash([cue(next)]);
            put.hash([ahead.map_or(OUTSIDE, |seen| seen.word)]);
            put.hash([cue(ahead), next.map_or(tag::OUTSIDE, |seen| seen.tag.into())]);
        }
    }

    /// Features of a token with a cue-like word before it in its sentence.
    fn after_cue(&self, cue: &Seen, at: usize, put: &mut Templates<'_>) {
        let seen = &self.tokens[at];
        let left = seen.left as usize;
        let (w, t, q) = (seen.word, u64::from(seen.tag), u64::from(seen.quote));
        let distance = bucket(at - left);
        let comma = u64::from(seen.commas > self.tokens[left + 1].commas);
        let marks = u64::from(seen.marks > self.tokens[left + 1].marks);
        let that = u64::from(cue.that && at - left > 1);
        let next = &self.tokens[left + 1];
        let ahead = left.checked_sub(1).map_or(tag::OUTSIDE, |at| self.tokens[at].tag.into());
        put.hash([cue.word]);
        put.hash([distance, cue.cue.into()]);
        put.hash([cue.word, next.word]);
        put.hash([that, comma, marks, q]);
        put.hash([cue.word, distance, q]);
        put.hash([cue.word, w]);
        put.hash([distance, comma, t]);
        put.hash([ahead, next.tag.into(), distance]);
        put.hash([cue.cue.into(), comma, seen.cue.into(), t]);
        put.hash([cue.word, comma, that]);
        put.hash([next.tag.into(), t, distance]);
    }

    /// Features of a token with a cue-like word after it in its sentence.
    fn before_cue(&self, cue: &Seen, at: usize, put: &mut Templates<'_>) {
        let seen = &self.tokens[at];
        let right = seen.right as usize;
        let (w, t, q) = (seen.word, u64::from(seen.tag), u64::from(seen.quote));
        let distance = bucket(right - at);
        let comma = u64::from(cue.commas > self.tokens[at + 1].commas);
        let closes = u64::from(cue.closings > self.tokens[at + 1].closings);
        let next = self.tokens.get(right + 1).map_or(OUTSIDE, |seen| seen.word);
        let ahead = &self.tokens[right - 1];
        put.hash([cue.word]);
        put.hash([distance, cue.cue.into()]);
        put.hash([cue.word, next]);
        put.hash([comma, closes, q, t]);
        put.hash([cue.word, distance, q]);
        put.hash([distance, comma, q, t]);
        put.hash([cue.word, ahead.word]);
        put.hash([cue.cue.into(), comma, t, ahead.tag.into()]);
        put.hash([cue.word, comma, closes]);
        put.hash([cue.word, w]);
        put.hash([ahead.tag.into(), t, distance]);
    }
}

/// Hashes features by their place in the list, so that each template has its own.
struct Templates<'o> {
    next: u64,
    out: &'o mut Vec<u64>,
}

impl Templates<'_> {
    fn hash<const N: usize>(&mut self, parts: [u64; N]) {
        self.next += 1;
        self.out.push(parts.into_iter().fold(self.next, mix));
    }

    /// Passes over templates that don't apply.
    fn pass(&mut self, templates: u64) {
        self.next += templates;
    }
}

/// A distance in tokens, roughly.
const fn bucket(distance: usize) -> u64 {
    match distance {
        0..=2 => distance as u64,
        3..=4 => 3,
        5..=8 => 5,
        9..=19 => 9,
        _ => 20,
    }
}

fn tokens(text: &str, prose: &Prose) -> Vec<Seen> {
    let mut seen: Vec<Seen> = prose.tokens.iter().map(|token| seen(text, token)).collect();
    for sentence in &prose.sentences {
        for at in sentence.tokens.clone() {
            let at = at as usize;
            seen[at].tag = tag_of(text, &prose.tokens[at], at == sentence.tokens.start as usize);
        }
    }
    seen
}

fn seen(text: &str, token: &Token) -> Seen {
    let word = token.of(text).as_bytes();
    let last = |letters: usize| hash(&word[word.len().saturating_sub(letters)..]);
    let drawn = match token.of(text) {
        "–" | "―" | "--" => hash("—".as_bytes()),
        _ => hash(word),
    };
    Seen {
        word: drawn,
        suffix3: last(3),
        suffix2: last(2),
        shape: shape(word),
        quote: if token.quoted { QuoteState::Inside } else { QuoteState::Outside } as u8,
        capital: token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Upper),
        ..Seen::default()
    }
}

/// The kinds of its characters, runs of one kind as one: "McKay" and "DeVos" are XxXx.
fn shape(word: &[u8]) -> u64 {
    let mut shape = 0;
    let mut last = 0;
    for byte in word {
        let kind = match byte {
            b'0'..=b'9' => b'0',
            b'A'..=b'Z' => b'X',
            b'a'..=b'z' | 0x80.. => b'x',
            other => *other,
        };
        if kind != last {
            shape = mix(shape, kind.into());
            last = kind;
        }
    }
    shape
}

/// What part a token can play. The numbers mean nothing but that they differ.
fn tag_of(text: &str, token: &Token, opens: bool) -> u8 {
    let word = token.of(text);
    let class = token.class;
    match token.kind {
        Kind::Quote => return 1,
        Kind::Possessive => return tag::POSSESSIVE,
        Kind::Number => return 3,
        Kind::Foreign => return 4,
        Kind::Mark => {
            return match word {
                "," => tag::COMMA,
                "." | "!" | "?" => 6,
                ":" => 7,
                ";" => 8,
                "(" | "[" => 9,
                ")" | "]" => 10,
                "-" | "--" | "—" | "–" | "―" => 11,
                _ => 12,
            };
        }
        Kind::Word => {}
    }
    let capital = matches!(token.case, Case::Title | Case::Upper);
    let first = |table: &[(Class, u8)]| table.iter().find(|(of, _)| class.any(*of)).map(|(_, tag)| *tag);
    if capital && !opens {
        return if word == "I" { 16 } else { first(CAPITALISED).unwrap_or(19) };
    }
    if word.eq_ignore_ascii_case("that") {
        return tag::THAT;
    }
    if word.eq_ignore_ascii_case("to") {
        return 23;
    }
    if let Some(tag) = first(PLAIN) {
        return tag;
    }
    match () {
        () if word.ends_with("ly") => 33,
        () if class.any(Class::NUMBER) => 34,
        () if capital && class.any(Class::GIVEN) => 17,
        () if word.ends_with("ing") => 35,
        () if word.ends_with("ed") => 36,
        () if class.any(Class::SPEECH.with(Class::THOUGHT)) => 37,
        () if word.ends_with('s') => 38,
        () if capital => 40,
        () => 39,
    }
}

/// The tags of capitalised words within a sentence; the first that fits.
const CAPITALISED: &[(Class, u8)] =
    &[(Class::WEEKDAY, 13), (Class::MONTH, 14), (Class::TITLE, 15), (Class::GIVEN, 17), (Class::BODY, 18)];

/// The tags of other words; the first that fits.
const PLAIN: &[(Class, u8)] = &[
    (Class::PRONOUN, 20),
    (Class::POSSESSIVE, 21),
    (Class::DETERMINER, 24),
    (Class::MODAL, 25),
    (Class::AUXILIARY, 26),
    (Class::CONJUNCTION, 27),
    (Class::PREPOSITION, 28),
    (Class::ROLE, 29),
    (Class::DOCUMENT, 30),
    (Class::BODY, 31),
    (Class::VAGUE, 32),
    (Class::ADVERB, 33),
];
