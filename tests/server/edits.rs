//! After any edits the server's diagnostics are those of a fresh check of the same text.

use copydesk::format::Format;
use copydesk::settings::Settings;
use serde_json::{Value, json};

use crate::capabilities;
use crate::client::Client;
use crate::model::{self, Columns};

const EDITS: usize = 1_000;
/// The largest number of a line or a column that LSP knows.
const FAR: usize = i32::MAX as usize;

/// What is typed, pasted and broken: wording that rules speak of, quotation marks, line ends of all kinds, characters
/// of one to four bytes, characters that combine.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    " ",
    ".",
    ",",
    "“",
    "”",
    "\"",
    "’",
    "e\u{301}",
    "é",
    "漢字",
    "😀",
    "👩\u{200D}🚀",
    "\u{2028}",
    "\u{FEFF}",
    "\u{301}",
    "# ",
    "> ",
    "- ",
    "**",
    "<!-- ",
    " -->",
    "---\n",
    "TK",
    "[",
    "](",
    "`",
    "multiple media outlets reported",
    "critics say",
    "War Secretary Dana Aldous",
    "Defense Secretary Dana Aldous",
    "Aldous said",
    "Alduos said",
    "according to a source",
    "SPRINGFIELD, Ill. (AP) — ",
    "London — ",
    "“We won’t wait,” he said.",
    "“We will.”",
    "on Saturday, Dec. 6, 2025",
    "on Feb. 30",
    "Sen. Mara Quill admitted",
    "The bridge is unsafe.",
    "The river rose 4 feet overnight 😀, multiple media outlets reported.\n\n",
];

const OPENING: &str = "Bridge closes after flood\n\nBy Robin Vale\n\nLAKETOWN, Ohio (AP) — The city closed the bridge \
    Tuesday, multiple media outlets reported.\r\n\r\n“We could not wait,” Mayor Ana Lindqvist said. “The piers moved.” 😀\n\n\
    Critics say the repairs came late. War Secretary Dana Aldous will visit on Saturday, Dec. 6, 2025.\n\n\
    The cafe\u{301} by the bridge stays open.\r“It is safe.”\n";

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn text(&mut self) -> String {
        (0..self.roll(3)).map(|_| PIECES[self.roll(PIECES.len())]).collect()
    }

    fn position(&mut self, lines: usize) -> (usize, usize) {
        match self.roll(20) {
            // Outside the text.
            0 => (lines + self.roll(100), self.roll(10)),
            1 => (self.roll(lines), FAR),
            _ => (self.roll(lines), self.roll(90)),
        }
    }

    /// A change somewhere in the text. A long text is more often cut, so that it stays about a page.
    fn change(&mut self, text: &str) -> Value {
        if self.roll(100) == 0 {
            return json!({"text": format!("{}{}", self.text(), OPENING)});
        }
        let lines = text.split(['\n', '\r']).count() + 1;
        let (line, character) = self.position(lines);
        let start = json!({"line": line, "character": character});
        let end = match self.roll(10) {
            0 if text.len() > 1_000 => json!({"line": line + self.roll(6), "character": self.roll(20)}),
            // The wrong way round, now and then.
            1 => json!({"line": line, "character": self.roll(90)}),
            2..=4 => json!({"line": line, "character": FAR.min(character + self.roll(8))}),
            _ => start.clone(),
        };
        json!({"range": {"start": start, "end": end}, "text": self.text()})
    }
}

/// A client and a model of the text under the same edits; `look` gets what the server says for a version.
fn run(columns: Columns, pulls: bool, format: Format, seed: u64) {
    let uri = if format == Format::Markdown { "file:///drafts/a%20draft.md" } else { "untitled:Untitled-1" };
    let language = if format == Format::Markdown { "markdown" } else { "plaintext" };
    let mut client = Client::with(capabilities(columns, pulls));
    let mut dice = Dice(seed);
    let mut text = OPENING.to_owned();
    client.open(uri, language, &text);
    let (mut version, mut edits, mut looks, mut found) = (1, 0, 0, 0);
    while edits < EDITS {
        // A few messages at once, each of a few changes, as a fast typist or a macro makes them.
        for _ in 0..=dice.roll(6) {
            let mut changes = Vec::new();
            for _ in 0..=dice.roll(3) {
                let change = dice.change(&text);
                model::change(&mut text, &change, columns);
                changes.push(change);
                edits += 1;
            }
            version += 1;
            client.change(uri, version, changes.into());
        }
        let shown = if pulls { client.pulled(uri) } else { client.pushed(uri, version) };
        let expected = model::expected(uri, &text, format, &Settings::default(), columns);
        assert_eq!(shown, expected, "{columns:?}, version {version} after {edits} edits of:\n{text:?}");
        looks += 1;
        found += shown.len();
    }
    // The text never lay still, and there was something to say.
    assert!(looks > 50 && found > looks, "{looks} looks, {found} diagnostics");
    // The outline, too, is that of a text that was just opened.
    client.open("untitled:Untitled-2", language, &text);
    let [edited, fresh] = [uri, "untitled:Untitled-2"]
        .map(|uri| client.ok("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}})));
    assert_eq!(edited, fresh);
    client.finish();
}

#[test]
fn what_is_pushed_after_random_edits_is_what_a_fresh_check_finds() {
    for (seed, columns) in (1..).zip(Columns::ALL) {
        run(columns, false, Format::Plain, 0x9E37_79B9 * seed);
    }
}

#[test]
fn what_is_pulled_after_random_edits_is_what_a_fresh_check_finds() {
    for (seed, columns) in (4..).zip(Columns::ALL) {
        run(columns, true, Format::Markdown, 0x9E37_79B9 * seed);
    }
}
