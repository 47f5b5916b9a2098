//! The sources of a story: who they are, how much of it is their word, and where.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::attribution::{Act, Joined, SourceKind, is_plural};
use super::sourcing::{Sourced, Sourcing};
use super::{Paragraph, Place, Story};
use crate::lexicon::{Class, class_of, fold};
use crate::prose::Kind;
use crate::text::Span;

/// All sources of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// In the order in which they first speak.
    pub sources: Vec<Source>,
    /// What is attributed to somebody of whom the story does not tell who it is.
    pub unknown: Share,
}

/// Somebody or something that a story goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// A person's full name, a body's name, or the words used where there is no name: "a harbor official".
    pub name: String,
    /// What kind of source it is; never a pronoun.
    pub kind: SourceKind,
    /// What the story has from it.
    pub share: Share,
}

/// The part of a story that is somebody's word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Indices of the story's attributions, in order.
    pub attributions: Vec<usize>,
    /// How many of them quote.
    pub quotes: usize,
    /// How many words are quoted.
    pub quoted: usize,
    /// How many words are attributed, quoted ones included.
    pub words: usize,
    /// The first passage: what is said, with its source and cue.
    pub first: Place,
    /// The last passage.
    pub last: Place,
}

/// The sources of `story`. One person, body or unnamed source is one however often and in whatever words it is named.
pub fn ledger(story: &Story<'_>) -> Ledger {
    let mut ledger = Ledger::default();
    let mut known: FxHashMap<Key, usize> = FxHashMap::default();
    // For each attribution, the index of its source.
    let mut whose = Vec::with_capacity(story.attributions.len());
    for (index, joined) in story.attributions.iter().enumerate() {
        if joined.attribution.act == Act::Deed {
            whose.push(None);
            continue;
        }
        let source = joined.speaker.as_deref().map(|speaker| {
            *known.entry(key(joined, speaker)).or_insert_with(|| {
                let (name, kind) = (speaker.to_owned(), joined.attribution.source_kind);
                ledger.sources.push(Source { name, kind, share: Share::default() });
                ledger.sources.len() - 1
            })
        });
        if let Some(source) = source.map(|source| &mut ledger.sources[source]) {
            source.kind = kind(source.kind, joined);
        }
        ledger.share(source).attributions.push(index);
        whose.push(source);
    }
    for source in &mut ledger.sources {
        if source.kind == SourceKind::Pronoun {
            // A person behind a pronoun is known as one; what is left is a body.
            source.kind = SourceKind::Organization;
        }
    }
    let mut said: Vec<Vec<Said>> = vec![Vec::new(); ledger.sources.len() + 1];
    for piece in said_in(story) {
        // The last is nobody's that is known.
        said[whose[piece.attribution].unwrap_or(ledger.sources.len())].push(piece);
    }
    for (index, said) in said.into_iter().enumerate() {
        let source = (index < ledger.sources.len()).then_some(index);
        measure(ledger.share(source), said, story);
    }
    ledger
}

/// A story's sources and words in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sources of whom readers learn who they are.
    pub named: usize,
    /// Sources that could be anybody.
    pub unnamed: usize,
    /// Attributions that quote.
    pub quotes: usize,
    /// Words of copy.
    pub words: usize,
}

impl Source {
    /// Whether readers learn who it is: from a name, or from an office that one person holds, as "the mayor" or "Halden's
    /// mayor" do. "Officials" and "a spokesman" could be anybody.
    pub fn is_named(&self) -> bool {
        match self.kind {
            SourceKind::Anonymous | SourceKind::Vague => false,
            SourceKind::Role => is_one_of_its_kind(&self.name),
            _ => true,
        }
    }
}

impl Ledger {
    /// The figures of `story`, of which this is the ledger.
    pub fn tally(&self, story: &Story<'_>) -> Tally {
        let named = self.sources.iter().filter(|source| source.is_named()).count();
        let shares = self.sources.iter().map(|source| &source.share).chain([&self.unknown]);
        let copy = story.paragraphs.iter().filter(|paragraph| paragraph.is_copy());
        Tally {
            named,
            unnamed: self.sources.len() - named,
            quotes: shares.map(|share| share.quotes).sum(),
            words: copy.map(|paragraph| count(paragraph, Span::new(0, paragraph.text.len())).0).sum(),
        }
    }

    /// The share of a source by index; without one, that of the unknown.
    fn share(&mut self, source: Option<usize>) -> &mut Share {
        match source {
            Some(index) => &mut self.sources[index].share,
            None => &mut self.unknown,
        }
    }
}

fn is_one_of_its_kind(role: &str) -> bool {
    let first = role.split(' ').next().unwrap_or(role);
    let owned = first.ends_with("'s") || first.ends_with("’s") || class_of(first).any(Class::POSSESSIVE);
    let definite = first == "the" || owned || first.starts_with(char::is_uppercase);
    definite && !is_plural(role)
}

/// What two attributions of one source have in common.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    /// The index of a person.
    Person(usize),
    /// Words, folded and without an article.
    Words(String),
}

fn key(joined: &Joined<'_>, speaker: &str) -> Key {
    let bare = ["The ", "the ", "A ", "a ", "An ", "an "].iter().find_map(|article| speaker.strip_prefix(article));
    joined.person.map_or_else(|| Key::Words(fold(bare.unwrap_or(speaker))), Key::Person)
}

/// The kind of a source known to be of kind `known`, after one more attribution: "he" may be named later.
fn kind(known: SourceKind, joined: &Joined<'_>) -> SourceKind {
    match known {
        _ if joined.person.is_some() => SourceKind::Named,
        SourceKind::Pronoun => joined.attribution.source_kind,
        known => known,
    }
}

/// A stretch of what a source says.
#[derive(Clone, Copy)]
struct Said {
    place: Place,
    attribution: usize,
}

/// All that is said or thought: the content of each attribution, and the quotations that later paragraphs take over from it.
fn said_in(story: &Story<'_>) -> impl Iterator<Item = Said> {
    let told = story.attributions.iter().enumerate().filter(|(_, joined)| joined.attribution.act != Act::Deed);
    let contents = told.flat_map(|(attribution, joined)| {
        let places = joined.attribution.content.iter().map(|span| Place::new(joined.paragraph, *span));
        places.map(move |place| Said { place, attribution })
    });
    let paragraphs = story.paragraphs.iter().zip(&story.sourcing).enumerate();
    let taken_over = paragraphs.flat_map(move |(index, (paragraph, sourced))| {
        let sentences = paragraph.facts.prose.sentences.iter().zip(sourced);
        sentences.filter_map(move |(sentence, sourced)| {
            let attribution = sourced.by.filter(|_| sourced.sourcing == Sourcing::Quoted)?;
            let earlier = story.attributions.get(attribution)?.paragraph < index;
            earlier.then_some(Said { place: Place::new(index, sentence.span), attribution })
        })
    });
    contents.chain(taken_over)
}

/// Counts what one source says. What stands in two attributions of theirs counts once.
fn measure(share: &mut Share, mut said: Vec<Said>, story: &Story<'_>) {
    said.sort_unstable_by_key(|Said { place, .. }| (place.paragraph, place.span.start, Reverse(place.span.end)));
    let mut quoting = Vec::new();
    // How far the paragraph at hand has been counted.
    let mut counted = Place::default();
    for Said { place: Place { paragraph, span }, attribution } in &said {
        let from = if counted.paragraph == *paragraph { counted.span.end } else { 0 };
        let rest = Span::new(span.start.max(from), span.end);
        let (words, quoted) = story.paragraphs.get(*paragraph).map_or((0, 0), |it| count(it, rest));
        share.words += words;
        share.quoted += quoted;
        if quoted > 0 {
            quoting.push(*attribution);
        }
        counted = Place::new(*paragraph, Span::new(0, span.end.max(from)));
    }
    quoting.sort_unstable();
    quoting.dedup();
    share.quotes = quoting.len();
    let passages = share.attributions.iter().filter_map(|index| Some(passage(story.attributions.get(*index)?)));
    let first = passages.clone().min().unwrap_or_default();
    // What a later paragraph takes over has no attribution of its own.
    let last =
        said.last().map(|said| said.place).filter(|place| !passages.clone().any(|it| it.paragraph == place.paragraph));
    (share.first, share.last) = (first, passages.chain(last).max().unwrap_or_default());
}

/// How many words begin in `span`, and how many of them are quoted.
fn count(paragraph: &Paragraph<'_>, span: Span) -> (usize, usize) {
    let tokens = paragraph.facts.prose.tokens_in(span);
    let words = tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Number | Kind::Foreign));
    words.fold((0, 0), |(words, quoted), word| (words + 1, quoted + usize::from(word.quoted)))
}

/// The passage of an attribution: what is said, with its source and cue.
pub fn passage(joined: &Joined<'_>) -> Place {
    let attribution = joined.attribution;
    let spans = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content).copied();
    Place::new(joined.paragraph, spans.reduce(Span::cover).unwrap_or_default())
}

/// Whose word a sentence is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// How it is theirs.
    pub sourcing: Sourcing,
    /// Indices of the story's attributions: first the one by which it stands, then those of others in it. None for
    /// nobody's word, and where no more than a label tells who speaks.
    pub by: Vec<usize>,
}

/// Whose word the sentence with that index in that paragraph is.
pub fn whose_word(story: &Story<'_>, paragraph: usize, sentence: usize) -> Word {
    let sourced = story.sourcing.get(paragraph).and_then(|sourced| sourced.get(sentence));
    let Sourced { sourcing, by } = sourced.copied().unwrap_or_default();
    let Some(main) = by else { return Word { sourcing, by: Vec::new() } };
    let mut by = vec![main];
    let first = story.attributions.partition_point(|joined| joined.paragraph < paragraph);
    let here = story.attributions[first..].iter().take_while(|joined| joined.paragraph == paragraph);
    let span = story.paragraphs[paragraph].facts.prose.sentences.get(sentence).map_or_else(Span::default, |it| it.span);
    for (index, joined) in here.enumerate() {
        let spans = joined.attribution.cue.iter().chain(&joined.attribution.content);
        let heard =
            by.iter().any(|by| story.attributions.get(*by).is_some_and(|known| known.speaker == joined.speaker));
        let told = joined.attribution.act != Act::Deed;
        if told && !heard && spans.copied().any(|it| it.overlaps(span)) {
            by.push(first + index);
        }
    }
    Word { sourcing, by }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checker;
    use crate::format::Format;
    use crate::settings::Settings;

    fn story<T>(text: &str, with: impl FnOnce(&Story<'_>) -> T) -> T {
        Checker::default().story(text, Format::Plain, &Settings::default(), |story, _| with(story))
    }

    /// "name (kind): attributions, quotes, quoted/words, first..last paragraph" of each source.
    fn read(text: &str) -> Vec<String> {
        story(text, |story| {
            let show = |name: &str, kind: &str, share: &Share| {
                let Share { attributions, quotes, quoted, words, first, last } = share;
                let (said, from, to) = (attributions.len(), first.paragraph, last.paragraph);
                format!("{name} ({kind}): {said}, {quotes}, {quoted}/{words}, {from}..{to}")
            };
            let Ledger { sources, unknown } = ledger(story);
            let known = sources.iter().map(|source| show(&source.name, &format!("{:?}", source.kind), &source.share));
            let unknown = (!unknown.attributions.is_empty()).then(|| show("?", "?", &unknown));
            known.chain(unknown).collect()
        })
    }

    #[test]
    fn a_source_is_one_however_it_is_named() {
        let text = "Harbor engineer Ada Quill said the wall was cracked.\n\n\
            “It will not last,” she said. “It never was a good wall,” Quill said.\n\n\
            The Coast Guard said it knew. The pier is shut, the coast guard said.\n";
        assert_eq!(
            read(text),
            ["Ada Quill (Named): 3, 2, 10/14, 0..1", "the Coast Guard (Organization): 2, 0, 0/6, 2..2"]
        );
    }

    #[test]
    fn sources_without_a_name_are_told_apart_by_their_words() {
        let text = "A harbor official said the wall was cracked.\n\nCritics said it was late.\n\n\
            The report said it was cheap.\n\nThe harbor official said no.\n";
        let kinds: Vec<String> = read(text).iter().filter_map(|row| Some(row.split_once(':')?.0.to_owned())).collect();
        assert_eq!(kinds, ["a harbor official (Role)", "critics (Vague)", "the report (Document)"]);
    }

    #[test]
    fn whoever_could_be_anybody_is_not_named() {
        let text = "Officials said the wall was cracked. The mayor said so. A spokesman said no. Halden’s mayor said it fell. \
            The harbor officials said it was old. Two nurses said it was wet. The report said it was late.\n";
        let named = |text: &str| {
            story(text, |story| {
                let sources = ledger(story).sources.into_iter().filter(Source::is_named);
                sources.map(|source| source.name).collect::<Vec<_>>()
            })
        };
        assert_eq!(named(text), ["the mayor", "Halden’s mayor", "the report"]);
    }

    #[test]
    fn what_nobody_known_says_is_apart() {
        assert_eq!(read("They said it fell.\n\nThey said it was old.\n"), ["? (?): 2, 0, 0/5, 0..1"]);
        assert_eq!(read("The wall fell.\n"), [""; 0]);
        assert_eq!(read(""), [""; 0]);
    }

    #[test]
    fn a_quotation_over_paragraphs_is_one() {
        let text = "“We were cut off for weeks,” Ada Quill said. “People left.\n\n“They never came back.”\n";
        assert_eq!(read(text), ["Ada Quill (Named): 1, 1, 12/12, 0..1"]);
    }

    #[test]
    fn what_stands_in_two_attributions_of_a_source_counts_once() {
        let story_of = |text: &str| {
            story(text, |story| {
                let mut twice = story.clone();
                twice.attributions.extend(story.attributions.clone());
                (ledger(story), ledger(&twice))
            })
        };
        let (once, twice) = story_of("“The wall is old,” Ada Quill said.\n");
        let (once, twice) = (&once.sources[0].share, &twice.sources[0].share);
        assert_eq!((twice.quotes, twice.quoted, twice.words), (once.quotes, once.quoted, once.words));
        assert_eq!(twice.attributions, [0, 1]);
    }

    #[test]
    fn each_sentence_is_somebodys_word_or_nobodys() {
        let text = "The wall fell. Ada Quill said it was old. It leaked for years. “It is a shame,” the mayor said, but \
            Bo Orr said it was not.\n";
        let words = story(text, |story| {
            let speaker = |by: &usize| story.attributions[*by].speaker.clone().unwrap_or_default();
            let word = |sentence| whose_word(story, 0, sentence);
            (0..5).map(|n| (word(n).sourcing, word(n).by.iter().map(speaker).collect())).collect::<Vec<(_, Vec<_>)>>()
        });
        let expected: [(Sourcing, &[&str]); 5] = [
            (Sourcing::None, &[]),
            (Sourcing::Attributed, &["Ada Quill"]),
            (Sourcing::Carried, &["Ada Quill"]),
            (Sourcing::Quoted, &["the mayor", "Bo Orr"]),
            (Sourcing::None, &[]),
        ];
        for (nth, ((sourcing, by), (expected, speakers))) in words.iter().zip(expected).enumerate() {
            assert_eq!((*sourcing, by.len()), (expected, speakers.len()), "{nth}: {by:?}");
            assert!(speakers.iter().all(|speaker| by.iter().any(|by| **by == **speaker)), "{nth}: {by:?}");
        }
    }
}
