use std::path::Path;

use copydesk::baseline::{self, Baseline};
use copydesk::check;
use copydesk::config::{self, Config, Sheet};
use copydesk::diagnostic::Diagnostic;
use copydesk::format::Format;
use copydesk::settings::Settings;
use copydesk::style::{Roster, Style};
use copydesk::text::Span;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::verdict::compare;

/// A draft in a page, and what is expected of it.
#[derive(Debug)]
pub struct Example {
    /// Line of the page that opens the block, from 1.
    pub line: usize,
    /// The draft without its marks.
    pub text: String,
    /// The diagnostics expected, in the order of the text.
    pub marks: Vec<Mark>,
    /// The draft once it is fixed, where a block says so.
    pub fixed: Option<Fixed>,
    /// What the draft is; `None` for a configuration.
    pub format: Option<Format>,
    /// What reads a configuration: its mistakes.
    pub mistakes: fn(&str) -> Vec<Diagnostic>,
    /// What stands in the draft, which it calls [`NAME`].
    pub baseline: Baseline,
    /// What shapes its check.
    pub settings: Settings,
}

/// What a baseline in a page calls the drafts after it.
pub const NAME: &str = "ferry.txt";

/// A diagnostic that is expected.
#[derive(Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where, in bytes of the draft.
    pub span: Span,
    /// What the message must contain.
    pub words: String,
}

/// What fixing makes of a draft.
#[derive(Debug)]
pub struct Fixed {
    /// The draft afterwards.
    pub text: String,
    /// Which fix of each diagnostic is made, from 0.
    pub pick: usize,
}

impl Example {
    /// The diagnostics of `text` in this example's format.
    pub fn check(&self, text: &str, settings: &Settings) -> Vec<Diagnostic> {
        match self.format {
            Some(format) => self.baseline.sort(NAME, check::check(text, format, settings), text, format).new,
            None => (self.mistakes)(text),
        }
    }
}

/// The drafts of a page, in order.
///
/// # Errors
///
/// What is wrong with the first block that can't be read, with its line.
pub fn examples(page: &str) -> Result<Vec<Example>, String> {
    let mut examples: Vec<Example> = Vec::new();
    let mut house = Config::default();
    let mut stands = Baseline::default();
    for block in blocks(page) {
        let mut words = block.info.split_whitespace();
        let kind = words.next().unwrap_or("");
        let place = |mistake: String| format!("line {}: {mistake}", block.line);
        match kind {
            "toml" => match words.next() {
                Some(config::FILE) => {
                    let (read, mistakes) = config::read(&block.text);
                    compare(&block.text, &[], &mistakes).map_err(place)?;
                    house = read;
                }
                Some(baseline::FILE) => {
                    let (read, mistakes) = config::baseline(&block.text);
                    compare(&block.text, &[], &mistakes).map_err(place)?;
                    stands = read;
                }
                _ => {}
            },
            "csv" if words.next() == Some("terms.csv") => {
                let (read, mistakes) = config::word_list(&block.text);
                compare(&block.text, &[], &mistakes).map_err(place)?;
                house.terms = house.terms.over(&read).into();
            }
            "csv" => {
                let (read, mistakes) = config::roster(&block.text, Sheet::Csv);
                compare(&block.text, &[], &mistakes).map_err(place)?;
                house.roster = Roster::new(read).into();
            }
            "draft" => {
                let example = draft(&block, words, house.clone()).map_err(place)?;
                examples.push(Example { baseline: stands.clone(), ..example });
            }
            "fixed" => {
                let example = examples.last_mut().ok_or_else(|| place("`fixed` without a draft before it".into()))?;
                if example.fixed.is_some() {
                    return Err(place("a second `fixed` for one draft".into()));
                }
                example.fixed = Some(Fixed { pick: pick(words).map_err(place)?, text: block.text.clone() });
            }
            _ => {}
        }
    }
    Ok(examples)
}

/// The page without its fenced blocks: its prose.
pub fn without_blocks(page: &str) -> String {
    let mut prose = String::new();
    let mut done = 0;
    for block in blocks(page) {
        prose.push_str(&page[done..block.span.start]);
        done = block.span.end;
    }
    prose + &page[done..]
}

/// A fenced block.
pub struct Block {
    /// What stands after the opening fence.
    pub info: String,
    /// What stands between the fences.
    pub text: String,
    /// Line of the page that opens the block, from 1.
    pub line: usize,
    /// All of it, in bytes of the page.
    pub span: Span,
}

/// The fenced blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (event, range) in Parser::new(page).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let line = page[..range.start].matches('\n').count() + 1;
                open = Some(Block { info: info.to_string(), text: String::new(), line, span: range.into() });
            }
            Event::Text(text) => open.iter_mut().for_each(|block| block.text.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

fn draft<'a>(block: &Block, options: impl Iterator<Item = &'a str>, mut house: Config) -> Result<Example, String> {
    let mut format = Some(Format::default());
    let mut mistakes: fn(&str) -> Vec<Diagnostic> = |text| config::read(text).1;
    for option in options {
        match option.split_once('=') {
            Some(("style", id)) => house.base.style = Some(Style::named(id).ok_or_else(|| format!("no style `{id}`"))?),
            Some(("date", date)) => {
                house.base.date = Some(date.parse().map_err(|mistake| format!("date `{date}`: {mistake}"))?);
            }
            Some(("format", "plain")) => format = Some(Format::Plain),
            Some(("format", "markdown")) => format = Some(Format::Markdown),
            Some(("format", config::FILE)) => format = None,
            Some(("format", baseline::FILE)) => {
                format = None;
                mistakes = |text| config::baseline(text).1;
            }
            _ => {
                return Err(format!(
                    "`{option}` is no option of a draft: style=…, date=…, format=plain, markdown, copydesk.toml or \
                     copydesk-baseline.toml"
                ));
            }
        }
    }
    let (text, marks) = unmark(&block.text)?;
    let settings = house.settings_for(Path::new("draft"));
    Ok(Example {
        line: block.line,
        text,
        marks,
        fixed: None,
        format,
        mistakes,
        baseline: Baseline::default(),
        settings,
    })
}

fn pick<'a>(mut options: impl Iterator<Item = &'a str>) -> Result<usize, String> {
    let Some(option) = options.next() else { return Ok(0) };
    let pick = option.strip_prefix("pick=").and_then(|pick| pick.parse::<usize>().ok()?.checked_sub(1));
    pick.ok_or_else(|| format!("`{option}` is no option of `fixed`: pick=1, pick=2 …"))
}

/// The draft without its lines of carets, and what they mark.
fn unmark(block: &str) -> Result<(String, Vec<Mark>), String> {
    let mut text = String::with_capacity(block.len());
    let mut marks: Vec<Mark> = Vec::new();
    let mut open: Option<Mark> = None;
    let mut above = 0;
    for line in block.split_inclusive('\n') {
        if !line.trim_start().starts_with('^') {
            above = text.len();
            text.push_str(line);
            continue;
        }
        for Run { columns, goes_on, words } in runs(line) {
            let offset = |column: usize| text[above..].char_indices().map(|(at, _)| above + at).nth(column);
            // The last character marked, since there is none after the end of the text.
            let last = offset(columns.end - 1).zip(text[above..].chars().nth(columns.end - 1));
            let (Some(start), Some((last, char))) = (offset(columns.start), last) else {
                return Err(format!("carets beyond their line: {line}"));
            };
            if char == '\n' {
                return Err(format!("carets beyond their line: {line}"));
            }
            let mut mark = Mark { span: Span::new(start, last + char.len_utf8()), words };
            if let Some(begun) = open.take() {
                mark.span = begun.span.cover(mark.span);
                mark.words = format!("{}{}", begun.words, mark.words);
            }
            if goes_on {
                open = Some(mark);
            } else {
                marks.push(mark);
            }
        }
    }
    if open.is_some() {
        return Err("a mark goes on (`>`) and nothing follows".into());
    }
    marks.sort_by_key(|mark| mark.span);
    Ok((text, marks))
}

/// Carets in a row.
struct Run {
    columns: std::ops::Range<usize>,
    goes_on: bool,
    words: String,
}

fn runs(line: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (column, char) in line.trim_end().chars().enumerate() {
        match runs.last_mut() {
            Some(run) if char == '^' && run.columns.end == column => run.columns.end += 1,
            _ if char == '^' => runs.push(Run { columns: column..column + 1, goes_on: false, words: String::new() }),
            Some(run) if char == '>' && run.columns.end == column => run.goes_on = true,
            Some(run) => run.words.push(char),
            None => {}
        }
    }
    for run in &mut runs {
        run.words = run.words.trim().to_string();
    }
    runs
}
