use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use annotate_snippets::renderer::Style;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::args::{Inspect, TableFormat};
use super::check::{inputs, status};
use super::desk::{Choice, Desk};
use super::files::{Input, Problem};
use super::table::{count, styled, table};
use super::{look, many};
use crate::check::Checker;
use crate::format::{Draft, Format, Role};
use crate::report::Look;
use crate::story::attribution::{Act, Joined, SourceKind, Speech};
use crate::story::claim::Claim;
use crate::story::sourcing::Sourcing;
use crate::story::{self, Place};
use crate::text::{Document, Encoding, Span};

/// `copydesk inspect`.
pub(super) fn run(args: &Inspect) -> anyhow::Result<u8> {
    let desk = Desk::new(&args.what, Choice::default())?;
    let (inputs, mut problems) = inputs(&args.what)?;
    let look = look();
    let json = args.format == TableFormat::Json;
    let work = |input: &Input| -> Result<String, Problem> {
        let text = input.read()?;
        let name = input.name();
        let settings = desk.settings(input.path());
        Ok(Checker::default().story(&text, Format::of_path(&name), &settings, |story, draft| {
            let story = understood(&name, story, draft);
            if json { serde_json::to_string(&story).unwrap_or_default() } else { show(&story, &text, look) }
        }))
    };
    let mut out: Box<dyn Write> =
        if json { Box::new(io::stdout().lock()) } else { Box::new(anstream::stdout().lock()) };
    let mut out = BufWriter::new(&mut out);
    let mut first = true;
    if json {
        out.write_all(b"{\"version\":1,\"stories\":[")?;
    }
    many::in_order(&inputs, work, |outcome| {
        match outcome {
            Ok(story) => {
                if !first {
                    out.write_all(if json { b",\n" } else { b"\n" })?;
                }
                first = false;
                out.write_all(story.as_bytes())?;
            }
            Err(problem) => problems.push(problem),
        }
        Ok(())
    })?;
    if json {
        out.write_all(b"]}\n")?;
    }
    out.flush()?;
    drop(out);
    let mistaken = desk.mistakes()?;
    problems.extend(desk.problems());
    Ok(mistaken.max(status(&problems, false)))
}

/// A story as understood, at places of the file.
#[derive(Serialize)]
struct Understood<'a> {
    path: &'a str,
    dateline: Option<Dateline<'a>>,
    paragraphs: Vec<Paragraph>,
    sentences: Vec<Sentence>,
    attributions: Vec<Attribution<'a>>,
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
    source_kind: &'static str,
    /// The words of the source, and how many words of theirs are quoted: for the table.
    #[serde(skip)]
    words: &'a str,
    #[serde(skip)]
    quoted: usize,
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

fn understood<'a>(path: &'a str, story: &'a story::Story<'_>, draft: &Draft<'_>) -> Understood<'a> {
    let locate = |place: Place| {
        let found = draft.paragraphs.get(place.paragraph).map(|paragraph| paragraph.map.locate(place.span));
        let Span { start, end } = found.unwrap_or_default();
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
    // Roles as the story has them: the join knows better which paragraph opens with the dateline.
    let paragraphs = draft
        .paragraphs
        .iter()
        .zip(&story.paragraphs)
        .map(|(paragraph, read)| Paragraph { span: [paragraph.span.start, paragraph.span.end], role: role(read.role) });
    let sentences = story.paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
        let sentences = paragraph.facts.prose.sentences.iter().enumerate();
        sentences.map(move |(nth, sentence)| Sentence {
            span: locate(Place::new(index, sentence.span)),
            sourcing: sourcing(
                story.sourcing.get(index).and_then(|s| s.get(nth)).copied().unwrap_or_default().sourcing,
            ),
            claim: paragraph.facts.claims.get(nth).copied().flatten().map(claim),
        })
    });
    let attributions = story.attributions.iter().map(|joined| {
        let Joined { paragraph, attribution, .. } = joined;
        let at = |span: Span| locate(Place::new(*paragraph, span));
        Attribution {
            source: attribution.source.map(at),
            cue: attribution.cue.iter().map(|span| at(*span)).collect(),
            content: attribution.content.iter().map(|span| at(*span)).collect(),
            speaker: joined.speaker.as_deref(),
            kind: speech(attribution.kind),
            act: act(attribution.act),
            source_kind: source_kind(attribution.source_kind),
            words: attribution.source.map_or("", |span| story.words(Place::new(*paragraph, span))),
            quoted: quoted_words(story, joined),
        }
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
        people: people.collect(),
    }
}

/// How many words of what is attributed stand in quotation marks.
fn quoted_words(story: &story::Story<'_>, joined: &Joined<'_>) -> usize {
    let Some(paragraph) = story.paragraphs.get(joined.paragraph) else { return 0 };
    let outer = paragraph.facts.prose.quotations.iter();
    let shared = outer.flat_map(|quotation| {
        joined.attribution.content.iter().map(move |content| {
            Span::new(quotation.inner.start.max(content.start), quotation.inner.end.min(content.end))
        })
    });
    shared.map(|span| paragraph.words(span).split_whitespace().count()).sum()
}

/// The story as a table.
fn show(story: &Understood<'_>, text: &str, look: Look) -> String {
    let document = Document::new(text);
    let at = |offset: usize| {
        let position = document.position(offset, Encoding::Utf32);
        format!("{}:{}", position.line + 1, position.character + 1)
    };
    let head = |text: &str| styled(text, Style::new().bold(), look.color);
    let mut out = format!("{}\n", head(story.path));
    let dateline = story.dateline.as_ref().map_or("none".into(), |dateline| {
        let parts = [Some(dateline.place), dateline.region, dateline.date, dateline.agency];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let _ = writeln!(out, "\n  {}  {dateline}", head("Dateline"));

    let sources = sources(story);
    let _ = writeln!(out, "\n  {}", head(&count(sources.len(), "source")));
    let rows = sources.iter().map(|source| {
        let said = match source.quotes {
            0 => count(source.attributions, "attribution"),
            quotes => format!("{}, {}", count(quotes, "quote"), count(source.quoted, "word")),
        };
        vec![source.name.into(), source.kind.into(), said, at(source.first)]
    });
    out.push_str(&table(&rows.collect::<Vec<_>>(), 4, look.width));

    let _ = writeln!(out, "\n  {}", head(if story.people.len() == 1 { "1 person" } else { "People" }));
    let rows = story.people.iter().map(|person| {
        let first = person.mentions.first().map_or(String::new(), |mention| at(mention.span[0]));
        vec![person.name.into(), count(person.mentions.len(), "mention"), first, person.titles.join("; ")]
    });
    out.push_str(&table(&rows.collect::<Vec<_>>(), 4, look.width));
    out
}

/// A source and all that is attributed to it.
struct Source<'a> {
    name: &'a str,
    kind: &'static str,
    attributions: usize,
    quotes: usize,
    quoted: usize,
    first: usize,
}

/// The sources of the story, in the order in which they first speak. One who is quoted without being named counts by
/// the words used: "the analyst".
fn sources<'a>(story: &Understood<'a>) -> Vec<Source<'a>> {
    let mut sources: Vec<Source<'a>> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for attribution in &story.attributions {
        let name = attribution.speaker.unwrap_or(attribution.words);
        let (Some(span), false) = (attribution.source.or(attribution.cue.first().copied()), name.is_empty()) else {
            continue;
        };
        let index = *known.entry(bare(name).to_ascii_lowercase()).or_insert_with(|| {
            sources.push(Source {
                name,
                kind: attribution.source_kind,
                attributions: 0,
                quotes: 0,
                quoted: 0,
                first: span[0],
            });
            sources.len() - 1
        });
        let source = &mut sources[index];
        source.attributions += 1;
        source.quotes += usize::from(attribution.quoted > 0);
        source.quoted += attribution.quoted;
        // "He" first, his name later: the name tells what kind of source he is.
        if source.kind == source_kind(SourceKind::Pronoun) {
            source.kind = attribution.source_kind;
        }
    }
    sources
}

/// A source's name without the article: "The Pentagon" opens a sentence, "the Pentagon" stands in one.
fn bare(name: &str) -> &str {
    name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name)
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

const fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::Accusation => "accusation",
        Claim::Prediction => "prediction",
        Claim::Judgement => "judgement",
        Claim::Motive => "motive",
        Claim::Cause => "cause",
        Claim::Superlative => "superlative",
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
        Act::Thought => "thought",
    }
}

const fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Named => "named",
        SourceKind::Role => "role",
        SourceKind::Organization => "organization",
        SourceKind::Document => "document",
        SourceKind::Anonymous => "anonymous",
        SourceKind::Vague => "vague",
        SourceKind::Pronoun => "pronoun",
    }
}
