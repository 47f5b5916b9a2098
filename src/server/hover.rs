//! Hover: who a name is, whose word the sentence is, and the page of the rule that speaks under the pointer.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::analysis::{self, Missing, Report};
use super::cast::{self, Subject};
use super::convert::{self, Places};
use super::session::Session;
use super::whose_word;
use crate::format::Draft;
use crate::settings::Settings;
use crate::story::ledger::ledger;
use crate::story::{Place, Story};
use crate::text::Span;

/// Whose word the sentence at a position is, and below it the pages of the rules that speak of the words there, without
/// their examples. The pages are long: what stands below them is not seen.
pub(super) async fn hover(session: &Arc<Session>, params: HoverParams) -> Result<Option<Hover>> {
    let at = params.text_document_position_params;
    let snapshot = session.snapshot(&at.text_document.uri).ok_or(Missing::Unopened)?;
    let report = analysis::report_on(session, snapshot.clone()).await?;
    let places = report.places(session);
    let offset = places.offset(at.position);
    let settings = analysis::settings(session, &snapshot);
    let found = pages(&report, offset, &settings, session.abilities().markdown);
    let read = analysis::read(session, snapshot, move |story, draft, places| {
        (person(story, draft, places, offset), whose_word::at(story, draft, places, offset))
    });
    let (person, sentence) = read.await?.unwrap_or_default();
    let first = person.as_ref().or(found.as_ref()).or(sentence.as_ref());
    let Some(span) = first.map(|(_, span)| *span) else { return Ok(None) };
    let texts: Vec<String> = [person, sentence, found].into_iter().flatten().map(|(text, _)| text).collect();
    let (kind, between) = match session.abilities().markdown {
        true => (MarkupKind::Markdown, "\n\n---\n\n"),
        false => (MarkupKind::PlainText, "\n\n"),
    };
    let contents = HoverContents::Markup(MarkupContent { kind, value: texts.join(between) });
    Ok(Some(Hover { contents, range: Some(places.range(span)) }))
}

/// Who the name at an offset of the file is: how the story calls them, since when, and how often it quotes them.
fn person(story: &Story<'_>, draft: &Draft<'_>, places: &Places<'_>, offset: usize) -> Option<(String, Span)> {
    let (paragraph, at) = draft.prose_at(offset)?;
    let (Subject::Person(index), place) = cast::at(story, paragraph, at)? else { return None };
    let person = &story.people[index];
    let locate = |place: Place| draft.locate(place.paragraph, place.span);
    let titles = person.titles.join("; ");
    let who = if titles.is_empty() { person.name.clone() } else { format!("{}: {titles}", person.name) };
    let line = cast::first(story, &Subject::Person(index)).map(|first| places.range(locate(first)).start.line + 1);
    let named = line.map_or_else(String::new, |line| format!(" First named in line {line},"));
    let own = |joined: &&usize| story.attributions[**joined].person == Some(index);
    let ledger = ledger(story);
    let source = ledger.sources.iter().find(|source| source.share.attributions.iter().any(|joined| own(&joined)));
    let quoted = match source.map_or(0, |source| source.share.quotes) {
        0 => "not quoted".to_owned(),
        1 => "quoted once".to_owned(),
        times => format!("quoted {times} times"),
    };
    Some((format!("{who}.{named} {quoted}."), locate(place)))
}

/// The pages of the rules that speak at an offset, and the words of which the first one does.
fn pages(report: &Report, offset: usize, settings: &Settings, markdown: bool) -> Option<(String, Span)> {
    let mut here = report.diagnostics.iter().filter(|found| found.span.start <= offset && offset <= found.span.end);
    let first = here.next()?;
    let mut names = vec![first.rule];
    for found in here {
        if !names.contains(&found.rule) {
            names.push(found.rule);
        }
    }
    let pages: Vec<String> = names.into_iter().filter_map(|name| page(name, settings, markdown)).collect();
    (!pages.is_empty()).then(|| (pages.join("\n\n"), first.span))
}

/// A rule's page for hover, which has no room for the examples: they are a link away. Those of a house's own rule are
/// nowhere else, and stay.
fn page(rule: &str, settings: &Settings, markdown: bool) -> Option<String> {
    let rule = settings.find(rule)?;
    let page = settings.page(rule);
    let examples_at = convert::page(rule.name);
    let mut kept = String::new();
    let (mut examples, mut code) = (false, false);
    for line in page.lines() {
        code ^= line.starts_with("```");
        if line.starts_with("## ") {
            examples = examples_at.is_some() && line == "## Examples";
        }
        if !examples {
            // Headings would be larger than all else in so small a window. Plain text needs no marks at all.
            let heading = Some(line.trim_start_matches('#')).filter(|rest| rest.len() < line.len() && !code);
            match heading.map(str::trim_start) {
                Some(words) if markdown => kept.push_str(&format!("**{words}**")),
                words => kept.push_str(words.unwrap_or(line)),
            }
            kept.push('\n');
        }
    }
    let Some(href) = examples_at else { return Some(kept.trim_end().into()) };
    let link = if markdown { format!("[Examples]({})", href.as_str()) } else { format!("Examples: {}", href.as_str()) };
    Some(format!("{}\n\n{link}", kept.trim_end()))
}
