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
            Applicability::Choice => "choice",
        };
        notes.push((Some(name), fix.title.clone()));
    }
    if diagnostic.fixes.len() > FIXES {
        notes.push((None, format!("… and {} more", diagnostic.fixes.len() - FIXES)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Related;
    use crate::fix::Fix;
    use crate::text::Edit;

    /// A finding about the words between `[` and `]` of the draft, related to those between `{` and `}`.
    fn report(draft: &str, message: &str, fixes: &[(&str, Applicability)], width: usize) -> String {
        let text = draft.replace(['[', ']', '{', '}'], "");
        let place = |open, close| {
            let at = |mark| {
                Some(draft[..draft.find(mark)?].chars().filter(|c| !"[]{}".contains(*c)).map(char::len_utf8).sum())
            };
            Some(Span::new(at(open)?, at(close)?))
        };
        let span = place('[', ']').unwrap_or_default();
        let related = place('{', '}').map(|span| Related { span, message: "first called that here".into() });
        let fix = |(title, applicability): &(&str, Applicability)| Fix {
            title: (*title).into(),
            applicability: *applicability,
            edits: vec![Edit::delete(span)],
        };
        let diagnostic = Diagnostic {
            rule: "titles/inconsistent",
            severity: Severity::Warning,
            message: message.into(),
            span,
            related: related.into_iter().collect(),
            fixes: fixes.iter().map(fix).collect(),
        };
        write(&Checked::new("drafts/jets.txt", &text, &[diagnostic]), Look { color: false, width })
    }

    /// What the report says, without blank ends of lines.
    fn shown(draft: &str, message: &str, fixes: &[(&str, Applicability)], width: usize) -> String {
        let report = report(draft, message, fixes, width);
        let lines: Vec<&str> = report.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().into()
    }

    #[test]
    fn says_what_is_wrong_where_and_what_to_do() {
        let fixes = [("Write “three”", Applicability::Safe), ("Delete it", Applicability::Unsafe)];
        let expected = "\
warning[titles/inconsistent]: Two is wrong here.
  ╭▸ drafts/jets.txt:1:5
1 │ One two three.
  │     ━━━
  │
  ├ Readers stumble over it. Write three.
  ├ fix: Write “three”
  ╰ possible fix: Delete it";
        let message = "Two is wrong here. Readers stumble over it. Write three.";
        assert_eq!(shown("One [two] three.\n", message, &fixes, 80), expected);
    }

    #[test]
    fn cuts_long_lines_to_the_words_that_matter_and_names_their_columns_in_the_file() {
        let draft = "\
Ministers in Karachi had said before the meeting that {Foreign Minister} Ali Rahmani would not come to the talks, \
which were called off in the end.

It was in the evening that the news came, and nobody in the room was prepared for what it said, as \
[Defense Minister] Ali Rahmani told reporters on the steps of the ministry in the rain.";
        let expected = "\
warning[titles/inconsistent]: Rahmani is Defense Minister here and Foreign
                              Minister before.
  ╭▸ drafts/jets.txt:3:100
3 │ … for what it said, as Defense Minister Ali Rahmani told reporters …
  │                        ━━━━━━━━━━━━━━━━
  │
  ⸬  drafts/jets.txt:1:55
1 │ … before the meeting that Foreign Minister Ali Rahmani would not come …
  │                           ──────────────── first called that here
  │
  ├ Readers take them for two people. Use one title throughout the story, if
  │ there is only one.
  ├ possible fix: Use “Foreign Minister”, which is what the story calls him
  │               first
  ├ possible fix: B
  ├ possible fix: C
  ╰ … and 1 more";
        let message = "Rahmani is Defense Minister here and Foreign Minister before. Readers take them for two people. \
                       Use one title throughout the story, if there is only one.";
        let titles = ["Use “Foreign Minister”, which is what the story calls him first", "B", "C", "D"];
        assert_eq!(shown(draft, message, &titles.map(|title| (title, Applicability::Unsafe)), 80), expected);
    }

    #[test]
    fn shows_a_related_place_of_the_same_line_with_it() {
        let expected = "\
warning[titles/inconsistent]: Two.
  ╭▸ drafts/jets.txt:1:14
1 │ One four two two three.
  │     ┬───     ━━━
  │     │
  ╰╴    first called that here";
        assert_eq!(shown("One {four} two [two] three.\n", "Two.", &[], 80), expected);
    }

    #[test]
    fn shows_the_beginning_and_the_end_of_a_long_passage() {
        let expected = "\
warning[titles/inconsistent]: This has no speaker.
  ╭▸ drafts/jets.txt:1:12
1 │ … “We do not know how many people were in the … Friday afternoon.” …
  │   ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
  │
  ╰ Say whose words they are.";
        let draft = "He paused. [“We do not know how many people were in the building when the roof came down, and we \
                     will not know until Friday afternoon.”] That was all.";
        assert_eq!(shown(draft, "This has no speaker. Say whose words they are.", &[], 80), expected);
    }

    #[test]
    fn marks_each_line_of_a_passage_up_to_three() {
        let expected = "\
warning[titles/inconsistent]: No speaker.
  ╭▸ drafts/jets.txt:2:6
2 │ Then “we do not
  │      ━━━━━━━━━━
3 │   know how many
  │   ━━━━━━━━━━━━━
4 │ people were
  ╰╴━━━━━━━━━━━";
        let draft = "He paused.\r\nThen [“we do not\r\n  know how many\r\npeople were\r\nthere.”] Then\r\n";
        assert_eq!(shown(draft, "No speaker.", &[], 80), expected);
    }

    #[test]
    fn shows_empty_places_and_unprintable_words() {
        for (draft, expected) in [
            ("No end[]", "1 │ No end\n  ╰╴      ━"),
            ("[]", "1 │\n  ╰╴━"),
            ("One [line\n\n\n]\nfour", "1 │ One line\n  ╰╴    ━━━━"),
            ("\u{1b}[ and] 日本語{の}新聞\r", "1 │ ␛ and 日本語の新聞\n  ╰╴ ━━━━       ── first called that here"),
        ] {
            let found = shown(draft, "A “\u{1b}[31m” message\nof two lines.", &[], 100);
            assert!(found.contains(expected), "{found}");
            assert!(!found.contains('\u{1b}'), "{found}");
        }
    }
}
