use annotate_snippets::renderer::{DecorStyle, Renderer};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};

use super::excerpt::excerpt;
use super::{Checked, Look, concise, wrap};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::Applicability;
use crate::prose::Prose;
use crate::text::Span;

/// Of words marked over several lines, this many lines are shown.
const LINES: usize = 3;
/// This many fixes of one finding are shown.
const FIXES: usize = 3;
/// This many related places of one finding are shown.
const RELATED: usize = 3;
/// What the renderer puts where the path stands, for the first place and for each further one.
const FIRST: &str = "╭▸ ";
const FURTHER: &str = "⸬  ";

pub(super) fn write(checked: &Checked<'_>, look: Look) -> String {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(2 * look.width);
    let mut out = String::new();
    for diagnostic in checked.diagnostics {
        out.push_str(&one(checked, diagnostic, &renderer, look.width));
        out.push_str("\n\n");
    }
    out
}

/// A place that the renderer shows: marked words, cut to fit, of consecutive lines.
struct Shown<'a> {
    offset: usize,
    first_line: usize,
    source: String,
    annotations: Vec<Annotation<'a>>,
}

fn one(checked: &Checked<'_>, diagnostic: &Diagnostic, renderer: &Renderer, width: usize) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Suggestion => Level::INFO.with_name("suggestion"),
    };
    let (what, advice) = first_sentence(&diagnostic.message);
    let indent = diagnostic.severity.name().len() + diagnostic.rule.len() + 4;
    let title = fill(what, width.saturating_sub(indent));
    let places = places(checked, diagnostic, width);
    let gutter = places.iter().map(|place| place.first_line + place.annotations.len()).max().unwrap_or(1).ilog10() + 2;
    let mut group = Group::with_title(level.primary_title(title).id(diagnostic.rule));
    let mut positions = Vec::new();
    for place in places {
        let at = checked.at(place.offset);
        positions.push(format!("{}:{}:{}", concise::one_line(checked.path), at.line, at.column));
        group =
            group.element(Snippet::source(place.source).line_start(place.first_line).annotations(place.annotations));
    }
    for (name, text) in notes(diagnostic, advice) {
        let text = fill(&text, width.saturating_sub(gutter as usize + name.map_or(2, str::len) + 4));
        let level = Level::HELP;
        let level = name.map_or(level.clone().no_name(), |name| level.with_name(name));
        group = group.element(level.message(text));
    }
    locate(&renderer.render(&[group]), &positions)
}

/// What follows the places: the rest of the message, then the fixes.
fn notes<'a>(diagnostic: &'a Diagnostic, advice: &'a str) -> Vec<(Option<&'static str>, String)> {
    let mut notes = Vec::new();
    if !advice.is_empty() {
        notes.push((None, advice.to_owned()));
    }
    for fix in diagnostic.fixes.iter().take(FIXES) {
        let name = match fix.applicability {
            Applicability::Safe => "fix",
            Applicability::Unsafe => "possible fix",
        };
        notes.push((Some(name), fix.title.clone()));
    }
    if diagnostic.fixes.len() > FIXES {
        notes.push((None, format!("and {} more possible fixes", diagnostic.fixes.len() - FIXES)));
    }
    notes
}

/// The places to show, the finding's own first. What it relates to is shown with it where both are on one line that
/// has room for both.
fn places<'a>(checked: &Checked<'_>, diagnostic: &'a Diagnostic, width: usize) -> Vec<Shown<'a>> {
    let line_of = |span: Span| checked.at(span.start).line;
    let last = diagnostic.related.iter().map(|related| line_of(related.span)).max().unwrap_or(0);
    let room = width.saturating_sub(last.max(line_of(diagnostic.span) + LINES).ilog10() as usize + 4).max(20);
    let mut own = vec![(diagnostic.span, AnnotationKind::Primary, None)];
    let mut apart = Vec::new();
    let mut cover = diagnostic.span;
    for related in diagnostic.related.iter().take(RELATED) {
        let with_it = cover.cover(related.span);
        let marked = (related.span, AnnotationKind::Context, Some(related.message.as_str()));
        if with_it.len() <= room && line_of(with_it) == checked.at(with_it.end).line {
            cover = with_it;
            own.push(marked);
        } else {
            apart.push(vec![marked]);
        }
    }
    std::iter::once(own).chain(apart).filter_map(|marked| shown(checked, &marked, room)).collect()
}

/// Marked words, the first of them the place to name: either several on one line, or one that may span lines.
fn shown<'a>(
    checked: &Checked<'_>,
    marked: &[(Span, AnnotationKind, Option<&'a str>)],
    room: usize,
) -> Option<Shown<'a>> {
    let first_span = marked.first()?.0;
    let (first, last) = (checked.at(first_span.start).line, checked.at(first_span.end).line);
    let last = last.min(first + LINES - 1);
    let mut place =
        Shown { offset: first_span.start, first_line: first, source: String::new(), annotations: Vec::new() };
    for number in first..=last {
        let line = checked.line(number);
        let text = line.of(checked.text);
        let within = |span: Span| {
            let start = span.start.clamp(line.start, line.end) - line.start;
            let end = span.end.clamp(line.start, line.end) - line.start;
            // Leading blanks of a further line are not part of what is meant.
            let blank = if number > first { text.len() - text.trim_start().len() } else { 0 };
            start.max(blank).min(end)..end
        };
        let marks: Vec<_> = marked.iter().map(|(span, ..)| within(*span)).collect();
        // A blank line, or the line after a span that ends with its line's end.
        if number > first && marks.iter().all(|mark| mark.is_empty()) {
            if number < last {
                place.source.push('\n');
            }
            continue;
        }
        let cut = excerpt(text, &marks, room);
        for (mark, (_, kind, label)) in cut.marks.into_iter().zip(marked) {
            let annotation = kind.span(place.source.len() + mark.start..place.source.len() + mark.end);
            place.annotations.push(match label {
                Some(label) if number == last => annotation.label(*label),
                _ => annotation,
            });
        }
        place.source.push_str(&cut.text);
        if number < last {
            place.source.push('\n');
        }
    }
    Some(place)
}

/// Puts each place's path, line and column where the renderer left them out: it would count the columns of what it
/// is given, which is only a part of the line.
fn locate(rendered: &str, positions: &[String]) -> String {
    let mut out = String::with_capacity(rendered.len() + 64);
    let mut rest = rendered;
    for (index, position) in positions.iter().enumerate() {
        let mark = if index == 0 { FIRST } else { FURTHER };
        let Some(at) = rest.find(mark).map(|at| at + mark.len()) else { break };
        out.push_str(&rest[..at]);
        out.push_str(position);
        rest = &rest[at..];
    }
    out + rest
}

/// The message's first sentence, which says what is wrong, and the rest, which says what to do.
fn first_sentence(message: &str) -> (&str, &str) {
    let prose = Prose::read(message);
    let end = prose.sentences.first().map_or(message.len(), |sentence| sentence.span.end);
    let (Some(what), Some(rest)) = (message.get(..end), message.get(end..)) else { return (message, "") };
    (what.trim(), rest.trim())
}

fn fill(text: &str, width: usize) -> String {
    wrap(&concise::one_line(text), width).join("\n")
}
