mod json;

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use annotate_snippets::renderer::Style;

use super::args::{Inspect, TableFormat};
use super::check::{inputs, status};
use super::desk::{Choice, Desk};
use super::table::{clip, count, right, styled, table};
use super::{look, many};
use crate::check::Checker;
use crate::files::{Input, Problem};
use crate::format::{Draft, Format};
use crate::report::Look;
use crate::story::ledger::{self, Ledger, Share};
use crate::story::sourcing::Sourcing;
use crate::story::{Place, Story};
use crate::text::{Document, Encoding, one_line};

/// `copydesk inspect`.
pub(super) fn run(args: &Inspect) -> anyhow::Result<u8> {
    let desk = Desk::new(&args.what, Choice::default(), None)?;
    let (inputs, mut problems) = inputs(&args.what)?;
    let look = look();
    let json = args.format == TableFormat::Json;
    let work = |input: &Input| -> Result<String, Problem> {
        let text = input.read()?;
        let name = input.name();
        let settings = desk.settings(input.path());
        Ok(Checker::default().story(&text, Format::of_path(&name), &settings, |story, draft| {
            if json {
                serde_json::to_string(&json::understood(&name, story, draft)).unwrap_or_default()
            } else {
                show(&Shown { name: &name, text: &text, story, draft }, look)
            }
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

/// A story as it is shown to people.
struct Shown<'a> {
    name: &'a str,
    text: &'a str,
    story: &'a Story<'a>,
    draft: &'a Draft<'a>,
}

/// The story for people: who its sources are, how much of it stands on whose word, where it was filed, who is named.
fn show(shown: &Shown<'_>, look: Look) -> String {
    let Shown { name, text, story, draft } = shown;
    let document = Document::new(text);
    // The first and the last line of a place, counted from 1.
    let lines = |place: Place| {
        let span = draft.locate(place.paragraph, place.span);
        [span.start, span.end].map(|offset| document.position(offset, Encoding::Utf8).line + 1)
    };
    let head = |text: &str| styled(text, Style::new().bold(), look.color);
    let ledger = ledger::ledger(story);
    let mut out = format!("{}\n\n  {}\n", head(name), head(&heading(&ledger)));
    let rows = rows(&ledger, look.width, |share| match (lines(share.first), lines(share.last)) {
        ([first, _], [_, last]) if first == last => first.to_string(),
        ([first, _], [_, last]) => format!("{first}–{last}"),
    });
    out.push_str(&table(&rows, 4, look.width));

    // Writing to a String can't fail.
    let _ = writeln!(out, "\n  {}  {}", head("Sentences"), sentences(story));
    let _ = writeln!(out, "  {}   {}", head("Dateline"), dateline(story, draft));

    let _ = writeln!(out, "\n  {}", head(if story.people.len() == 1 { "1 person" } else { "People" }));
    let rows = story.people.iter().map(|person| {
        let first = person.mentions.first().map_or(0, |(place, _)| lines(*place)[0]);
        let mentions = count(person.mentions.len(), "mention");
        vec![person.name.clone(), mentions, format!("line {first}"), person.titles.join("; ")]
    });
    out.push_str(&table(&rows.collect::<Vec<_>>(), 4, look.width));
    out
}

/// How many sources there are, and how many of them could be anybody.
fn heading(ledger: &Ledger) -> String {
    let sources = count(ledger.sources.len(), "source");
    match ledger.sources.iter().filter(|source| !source.is_named()).count() {
        0 => sources,
        unnamed => format!("{sources}, {unnamed} of them not named"),
    }
}

/// What the columns of the ledger beside the name take, with what is between and before them.
const COLUMNS: usize = 54;

/// The ledger as rows under a heading, in a terminal so many columns wide.
fn rows(ledger: &Ledger, width: usize, lines: impl Fn(&Share) -> String) -> Vec<Vec<String>> {
    let number = |number: usize| if number == 0 { "–".into() } else { number.to_string() };
    let row = |name: &str, kind: &str, share: &Share| {
        let [quotes, words, quoted] = [share.quotes, share.words, share.quoted].map(number);
        vec![clip(name, width.saturating_sub(COLUMNS).max(20)), kind.into(), quotes, words, quoted, lines(share)]
    };
    let known = ledger.sources.iter().map(|it| row(&it.name, it.kind.name(), &it.share));
    let unknown = (!ledger.unknown.attributions.is_empty()).then(|| row("(not told who)", "unknown", &ledger.unknown));
    let mut rows: Vec<Vec<String>> = known.chain(unknown).collect();
    if !rows.is_empty() {
        rows.insert(0, ["Source", "Kind", "Quotes", "Words", "Quoted", "Lines"].map(String::from).to_vec());
    }
    right(&mut rows, 2..5);
    rows
}

/// How many sentences of copy stand on somebody's word, and how.
fn sentences(story: &Story<'_>) -> String {
    let copy = story.paragraphs.iter().zip(&story.sourcing).filter(|(paragraph, _)| paragraph.is_copy());
    let mut counts = [0; 4];
    for sourced in copy.flat_map(|(_, sourced)| sourced) {
        counts[match sourced.sourcing {
            Sourcing::Quoted => 0,
            Sourcing::Attributed => 1,
            Sourcing::Carried => 2,
            Sourcing::None => 3,
        }] += 1;
    }
    let shown = counts.iter().zip(["quoted", "attributed", "carried on", "on nobody’s word"]);
    let shown = shown.filter(|(count, _)| **count > 0).map(|(count, how)| format!("{count} {how}"));
    let shown = shown.collect::<Vec<_>>().join(", ");
    if shown.is_empty() { "none".into() } else { shown }
}

fn dateline(story: &Story<'_>, draft: &Draft<'_>) -> String {
    let Some((paragraph, dateline)) = story.dateline else {
        let field = draft.front_matter.dateline.as_ref();
        return field.map_or_else(|| "none".into(), |field| one_line(&field.value).into_owned());
    };
    let parts = [Some(dateline.place), dateline.region, dateline.date, dateline.agency];
    let words = parts.into_iter().flatten().map(|span| story.words(Place::new(paragraph, span)));
    words.collect::<Vec<_>>().join(", ")
}
