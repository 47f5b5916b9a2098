//! What the model is told of a sentence: each feature is a number below [`SIZE`]. Training and checking share this code.
//!
//! Names are left out: what is claimed counts, not of whom. So is what only tells how a sentence was set: quotation marks,
//! brackets, dashes, its place in the paragraph, and the "but" with which it opens.

use super::model::SIZE;
use super::{Cues, candidates};
use crate::lexicon::{Class, Clause, VerbClass, verb};
use crate::prose::{Case, Kind, Prose, Sentence, Token};
use crate::story::attribution::{Act, Attribution, SourceKind};
use crate::story::sourcing::Sourcing;
use crate::story::{Paragraph, Place, Story};
use crate::text::Span;

/// What a feature is about. Each kind has its own numbers, as far as a table of this size can keep them apart.
#[derive(Clone, Copy)]
enum About {
    Word = 1,
    Pair,
    Opening,
    OpeningPair,
    Verb,
    VerbPair,
    VerbTriple,
    LastVerb,
    Length,
    Class,
    Names,
    Numbers,
    ClaimKind,
    Own,
    Beside,
    TwoBeside,
    Speaker,
    Near,
    Always,
}

fn feature(about: About, value: u32) -> u32 {
    let mixed = (value ^ (about as u32).wrapping_mul(0x9E37_79B9)).wrapping_mul(0x85EB_CA6B);
    let mixed = (mixed ^ mixed >> 15).wrapping_mul(0xC2B2_AE35);
    (mixed >> 13) % SIZE as u32
}

/// A word's hash, whatever its case: FNV-1a.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

fn pair(first: u32, second: u32) -> u32 {
    first.rotate_left(5).wrapping_mul(0x0100_0193) ^ second
}

/// Words that join a sentence to the one before it.
const JOINING: [&str; 12] =
    ["but", "and", "so", "yet", "or", "nor", "still", "however", "meanwhile", "then", "also", "instead"];

/// Classes that tell, somewhere in a sentence, how it is sourced and told.
const TELLING: [Class; 15] = [
    Class::SPEECH,
    Class::THOUGHT,
    Class::MODAL,
    Class::WEEKDAY,
    Class::MONTH,
    Class::ROLE,
    Class::BODY,
    Class::DOCUMENT,
    Class::UNNAMED,
    Class::VAGUE,
    Class::MEDIA,
    Class::COURT,
    Class::ADVERB,
    Class::NUMBER,
    Class::TITLE,
];

/// The features of a sentence's words.
pub(super) fn of_words(text: &str, tokens: &[Token], cues: &Cues, emit: &mut impl FnMut(u32)) {
    let joining = tokens
        .iter()
        .take_while(|token| {
            token.kind != Kind::Word && token.kind != Kind::Number
                || JOINING.iter().any(|word| token.of(text).eq_ignore_ascii_case(word))
        })
        .count();
    let tokens = &tokens[joining..];
    let mut before = Before::default();
    let mut verbs = Verbs::default();
    let (mut names, mut numbers, mut words) = (0, 0, 0);
    let mut telling = [0u32; TELLING.len()];
    for (index, token) in tokens.iter().enumerate() {
        let word = token.of(text);
        let known = match token.kind {
            Kind::Number => {
                numbers += 1;
                hash(if is_year(word) { "##" } else { "#" })
            }
            Kind::Mark if matches!(word, "," | "$" | "%") => hash(word),
            Kind::Word if is_name(tokens, index) => {
                if before.hash == NAME {
                    continue;
                }
                names += 1;
                NAME
            }
            Kind::Word => hash(word),
            Kind::Possessive => hash("'s"),
            Kind::Mark | Kind::Quote | Kind::Foreign => continue,
        };
        words += u32::from(token.kind == Kind::Word);
        for (class, count) in TELLING.iter().zip(&mut telling) {
            *count += u32::from(token.class.any(*class));
        }
        emit(feature(About::Word, known));
        before.add(known, emit);
        if token.kind == Kind::Word && known != NAME {
            verbs.add(word, known, token.class, emit);
        }
    }
    emit(feature(About::LastVerb, verbs.last));
    emit(feature(About::Length, (words / 5).min(8)));
    emit(feature(About::Names, [0, 1, 2, 2, 3][names.min(4)]));
    emit(feature(About::Numbers, numbers.min(2)));
    for (class, count) in telling.iter().enumerate() {
        emit(feature(About::Class, class as u32 * 4 + count.min(&2)));
    }
    for kind in (0..u32::BITS).filter(|kind| cues.kinds & 1 << kind != 0) {
        emit(feature(About::ClaimKind, kind));
    }
    if let Some((kind, _)) = cues.first {
        emit(feature(About::ClaimKind, 100 + kind as u32));
    }
    emit(feature(About::Always, 0));
}

/// Whether a figure is a year.
pub(super) fn is_year(figure: &str) -> bool {
    figure.len() == 4 && figure.starts_with(['1', '2']) && figure.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands for a run of capitalised words.
const NAME: u32 = 1;

fn is_name(tokens: &[Token], index: usize) -> bool {
    let capital = |token: &Token| {
        matches!(token.case, Case::Title | Case::Upper)
            && !token.class.any(Class::WEEKDAY.with(Class::MONTH).with(Class::PRONOUN))
    };
    let opens = || tokens.get(1).is_some_and(|next| capital(next) || next.kind == Kind::Possessive);
    capital(&tokens[index]) && (index > 0 || opens())
}

/// The words before the one that is read.
#[derive(Default)]
struct Before {
    count: u32,
    hash: u32,
}

impl Before {
    fn add(&mut self, hash: u32, emit: &mut impl FnMut(u32)) {
        match self.count {
            0 => emit(feature(About::Opening, hash)),
            1 => emit(feature(About::OpeningPair, pair(self.hash, hash))),
            _ => {}
        }
        if self.count > 0 {
            emit(feature(About::Pair, pair(self.hash, hash)));
        }
        self.count += 1;
        self.hash = hash;
    }
}

/// The verbs of a sentence, as far as their form shows: auxiliaries and modals by name, -ed, -ing, and "not".
#[derive(Default)]
struct Verbs {
    count: u32,
    all: u32,
    last: u32,
}

impl Verbs {
    fn add(&mut self, word: &str, hash: u32, class: Class, emit: &mut impl FnMut(u32)) {
        let verb = if class.any(Class::MODAL.with(Class::AUXILIARY)) || matches!(word, "not" | "never" | "no") {
            hash
        } else if word.len() > 3 && word.ends_with("ed") {
            2
        } else if word.len() > 4 && word.ends_with("ing") {
            3
        } else {
            return;
        };
        self.all = pair(self.all, verb);
        self.last = verb;
        match self.count {
            0 => emit(feature(About::Verb, self.all)),
            1 => emit(feature(About::VerbPair, self.all)),
            2 => emit(feature(About::VerbTriple, self.all)),
            _ => {}
        }
        self.count += 1;
    }
}

/// The attribution in a sentence that may stand on nobody's word for all that: the one to which most of it is attributed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    /// How many attributions there are.
    count: usize,
    /// How much of the sentence is attributed, in quarters.
    share: usize,
    act: Act,
    /// Whether what is attributed goes before its cue.
    inverted: bool,
    cue: CueKind,
    source: Option<SourceKind>,
    /// The first part of its cue.
    at: Option<Span>,
    /// How sure the attribution is, in tenths.
    confidence: u32,
}

#[derive(Clone, Copy, Debug)]
enum CueKind {
    /// None of its words is known to attribute.
    Unknown,
    /// A verb of saying that takes a clause.
    Clause,
    /// Another verb of saying.
    Speech,
    Thought,
    /// No verb: "according to".
    Other,
}

/// For each sentence, the attributions that touch it.
pub(super) fn touching<'a>(prose: &Prose, attributions: &'a [Attribution]) -> Vec<Vec<&'a Attribution>> {
    let mut touching: Vec<Vec<&Attribution>> = vec![Vec::new(); prose.sentences.len()];
    for attribution in attributions {
        let frame = attribution.cue.iter().chain(&attribution.source);
        for part in frame.chain(&attribution.content) {
            let first = prose.sentences.partition_point(|sentence| sentence.span.end <= part.start);
            let last = prose.sentences.partition_point(|sentence| sentence.span.start < part.end);
            for own in &mut touching[first..last.max(first)] {
                if own.last().is_none_or(|last: &&Attribution| !std::ptr::eq(*last, attribution)) {
                    own.push(attribution);
                }
            }
        }
    }
    touching
}

impl Own {
    /// Of the attributions that touch a sentence.
    pub(super) fn of(text: &str, prose: &Prose, touching: &[&Attribution], sentence: usize) -> Option<Self> {
        let span = prose.sentences[sentence].span;
        let inside = |part: &Span| part.end.min(span.end).saturating_sub(part.start.max(span.start));
        let attributed = |attribution: &&&Attribution| attribution.content.iter().map(inside).sum::<usize>();
        let most = touching.iter().max_by_key(attributed)?;
        let first = |spans: &[Span]| spans.first().map_or(0, |span| span.start);
        Some(Self {
            count: touching.len(),
            share: attributed(&most) * 4 / span.len().max(1),
            act: most.act,
            inverted: first(&most.content) < first(&most.cue),
            cue: cue_kind(text, prose, &most.cue),
            source: most.source.map(|_| most.source_kind),
            at: most.cue.first().copied(),
            confidence: u32::from(most.confidence) / 10,
        })
    }
}

impl Own {
    /// Whether it plainly tells what somebody said.
    pub(super) const fn is_plainly_said(&self) -> bool {
        let told = match self.cue {
            CueKind::Clause => true,
            CueKind::Speech => self.confidence >= 7 && self.share > 0,
            CueKind::Thought | CueKind::Other | CueKind::Unknown => false,
        };
        told && self.source.is_some()
    }

    /// Whether it leaves the claim that `words` make to the reporter: it is of a few words only ("a line that the utility
    /// promised to bury"), or its cue is what is claimed ("he lied about the budget").
    pub(super) fn is_beside(&self, words: Span) -> bool {
        let of_little = match self.cue {
            CueKind::Speech => self.share == 0,
            CueKind::Unknown | CueKind::Other => self.share == 0 || self.at.is_some_and(|cue| cue.overlaps(words)),
            CueKind::Clause | CueKind::Thought => false,
        };
        of_little && self.count == 1
    }
}

fn cue_kind(text: &str, prose: &Prose, cue: &[Span]) -> CueKind {
    let words = || cue.iter().flat_map(|span| prose.tokens_in(*span));
    let known = words().filter_map(|token| verb(token.of(text))).next_back();
    match known {
        Some(verb) if verb.class == VerbClass::Thought => CueKind::Thought,
        Some(verb) if verb.clause != Clause::Never => CueKind::Clause,
        Some(_) => CueKind::Speech,
        None if words().any(|token| token.class.any(Class::PREPOSITION)) => CueKind::Other,
        None => CueKind::Unknown,
    }
}

/// The features of the attribution in a sentence.
pub(super) fn of_own(own: Option<&Own>, emit: &mut impl FnMut(u32)) {
    let Some(own) = own else { return emit(feature(About::Own, 0)) };
    let source = own.source.map_or(9, |kind| kind as u32);
    let cue = own.cue as u32;
    let frame = cue * 10 + source;
    emit(feature(About::Own, 1));
    emit(feature(About::Own, 10 + own.count.min(3) as u32));
    emit(feature(About::Own, 20 + own.share as u32));
    emit(feature(About::Own, 30 + own.act as u32 * 2 + u32::from(own.inverted)));
    emit(feature(About::Own, 40 + cue));
    emit(feature(About::Own, 50 + source));
    emit(feature(About::Own, 60 + own.confidence));
    emit(feature(About::Own, 100 + frame));
    emit(feature(About::Own, 200 + cue * 10 + own.share as u32));
}

/// How a sentence stands, as seen from another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    /// There is none: the story begins or ends.
    #[default]
    Nowhere,
    /// On nobody's word.
    Alone,
    /// On somebody's.
    Sourced,
    /// It holds what somebody is quoted as saying.
    Quoted,
    /// It opens with that.
    OpensQuoted,
}

impl Standing {
    fn of(paragraph: &Paragraph<'_>, sentence: &Sentence, sourcing: Sourcing) -> Self {
        let opening = || paragraph.facts.prose.tokens_of(sentence).first();
        match sourcing {
            Sourcing::None => Self::Alone,
            Sourcing::Attributed | Sourcing::Carried => Self::Sourced,
            Sourcing::Quoted if opening().is_some_and(|token| token.kind == Kind::Quote) => Self::OpensQuoted,
            Sourcing::Quoted => Self::Quoted,
        }
    }

    fn is_sourced(self) -> bool {
        !matches!(self, Self::Nowhere | Self::Alone)
    }
}

/// A sentence of a story, as seen from another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Neighbour {
    /// Index of its paragraph.
    pub(super) paragraph: usize,
    /// Its index there.
    pub(super) sentence: usize,
    standing: Standing,
    /// Whether it opens its paragraph.
    opens: bool,
    /// Index of the person who speaks in it.
    speaker: Option<usize>,
}

impl Neighbour {
    /// Whether it stands on somebody's word.
    pub(super) fn is_sourced(&self) -> bool {
        self.standing.is_sourced()
    }

    /// The sentences of running copy, in order.
    pub(super) fn all(story: &Story<'_>) -> Vec<Self> {
        let paragraphs = story.paragraphs.iter().zip(&story.sourcing).enumerate();
        let all =
            paragraphs.filter(|(_, (paragraph, _))| paragraph.is_copy()).flat_map(|(index, (paragraph, sourced))| {
                let sentences = paragraph.facts.prose.sentences.iter().zip(sourced).enumerate();
                sentences.map(move |(nth, (sentence, sourced))| Self {
                    paragraph: index,
                    sentence: nth,
                    standing: Standing::of(paragraph, sentence, sourced.sourcing),
                    opens: nth == 0,
                    speaker: sourced.by.and_then(|by| story.attributions.get(by)?.person),
                })
            });
        all.collect()
    }
}

/// What stands around a sentence.
pub(super) struct Around<'a, 's> {
    pub(super) story: &'a Story<'s>,
    /// The sentence.
    pub(super) place: Place,
    pub(super) all: &'a [Neighbour],
    /// Its index among all.
    pub(super) index: usize,
}

/// How far around it is looked, in sentences.
const REACH: usize = 4;
/// How far into a sentence its subject is named, in bytes: behind a title.
const SUBJECT: usize = 24;

impl Around<'_, '_> {
    fn neighbour(&self, index: Option<usize>) -> Neighbour {
        index.and_then(|index| self.all.get(index)).copied().unwrap_or_default()
    }

    /// How the sentence at `index` stands, and whether it is in the same paragraph: that counts where it has a source,
    /// with which this one may go on.
    fn standing(&self, index: Option<usize>, same: bool) -> u32 {
        let standing = self.neighbour(index).standing;
        standing as u32 + if same && standing.is_sourced() { 5 } else { 0 }
    }

    /// Whether the sentence names who speaks beside it: 1 for somewhere, 2 for as its subject.
    fn names(&self, speaker: Option<usize>) -> u32 {
        let Some(person) = speaker.and_then(|person| self.story.people.get(person)) else { return 0 };
        let start = |place: Place| (place.paragraph, place.span.start);
        let first = person.mentions.partition_point(|(place, _)| start(*place) < start(self.place));
        let named = person.mentions.get(first).map(|(place, _)| *place);
        let within = |place: &Place| place.paragraph == self.place.paragraph && place.span.end <= self.place.span.end;
        let subject = |place: Place| place.span.start < self.place.span.start + SUBJECT;
        named.filter(within).map_or(0, |place| if subject(place) { 2 } else { 1 })
    }
}

/// The features of what stands around a sentence.
pub(super) fn of_surroundings(around: &Around<'_, '_>, emit: &mut impl FnMut(u32)) {
    let Around { all, index, .. } = *around;
    let same = |index: usize| !around.neighbour(Some(index)).opens;
    let before = around.standing(index.checked_sub(1), same(index));
    let after = around.standing(Some(index + 1), same(index + 1));
    let [earlier, later] = [index.checked_sub(2), Some(index + 2)].map(|index| around.standing(index, false));
    emit(feature(About::Beside, before));
    emit(feature(About::Beside, 10 + after));
    for (nth, [first, second]) in [[earlier, before], [before, after], [after, later]].into_iter().enumerate() {
        emit(feature(About::TwoBeside, nth as u32 * 100 + first * 10 + second));
    }
    let beside = [index.checked_sub(1), Some(index + 1)].map(|index| around.names(around.neighbour(index).speaker));
    emit(feature(About::Speaker, beside[0]));
    emit(feature(About::Speaker, 10 + beside[1]));
    let reach = &all[index.saturating_sub(REACH)..(index + REACH + 1).min(all.len())];
    emit(feature(About::Near, reach.iter().filter(|neighbour| neighbour.standing.is_sourced()).count() as u32));
}

/// The sentences of a story that the model judges, each with its features: for training.
pub type Examples = Vec<(Place, Vec<u32>)>;

/// What the model is told of each sentence of a story that it judges.
pub fn examples(story: &Story<'_>) -> Examples {
    let mut examples = Vec::new();
    candidates(story, |candidate, around| {
        let paragraph = &story.paragraphs[candidate.paragraph];
        let prose = &paragraph.facts.prose;
        let sentence = &prose.sentences[candidate.claim.sentence];
        let opening = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
        let tokens = super::tokens_of(prose, sentence, opening);
        let mut features = Vec::new();
        of_words(paragraph.text, tokens, &Cues::read(paragraph.text, tokens), &mut |feature| features.push(feature));
        of_own(candidate.claim.own.as_ref(), &mut |feature| features.push(feature));
        of_surroundings(around, &mut |feature| features.push(feature));
        examples.push((around.place, features));
    });
    examples
}
