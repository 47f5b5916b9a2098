use serde::Serialize;

use crate::format::{Draft, Role};
use crate::story::attribution::{Act, Joined, Speech};
use crate::story::claim::ClaimKind;
use crate::story::dateline::parse_field;
use crate::story::sourcing::Sourcing;
use crate::story::{self, Place, ledger};
use crate::text::Span;

/// A story as understood, at places of the file.
#[derive(Serialize)]
pub(super) struct Understood<'a> {
    path: &'a str,
    dateline: Option<Dateline<'a>>,
    paragraphs: Vec<Paragraph>,
    sentences: Vec<Sentence>,
    attributions: Vec<Attribution<'a>>,
    sources: Vec<Source>,
    people: Vec<Person<'a>>,
}

#[derive(Serialize)]
struct Dateline<'a> {
    span: Pair,
    place: &'a str,
    region: Option<&'a str>,
    agency: Option<&'a str>,
    date: Option<&'a str>,
}

#[derive(Serialize)]
struct Paragraph {
    span: Pair,
    role: &'static str,
}

#[derive(Serialize)]
struct Sentence {
    span: Pair,
    sourcing: &'static str,
    /// The index of the attribution by which it stands.
    by: Option<usize>,
    claim: Option<&'static str>,
}

#[derive(Serialize)]
struct Attribution<'a> {
    source: Option<Pair>,
    cue: Vec<Pair>,
    content: Vec<Pair>,
    speaker: Option<&'a str>,
    kind: &'static str,
    act: &'static str,
    /// How sure the reading is, in percent.
    confidence: u8,
    source_kind: &'static str,
}

#[derive(Serialize)]
struct Source {
    name: String,
    kind: &'static str,
    attributions: Vec<usize>,
    quotes: usize,
    quoted_words: usize,
    words: usize,
    first: Pair,
    last: Pair,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    titles: &'a [String],
    mentions: Vec<Mention>,
}

#[derive(Serialize)]
struct Mention {
    span: Pair,
    title: Option<Pair>,
}

type Pair = [usize; 2];

/// The dateline that stands in the front matter.
fn of_front_matter<'a>(draft: &'a Draft<'_>) -> Option<Dateline<'a>> {
    let field = draft.front_matter.dateline.as_ref()?;
    let dateline = parse_field(&field.value)?;
    let words = |span: Span| span.of(&field.value);
    Some(Dateline {
        span: [field.span.start, field.span.end],
        place: words(dateline.place),
        region: dateline.region.map(words),
        agency: dateline.agency.map(words),
        date: dateline.date.map(words),
    })
}

pub(super) fn understood<'a>(path: &'a str, story: &'a story::Story<'_>, draft: &'a Draft<'_>) -> Understood<'a> {
    let locate = |place: Place| {
        let Span { start, end } = draft.locate(place.paragraph, place.span);
        [start, end]
    };
    let dateline = story.dateline.map(|(paragraph, dateline)| {
        let words = |span: Span| story.words(Place::new(paragraph, span));
        Dateline {
            span: locate(Place::new(paragraph, dateline.span)),
            place: words(dateline.place),
            region: dateline.region.map(words),
            agency: dateline.agency.map(words),
            date: dateline.date.map(words),
        }
    });
    let dateline = dateline.or_else(|| of_front_matter(draft));
    // Roles as the story has them: the join knows better which paragraph opens with the dateline.
    let paragraphs = draft
        .paragraphs
        .iter()
        .zip(&story.paragraphs)
        .map(|(paragraph, read)| Paragraph { span: [paragraph.span.start, paragraph.span.end], role: role(read.role) });
    let sentences = story.paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
        let sentences = paragraph.facts.prose.sentences.iter().enumerate();
        sentences.map(move |(nth, sentence)| {
            let sourced = story.sourcing.get(index).and_then(|it| it.get(nth)).copied().unwrap_or_default();
            Sentence {
                span: locate(Place::new(index, sentence.span)),
                sourcing: sourcing(sourced.sourcing),
                by: sourced.by,
                claim: story.claim(index, nth).map(claim),
            }
        })
    });
    let attributions = story.attributions.iter().zip(story.continuations()).map(|(joined, continued)| {
        let Joined { paragraph, attribution, .. } = joined;
        let at = |span: Span| locate(Place::new(*paragraph, span));
        Attribution {
            source: attribution.source.map(at),
            cue: attribution.cue.iter().map(|span| at(*span)).collect(),
            content: attribution
                .content
                .iter()
                .map(|span| at(*span))
                .chain(continued.into_iter().map(locate))
                .collect(),
            speaker: joined.speaker.as_deref(),
            kind: speech(attribution.kind),
            act: act(attribution.act),
            confidence: attribution.confidence,
            source_kind: attribution.source_kind.name(),
        }
    });
    let sources = ledger::ledger(story).sources.into_iter().map(|ledger::Source { name, kind, share }| Source {
        name,
        kind: kind.name(),
        attributions: share.attributions,
        quotes: share.quotes,
        quoted_words: share.quoted,
        words: share.words,
        first: locate(share.first),
        last: locate(share.last),
    });
    let people = story.people.iter().map(|person| Person {
        name: &person.name,
        titles: &person.titles,
        mentions: person
            .mentions
            .iter()
            .map(|(place, title)| Mention { span: locate(*place), title: title.map(locate) })
            .collect(),
    });
    Understood {
        path,
        dateline,
        paragraphs: paragraphs.collect(),
        sentences: sentences.collect(),
        attributions: attributions.collect(),
        sources: sources.collect(),
        people: people.collect(),
    }
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Headline => "headline",
        Role::Byline => "byline",
        Role::Dateline => "dateline",
        Role::Body => "body",
        Role::Subhead => "subhead",
        Role::ListItem => "list-item",
        Role::BlockQuote => "block-quote",
        Role::Caption => "caption",
        Role::EditorsNote => "editors-note",
        Role::Tail => "tail",
    }
}

const fn sourcing(sourcing: Sourcing) -> &'static str {
    match sourcing {
        Sourcing::Quoted => "quoted",
        Sourcing::Attributed => "attributed",
        Sourcing::Carried => "carried",
        Sourcing::None => "none",
    }
}

const fn claim(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Accusation => "accusation",
        ClaimKind::Blame => "blame",
        ClaimKind::Motive => "motive",
        ClaimKind::Superlative => "superlative",
        ClaimKind::Prediction => "prediction",
        ClaimKind::Judgement => "judgement",
        ClaimKind::Cause => "cause",
        ClaimKind::Private => "private-knowledge",
        ClaimKind::Denial => "denial",
        ClaimKind::Figure => "figure",
        ClaimKind::Statement => "statement",
    }
}

const fn speech(kind: Speech) -> &'static str {
    match kind {
        Speech::Direct => "direct",
        Speech::Indirect => "indirect",
        Speech::Mixed => "mixed",
    }
}

const fn act(act: Act) -> &'static str {
    match act {
        Act::Speech => "speech",
        Act::Thought | Act::Deed => "thought",
    }
}
