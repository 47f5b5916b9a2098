use std::ops::Range;

/// Part of a line of the file, cut to fit on a line of the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub text: String,
    /// Where the marked words stand in `text`.
    pub marks: Vec<Range<usize>>,
}

/// What stands for words left out.
const CUT: &str = "…";

/// As much of `line` as fits into `room` columns: the marked words with as much as possible around them, cut between
/// words. What is marked is shown whole if it fits, else its beginning and its end.
///
/// News copy has a paragraph on a line, so that a line is most often longer than the terminal is wide; and a line can
/// be a whole file. Only about `room` characters around the marks are looked at.
pub(super) fn excerpt(line: &str, marks: &[Range<usize>], room: usize) -> Excerpt {
    let line_end = line.trim_end().len().max(marks.iter().map(|mark| mark.end).max().unwrap_or(0));
    let line = line.get(..line_end).unwrap_or(line);
    if fits(line, room) {
        return Excerpt { text: line.into(), marks: marks.into() };
    }
    let start = marks.iter().map(|mark| mark.start).min().unwrap_or(0);
    let end = marks.iter().map(|mark| mark.end).max().unwrap_or(0);
    let (Some(before), Some(core), Some(after)) = (line.get(..start), line.get(start..end), line.get(end..)) else {
        return Excerpt { text: String::new(), marks: marks.iter().map(|_| 0..0).collect() };
    };
    let pieces = if fits(core, room) {
        let spare = room - core.chars().count();
        let (left, right) = share(spare, length(before, spare), length(after, spare));
        let whole = start - end_of(before, left).len()..end + beginning_of(after, right).len();
        vec![whole]
    } else {
        // Less the marks of omission before, between and after.
        let kept = room.saturating_sub(7).max(3);
        let head = beginning_of(core, kept * 2 / 3 + 2);
        let tail = end_of(core, kept / 3 + 2);
        vec![start..start + head.len(), end - tail.len()..end]
    };
    assemble(line, &pieces, marks)
}

/// The pieces of the line, with marks of omission between and around them.
fn assemble(line: &str, pieces: &[Range<usize>], marks: &[Range<usize>]) -> Excerpt {
    let mut text = String::new();
    // For each piece, where it begins in the line and in the excerpt.
    let mut starts = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            text.push_str(" … ");
        } else if !line[..piece.start].trim_start().is_empty() {
            text.push_str(CUT);
            text.push(' ');
        }
        starts.push((piece.clone(), text.len()));
        text.push_str(&line[piece.clone()]);
    }
    if pieces.last().is_some_and(|piece| !line[piece.end..].trim_end().is_empty()) {
        text.push(' ');
        text.push_str(CUT);
    }
    let moved = |offset: usize| {
        let (piece, start) = starts.iter().rev().find(|(piece, _)| piece.start <= offset).unwrap_or(&starts[0]);
        start + offset.clamp(piece.start, piece.end) - piece.start
    };
    let marks = marks.iter().map(|mark| moved(mark.start)..moved(mark.end)).collect();
    Excerpt { text, marks }
}

/// Shares `spare` columns out to the two sides, as evenly as what is there allows.
fn share(spare: usize, left: usize, right: usize) -> (usize, usize) {
    let half = spare / 2;
    let left_takes = left.min(half.max(spare.saturating_sub(right)));
    (left_takes, right.min(spare - left_takes))
}

/// Whether the text is at most `room` characters long; looks at no more of it than it must.
fn fits(text: &str, room: usize) -> bool {
    text.len() <= room || length(text, room + 1) <= room
}

/// How many characters the text has, as far as `most`.
fn length(text: &str, most: usize) -> usize {
    text.chars().take(most).count()
}

/// At most `room` characters from the text's beginning. If that is not all, room is left for the mark of omission,
/// and no word is cut.
fn beginning_of(text: &str, room: usize) -> &str {
    if fits(text, room) {
        return text;
    }
    let cut = text.char_indices().nth(room.saturating_sub(2)).map_or(text.len(), |(at, _)| at);
    let kept = &text[..cut];
    let next_begins_a_word = text[cut..].starts_with(char::is_whitespace);
    let cut = if next_begins_a_word { cut } else { kept.rfind(char::is_whitespace).unwrap_or(cut) };
    kept[..cut].trim_end()
}

/// At most `room` characters from the text's end, cut as in [`beginning_of`].
fn end_of(text: &str, room: usize) -> &str {
    if fits_from_the_end(text, room) {
        return text;
    }
    let wanted = room.saturating_sub(2);
    let start =
        if wanted == 0 { text.len() } else { text.char_indices().rev().nth(wanted - 1).map_or(0, |(at, _)| at) };
    let kept = &text[start..];
    let cut =
        if text[..start].ends_with(char::is_whitespace) { 0 } else { kept.find(char::is_whitespace).unwrap_or(0) };
    kept[cut..].trim_start()
}

fn fits_from_the_end(text: &str, room: usize) -> bool {
    text.len() <= room || text.chars().rev().take(room + 1).count() <= room
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts a line whose marked words stand in [brackets], and shows the outcome likewise.
    fn cut(line: &str, room: usize) -> String {
        let (start, end) = (line.find('[').unwrap(), line.find(']').unwrap() - 1);
        let line = line.replace(['[', ']'], "");
        let found = excerpt(&line, std::slice::from_ref(&(start..end)), room);
        let mark = found.marks[0].clone();
        assert!(found.text.chars().count() <= room, "{}", found.text);
        format!("{}[{}]{}", &found.text[..mark.start], &found.text[mark.clone()], &found.text[mark.end..])
    }

    #[test]
    fn shows_the_marked_words_and_what_is_around_them() {
        let cases = [
            ("A [short] line.  ", 40, "A [short] line."),
            ("One two three four [five] six seven eight nine.", 30, "… three four [five] six seven …"),
            ("[One] two three four five six seven eight nine.", 30, "[One] two three four five six …"),
            ("One two three four five six seven eight [nine].", 30, "… five six seven eight [nine]."),
            ("One two three four five six seven eight nine.[]", 30, "… five six seven eight nine.[]"),
            ("[One two three four five six seven eight nine.] Ten.", 30, "[One two three … nine.] …"),
            ("Ünö ẗẅö ẗḧṙëë föür [fïvë] sïx sëvën ëïgḧẗ nïnë.", 30, "… ẗḧṙëë föür [fïvë] sïx sëvën …"),
            ("[Wordwithoutanyendthatgoesonandonandonandon] x", 20, "[Wordwith … ndon] …"),
        ];
        for (line, room, expected) in cases {
            assert_eq!(cut(line, room), expected, "{line}");
        }
    }

    #[test]
    fn shares_room_between_the_sides() {
        for (spare, left, right, expected) in
            [(10, 50, 50, (5, 5)), (10, 2, 50, (2, 8)), (10, 50, 3, (7, 3)), (10, 1, 1, (1, 1)), (0, 5, 5, (0, 0))]
        {
            assert_eq!(share(spare, left, right), expected);
        }
    }
}
