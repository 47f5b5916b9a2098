use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::Style;

use crate::report::wrap;

/// A number of things: "1 draft", "2 drafts".
pub(super) fn count(number: usize, thing: &str) -> String {
    let ending = match thing {
        _ if number == 1 => "",
        _ if thing.ends_with('x') => "es",
        _ => "s",
    };
    format!("{number} {thing}{ending}")
}

/// Rows in columns, two spaces apart. The last column takes the rest of `width` and goes on below itself.
pub(super) fn table(rows: &[Vec<String>], indent: usize, width: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..columns.saturating_sub(1)).map(|column| widest(column).unwrap_or(0)).collect();
    let left = indent + widths.iter().map(|width| width + 2).sum::<usize>();
    let mut out = String::new();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (cell, width) in row.iter().zip(&widths) {
            // Writing to a String can't fail.
            let _ = write!(line, "{cell:width$}  ");
        }
        let rest = row.get(widths.len()).map_or("", String::as_str);
        line.push_str(&wrap(rest, width.saturating_sub(left).max(20)).join(&format!("\n{}", " ".repeat(left))));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Sets the cells of these columns to the right.
pub(super) fn right(rows: &mut [Vec<String>], columns: Range<usize>) {
    for column in columns {
        let cells = || rows.iter().filter_map(|row| row.get(column));
        let width = cells().map(|cell| cell.chars().count()).max().unwrap_or(0);
        for cell in rows.iter_mut().filter_map(|row| row.get_mut(column)) {
            *cell = format!("{cell:>width$}");
        }
    }
}

/// The text on no more than `width` columns.
pub(super) fn clip(text: &str, width: usize) -> String {
    match text.char_indices().nth(width) {
        None => text.into(),
        Some(_) => {
            let kept: String = text.chars().take(width.saturating_sub(1)).collect();
            kept.trim_end().to_owned() + "…"
        }
    }
}

/// The text in a style, if colours are wanted.
pub(super) fn styled(text: &str, style: Style, color: bool) -> String {
    if color { format!("{style}{text}{style:#}") } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligns_columns_and_wraps_the_last() {
        let rows = [vec!["ä".into(), "b".into(), "one two three four five".into()], vec!["long".into()]];
        assert_eq!(table(&rows, 1, 29), " ä     b  one two three four\n          five\n long\n");
        assert_eq!(table(&[], 0, 80), "");
    }

    #[test]
    fn numbers_stand_to_the_right() {
        let mut rows = [vec!["é".into(), "1".into()], vec!["Words".into(), "12".into()], vec!["–".into()]];
        right(&mut rows, 0..2);
        assert_eq!(rows, [vec!["    é", " 1"], vec!["Words", "12"], vec!["    –"]]);
    }

    #[test]
    fn what_is_too_long_is_clipped() {
        assert_eq!([clip("é two", 5), clip("é twos", 5), clip("é", 0)], ["é two", "é tw…", "…"]);
    }

    #[test]
    fn counts_in_words() {
        assert_eq!([count(0, "fix"), count(1, "draft"), count(2, "draft")], ["0 fixes", "1 draft", "2 drafts"]);
    }
}
