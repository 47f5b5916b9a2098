//! What `copydesk check` found, in the formats that people and machines read: one file a format.
//!
//! A report is written file by file, so that a folder of a hundred thousand drafts needs no more memory than a few
//! of them: [`Format::piece`] renders one file, anywhere and in any order; [`Report`] puts the pieces together.

mod concise;
mod excerpt;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;

use std::collections::HashMap;
use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::rules::Words;
use crate::text::{Document, Encoding, Position, Span};

/// A format of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading: each place underlined, with what to do about it
    #[default]
    Full,
    /// A line for each finding: file, line, column, level, rule, message
    Concise,
    /// One JSON document
    Json,
    /// One JSON object a line, a line for each file
    Jsonl,
    /// SARIF 2.1.0, for GitHub code scanning and other viewers
    Sarif,
    /// Workflow commands: GitHub Actions shows them in the pull request
    Github,
    /// A Code Quality report for GitLab merge requests
    Gitlab,
    /// JUnit XML, for CI servers that show test results
    Junit,
}

/// How text for people looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to use terminal colours.
    pub color: bool,
    /// Columns to write in.
    pub width: usize,
}

/// A file and what was found in it.
#[derive(Debug)]
pub struct Checked<'a> {
    /// The file's path as the user would write it.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What was found, in the order of the text.
    pub diagnostics: &'a [Diagnostic],
    /// The rules that the house brings with it, where they may be among those that found something.
    pub words: Option<&'a Words>,
    document: Document,
}

/// A line and column, both from 1; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct LineColumn {
    line: usize,
    column: usize,
}

impl<'a> Checked<'a> {
    /// What was found in the file at `path`.
    pub fn new(path: &'a str, text: &'a str, diagnostics: &'a [Diagnostic]) -> Self {
        // Positions are asked for only where there are diagnostics.
        let document = Document::new(if diagnostics.is_empty() { "" } else { text });
        Self { path, text, diagnostics, words: None, document }
    }

    /// The same, by a house with rules of its own.
    pub fn by(self, words: &'a Words) -> Self {
        Self { words: Some(words), ..self }
    }

    fn at(&self, offset: usize) -> LineColumn {
        let position = self.document.position(offset, Encoding::Utf32);
        LineColumn { line: position.line as usize + 1, column: position.character as usize + 1 }
    }

    /// Where the line with this number, from 1, stands in the file, its end of line left out.
    fn line(&self, number: usize) -> Span {
        let line = number.saturating_sub(1) as u32;
        let at = |character| self.document.offset(Position { line, character }, Encoding::Utf32);
        Span::new(at(0), at(u32::MAX))
    }
}

/// A report on one file.
#[derive(Debug)]
pub enum Piece {
    /// As it will stand in the report.
    Text(String),
    /// A test suite of a JUnit report, which is written at the end because it opens with totals.
    Suite(Box<quick_junit::TestSuite>),
    /// Results of a SARIF log, in which each rule has a number.
    Results(Vec<sarif::Found>),
}

impl Format {
    /// Whether the report is for people to read rather than for a program.
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Full | Self::Concise)
    }

    /// The report on one file.
    pub fn piece(self, checked: &Checked<'_>, look: Look) -> Piece {
        Piece::Text(match self {
            Self::Full => full::write(checked, look),
            Self::Concise => concise::write(checked, look),
            Self::Json | Self::Jsonl => json::write(checked),
            Self::Sarif => return Piece::Results(sarif::write(checked)),
            Self::Github => github::write(checked),
            Self::Gitlab => gitlab::write(checked),
            Self::Junit => return Piece::Suite(Box::new(junit::suite(checked))),
        })
    }
}

/// A report in the making.
#[derive(Debug)]
pub struct Report<W> {
    format: Format,
    out: W,
    empty: bool,
    junit: quick_junit::Report,
    /// What a SARIF log tells at its end.
    notices: Vec<sarif::Notification>,
    /// The house's own rules in it.
    own: Vec<sarif::Descriptor>,
}

impl<W: Write> Report<W> {
    /// Begins a report.
    ///
    /// # Errors
    ///
    /// What `out` fails with.
    pub fn begin(format: Format, mut out: W) -> io::Result<Self> {
        match format {
            Format::Json => out.write_all(json::OPEN.as_bytes())?,
            Format::Sarif => out.write_all(sarif::OPEN.as_bytes())?,
            Format::Gitlab => out.write_all(b"[")?,
            _ => {}
        }
        Ok(Self {
            format,
            out,
            empty: true,
            junit: quick_junit::Report::new("copydesk"),
            notices: Vec::new(),
            own: Vec::new(),
        })
    }

    /// Adds what was found in a file.
    ///
    /// # Errors
    ///
    /// What the output fails with.
    pub fn add(&mut self, piece: Piece) -> io::Result<()> {
        let text = match piece {
            Piece::Text(text) => text,
            Piece::Suite(suite) => {
                self.junit.add_test_suite(*suite);
                return Ok(());
            }
            Piece::Results(found) => sarif::join(found, &mut self.own),
        };
        if text.is_empty() {
            return Ok(());
        }
        if !self.empty && matches!(self.format, Format::Json | Format::Sarif | Format::Gitlab) {
            self.out.write_all(b",\n")?;
        }
        self.empty = false;
        self.out.write_all(text.as_bytes())?;
        match self.format {
            Format::Jsonl => self.out.write_all(b"\n"),
            _ => Ok(()),
        }
    }

    /// Adds a file that could not be read or mended, and why, where the format has a place for that.
    pub fn fail(&mut self, path: &str, why: &str) {
        match self.format {
            Format::Junit => {
                self.junit.add_test_suite(junit::failed(path, why));
            }
            Format::Sarif => self.notices.push(sarif::notification(path, why)),
            _ => {}
        }
    }

    /// Ends the report, and gives back what it was written to.
    ///
    /// # Errors
    ///
    /// What the output fails with.
    pub fn end(mut self) -> io::Result<W> {
        match self.format {
            Format::Json => self.out.write_all(b"]}\n")?,
            Format::Sarif => self.out.write_all(sarif::close(self.notices, self.own).as_bytes())?,
            Format::Gitlab => self.out.write_all(b"]\n")?,
            Format::Junit => {
                let document = self.junit.to_string().map_err(io::Error::other)?;
                self.out.write_all(document.as_bytes())?;
            }
            _ => {}
        }
        Ok(self.out)
    }
}

/// For each finding, a name that stays the same as long as the same rule speaks of the same words, wherever in the
/// file they move.
fn fingerprints(checked: &Checked<'_>) -> Vec<String> {
    let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
    let fingerprints = checked.diagnostics.iter().map(|diagnostic| {
        let words = diagnostic.span.of(checked.text);
        let nth = seen.entry((diagnostic.rule, words)).or_default();
        *nth += 1;
        let parts = [relative(checked.path), diagnostic.rule, words, &nth.to_string()];
        format!("{:016x}", fnv1a(parts.join("\0").as_bytes()))
    });
    fingerprints.collect()
}

/// FNV-1a, 64 bits (draft-eastlake-fnv): the standard library's hash may change with its version, a fingerprint may
/// not.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The path as other programs compare it: without `./` before it.
fn relative(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

fn to_json(value: &impl Serialize) -> String {
    // Serialising fails only for maps whose keys are no strings, and nothing here has such a map.
    serde_json::to_string(value).unwrap_or_default()
}

/// The text's words on lines of at most `width` characters; a longer word has its own line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + length;
            }
            _ => {
                lines.push(word.into());
                used = length;
            }
        }
    }
    lines
}
