use std::borrow::Cow;

use super::{Block, Draft, Paragraph, Role, SourceMap, roles};
use crate::text::Span;

/// Hard-wrapped copy is this many columns wide, at least and at most. Narrower blocks are bylines, tables and verse;
/// wider ones are paragraphs on a line each.
const WRAPPED: std::ops::RangeInclusive<usize> = 40..=100;

/// Reads plain text: a paragraph on each line; or, in copy wrapped by hand, from blank line to blank line or from
/// indent to indent.
pub(super) fn read(text: &str) -> Draft<'_> {
    let mut draft = Draft::default();
    let mut block = Vec::new();
    for line in super::lines(text) {
        match Line::read(text, line) {
            Some(line) => block.push(line),
            None => close(text, &mut block, &mut draft.paragraphs),
        }
    }
    close(text, &mut block, &mut draft.paragraphs);
    roles::assign(&mut draft.paragraphs, true);
    draft
}

/// A line with something in it.
#[derive(Clone, Copy)]
struct Line {
    /// Its bytes from the first visible character to the last.
    span: Span,
    /// Columns of white space before it.
    indent: usize,
    /// Columns with the white space before it; only known in blocks that may be wrapped.
    columns: usize,
}

impl Line {
    /// The line at `span`, unless it is blank.
    fn read(text: &str, span: Span) -> Option<Self> {
        let (line, start) = (span.of(text), span.start);
        let trimmed = line.trim_start_matches(invisible);
        let lead = line.len() - trimmed.len();
        let trimmed = trimmed.trim_end_matches(invisible);
        if trimmed.is_empty() {
            return None;
        }
        let indent = line[..lead].chars().map(|c| match c {
            '\t' => 4,
            '\u{2003}' | '\u{3000}' => 2,
            _ => usize::from(c.is_whitespace()),
        });
        Some(Self { span: Span::new(start + lead, start + lead + trimmed.len()), indent: indent.sum(), columns: 0 })
    }
}

/// White space, and what shows as nothing: byte order marks, zero-width spaces, direction marks.
fn invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}')
}

/// Makes paragraphs of the lines between two blank ones.
fn close<'t>(text: &'t str, block: &mut Vec<Line>, paragraphs: &mut Vec<Paragraph<'t>>) {
    let mut push = |lines: &[Line]| {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        paragraphs.push(paragraph(text, first.span.cover(last.span)));
    };
    let width = match &mut block[..] {
        [] => return,
        [_] => None,
        lines => measure(text, lines),
    };
    // Where every line is a paragraph of its own there is nothing to join.
    let Some(width) = width else {
        block.iter().for_each(|line| push(&[*line]));
        block.clear();
        return;
    };
    let margin = block.iter().map(|line| line.indent).min().unwrap_or(0);
    let mut rest = &block[..];
    while let Some(first) = rest.first() {
        let head = first.span.of(text);
        // The text of a list item stands in from its mark.
        let hang = marker(head).map_or(1, |mark| first.indent - margin + mark);
        let opens = |line: &Line| line.indent > margin + hang || alone(line.span.of(text));
        let more = rest[1..].iter().position(opens).unwrap_or(rest.len() - 1);
        let (lines, after) = rest.split_at(if alone(head) && marker(head).is_none() { 1 } else { 1 + more });
        if joined(text, lines, width) {
            push(lines);
        } else {
            lines.iter().for_each(|line| push(&[*line]));
        }
        rest = after;
    }
    block.clear();
}

/// Measures the lines, and gives the columns of the widest if that is a width at which copy is wrapped.
fn measure(text: &str, lines: &mut [Line]) -> Option<usize> {
    let mut widest = 0;
    for line in lines {
        // A character takes four bytes at most, so that most files need no counting.
        if line.span.len() > 4 * WRAPPED.end() {
            return None;
        }
        line.columns = line.indent + line.span.of(text).chars().count();
        widest = widest.max(line.columns);
        if widest > *WRAPPED.end() {
            return None;
        }
    }
    (widest >= *WRAPPED.start()).then_some(widest)
}

/// Whether a line is never part of a wrapped paragraph that begins before it: a list item, a byline, an end mark.
fn alone(line: &str) -> bool {
    let byline = ["By ", "BY ", "by "].iter().any(|by| line.starts_with(by)) && roles::is_byline(line);
    byline || marker(line).is_some() || roles::is_end_mark(line)
}

/// The bytes of the mark that opens a list item or a subhead, with the space after it.
fn marker(line: &str) -> Option<usize> {
    let marks = ["- ", "* ", "• ", "· ", "■ ", "▪ ", "● "].iter().chain(&SUBHEADS);
    marks.copied().find(|mark| line.starts_with(mark)).map(str::len)
}

/// How reporters mark a subhead in plain text.
const SUBHEADS: [&str; 2] = ["## ", "### "];

/// Whether the lines are one paragraph wrapped by hand at `width` columns, and not a list of short ones. It is where
/// every line but the last is full, that is, has no room for the first word of the next; or where most lines go on
/// in lower case, which no paragraph begins with.
fn joined(text: &str, lines: &[Line], width: usize) -> bool {
    let [.., last] = lines else { return false };
    let breaks = lines.len() - 1;
    if breaks == 0 {
        return false;
    }
    let (mut full, mut lower, mut ended) = (0, 0, 0);
    for pair in lines.windows(2) {
        let next = pair[1].span.of(text);
        let word = next.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(next.len());
        full += usize::from(pair[0].columns + 1 + next[..word].chars().count() > width);
        let goes_on = next.starts_with(char::is_lowercase);
        lower += usize::from(goes_on);
        ended += usize::from(
            !goes_on && ends_sentence(pair[0].span.of(text)) && !quote_runs_on(pair[0].span.of(text), next),
        );
    }
    if 2 * lower > breaks {
        return true;
    }
    full == breaks
        && ended < breaks
        && (lower > 0 || ends_sentence(last.span.of(text)) || last.span.of(text).ends_with([':', ')']))
}

/// Whether a line ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '\'', '’', ')']).ends_with(['.', '?', '!'])
}

/// Whether a quotation is open at the end of a line and not opened again in the next, as a new paragraph would.
fn quote_runs_on(line: &str, next: &str) -> bool {
    let curly = line.rfind('“') > line.rfind('”');
    let straight = line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    (curly || straight) && !next.starts_with(['“', '"'])
}

/// The paragraph at `span`; a list item or subhead without its mark.
fn paragraph(text: &str, span: Span) -> Paragraph<'_> {
    let line = span.of(text);
    let (mark, role) = match marker(line) {
        None => (0, Role::Body),
        Some(mark) if line.starts_with('#') => (mark, Role::Subhead),
        Some(mark) => (mark, Role::ListItem),
    };
    let span = Span::new(span.start + mark, span.end);
    Paragraph {
        text: Cow::Borrowed(span.of(text)),
        map: SourceMap::verbatim(span.start, span.len()),
        span,
        role,
        block: Block::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<&str> {
        read(text).paragraphs.iter().map(|paragraph| paragraph.span.of(text)).collect()
    }

    #[test]
    fn a_paragraph_on_each_line() {
        let cases: [(&str, &[&str]); 9] = [
            ("", &[]),
            (" \t\r\n\u{FEFF}\n", &[]),
            ("One.\nTwo.", &["One.", "Two."]),
            ("One.\r\nTwo.\r\n", &["One.", "Two."]),
            ("One.\rTwo.\r\r\rThree.", &["One.", "Two.", "Three."]),
            ("\u{FEFF}One.\n\n\nTwo.\n", &["One.", "Two."]),
            ("  One. \t\n\tTwo.\u{A0}\u{200B}\n\u{C}\nThree.", &["One.", "Two.", "Three."]),
            ("\u{2003}One.\n\u{2003}Two.", &["One.", "Two."]),
            ("One\u{2028}line.\u{B}", &["One\u{2028}line."]),
        ];
        for (text, expected) in cases {
            assert_eq!(paragraphs(text), expected, "{text:?}");
        }
    }

    #[test]
    fn wrapped_copy_is_joined() {
        let text = "\
The county closed both bridges over the Tamsin River early on Tuesday
after the water rose four feet in six hours, Sheriff Dana Whitlock said.
Schools stayed shut.

Crews worked through the night. Nobody was hurt, the sheriff's office said.
Power was out in parts of Linden Falls.
";
        let found = paragraphs(text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[0].starts_with("The county") && found[0].ends_with("stayed shut."));
        // Both lines end a sentence: they may be a paragraph each.
        assert_eq!(found[2], "Power was out in parts of Linden Falls.");
    }

    #[test]
    fn an_open_quotation_goes_on() {
        let quote = "“We have never seen the river this high in forty years of keeping it.\n";
        assert_eq!(paragraphs(&format!("{quote}And it is still rising,” Sheriff Whitlock said.")).len(), 1);
        assert_eq!(paragraphs(&format!("{quote}“And it is still rising,” Sheriff Whitlock said.")).len(), 2);
    }

    #[test]
    fn a_wire_indent_opens_a_paragraph() {
        let text = "   \
   LINDEN FALLS, Ohio (AP) — The county closed both bridges over the
Tamsin River early on Tuesday after the water rose four feet.
      Schools stayed shut, and crews worked through the night to shore up
the levee, officials said.
      Nobody was hurt.
";
        let found = paragraphs(text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[1].starts_with("Schools") && found[1].ends_with("officials said."));
    }

    #[test]
    fn short_lines_are_not_joined() {
        let cases: [(&str, usize); 7] = [
            ("By Dana Whitlock\nThe Linden Falls Courier-Tribune and Weekly Herald", 2),
            ("Linden Falls shuts its bridges as the Tamsin rises\nBy Dana Whitlock", 2),
            ("Linden Falls shuts its bridges as the Tamsin rises\nby Dana Whitlock", 2),
            ("The county closed both bridges over the river.\nSchools stayed shut through Wednesday.", 2),
            (
                "Bridges closed in Linden Falls over flood fears\nSchools to stay shut until at least Friday\nLevee holds",
                3,
            ),
            ("apples\npears\nplums", 3),
            ("- The county closed both bridges over the river\n- Schools stayed shut through Wednesday", 2),
        ];
        for (text, count) in cases {
            assert_eq!(paragraphs(text).len(), count, "{text:?}");
        }
    }

    #[test]
    fn long_lines_are_not_joined() {
        let line =
            "The county closed both bridges over the Tamsin River early on Tuesday after the water rose, and kept";
        let text = format!("{line} them shut.\nschools too, officials said in a short statement.");
        assert_eq!(paragraphs(&text).len(), 2);
    }

    #[test]
    fn a_list_item_goes_on_under_its_text() {
        let text = "\
- The county closed both bridges over the Tamsin River early on
  Tuesday after the water rose four feet.
- Schools stayed shut.
";
        let draft = read(text);
        let roles: Vec<Role> = draft.paragraphs.iter().map(|paragraph| paragraph.role).collect();
        assert_eq!(roles, [Role::ListItem, Role::ListItem]);
        assert!(draft.paragraphs[0].text.ends_with("four feet."));
    }

    #[test]
    fn a_subhead_may_be_marked() {
        let draft = read("The county closed both bridges.\n\n## What comes next\n\nSchools stay shut.\n");
        assert_eq!((&*draft.paragraphs[1].text, draft.paragraphs[1].role), ("What comes next", Role::Subhead));
    }

    #[test]
    fn an_edit_that_leaves_one_line_short_keeps_the_paragraph_whole() {
        let text = "\
The county closed both bridges over the Tamsin River early on Tuesday
after the water rose
four feet in six hours, Sheriff Dana Whitlock said, and schools stayed
shut.
";
        assert_eq!(paragraphs(text).len(), 1);
    }
}
