//! The obvious way to keep a text under edits and to count its columns: what the server is measured against.

use copydesk::check::check;
use copydesk::diagnostic::Diagnostic;
use copydesk::format::Format;
use copydesk::settings::Settings;
use serde_json::{Value, json};

/// How columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    Utf8,
    Utf16,
    Utf32,
}

impl Columns {
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Each line's first byte and the byte after its last, without the line end.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let (mut lines, mut start, mut after_return) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        match c {
            '\n' if after_return => start = at + 1,
            '\n' | '\r' => {
                lines.push((start, at));
                start = at + 1;
            }
            _ => {}
        }
        after_return = c == '\r';
    }
    lines.push((start, text.len()));
    lines
}

/// The byte at a position; what lies outside the text is at its nearest place in it.
fn offset(text: &str, line: usize, column: usize, columns: Columns) -> usize {
    let Some((start, end)) = lines(text).get(line).copied() else { return text.len() };
    let mut seen = 0;
    for (at, c) in text[start..end].char_indices() {
        seen += columns.width(c);
        if seen > column {
            return start + at;
        }
    }
    end
}

pub fn position(text: &str, offset: usize, columns: Columns) -> Value {
    let lines = lines(text);
    let line = lines.iter().rposition(|(start, _)| *start <= offset).expect("the first line starts at 0");
    let (start, end) = lines[line];
    let column: usize = text[start..offset.min(end)].chars().map(|c| columns.width(c)).sum();
    json!({"line": line, "character": column})
}

fn range(text: &str, start: usize, end: usize, columns: Columns) -> Value {
    json!({"start": position(text, start, columns), "end": position(text, end, columns)})
}

/// The words in a range.
pub fn words<'t>(text: &'t str, range: &Value, columns: Columns) -> &'t str {
    let at = |end: &str| {
        let place = |of: &str| range[end][of].as_u64().expect("a number") as usize;
        offset(text, place("line"), place("character"), columns)
    };
    &text[at("start")..at("end")]
}

/// Makes one change of a `textDocument/didChange`.
pub fn change(text: &mut String, change: &Value, columns: Columns) {
    let new = change["text"].as_str().expect("a text");
    let Some(range) = change.get("range") else { return *text = new.into() };
    let at = |end: &str| {
        let place = |of: &str| range[end][of].as_u64().expect("a number") as usize;
        offset(text, place("line"), place("character"), columns)
    };
    let (start, end) = (at("start"), at("end"));
    text.replace_range(start.min(end)..start.max(end), new);
}

/// The text with an LSP edit list made.
pub fn edited(text: &str, edits: &Value, columns: Columns) -> String {
    let mut edits = edits.as_array().expect("a list of edits").clone();
    let key = |edit: &Value| {
        let place = |of: &str| edit["range"]["start"][of].as_u64().expect("a number");
        (place("line"), place("character"))
    };
    // From the last to the first, so that none moves another; two at one place keep their order.
    edits.sort_by_key(key);
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        change(&mut text, &json!({"range": edit["range"], "text": edit["newText"]}), columns);
    }
    text
}

/// What `check` finds, as a client that takes everything should get it.
pub fn expected(uri: &str, text: &str, format: Format, settings: &Settings, columns: Columns) -> Vec<Value> {
    check(text, format, settings).iter().map(|found| diagnostic(uri, text, found, columns)).collect()
}

fn diagnostic(uri: &str, text: &str, found: &Diagnostic, columns: Columns) -> Value {
    let severity = match found.severity.name() {
        "error" => 1,
        "warning" => 2,
        _ => 3,
    };
    let mut value = json!({
        "range": range(text, found.span.start, found.span.end, columns),
        "severity": severity,
        "code": found.rule,
        "source": "copydesk",
        "message": found.message,
    });
    if let Some(rule) = copydesk::rules::find(found.rule) {
        let file = match rule.detect {
            copydesk::rules::Detect::Words(_) => format!("styles/{}.yml", rule.name),
            _ => format!("{}.md", rule.name),
        };
        let href = format!("https://github.com/copydesk/copydesk/blob/main/rules/{file}");
        value["codeDescription"] = json!({"href": href});
    }
    if !found.related.is_empty() {
        let related = found.related.iter().map(|related| {
            let range = range(text, related.span.start, related.span.end, columns);
            json!({"location": {"uri": uri, "range": range}, "message": related.message})
        });
        value["relatedInformation"] = related.collect();
    }
    if !found.fixes.is_empty() {
        let fixes = found.fixes.iter().map(|fix| {
            let edits = fix.edits.iter().map(
                |edit| json!({"range": range(text, edit.span.start, edit.span.end, columns), "newText": edit.text}),
            );
            let edits: Value = edits.collect();
            json!({"title": fix.title, "applicability": fix.applicability.name(), "edits": edits})
        });
        let fixes: Value = fixes.collect();
        value["data"] = json!({"fixes": fixes});
    }
    value
}
