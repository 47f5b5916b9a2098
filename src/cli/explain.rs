use std::io::Write;

use annotate_snippets::renderer::{AnsiColor, Style};
use anyhow::bail;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::args::Explain;
use super::table::{styled, table};
use super::{desk, list_width, look};
use crate::report::{Look, wrap};
use crate::rules;

/// `copydesk explain`.
pub(super) fn run(args: &Explain) -> anyhow::Result<u8> {
    let look = look();
    let settings = desk::here();
    let family = settings.named(&args.rule);
    let family = family.map(|rule| vec![rule.name.to_owned(), rules::summary(&settings.page(rule)).to_owned()]);
    let out = match (settings.find(&args.rule), family.collect::<Vec<_>>()) {
        (Some(rule), _) => render(&settings.page(rule), look),
        (None, family) if !family.is_empty() => table(&family, 0, list_width()),
        _ => bail!("{}", desk::unknown(&args.rule, &settings)),
    };
    anstream::stdout().write_all(out.as_bytes())?;
    Ok(0)
}

const CODE: Style = AnsiColor::Cyan.on_default();

/// Markdown for a terminal: headings stand out, paragraphs fill the width, drafts and code are set in.
///
/// It knows what the rules' pages use: headings, paragraphs, lists, code, emphasis, links (of which it shows the text).
fn render(page: &str, look: Look) -> String {
    let mut out = String::new();
    let mut text = String::new();
    // For each list that is open, the number of the next item if it is numbered.
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut marker = String::new();
    let mut code = false;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::List(first)) => {
                flush(&mut out, &mut text, &lists, &mut marker, look);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                if lists.is_empty() {
                    out.push('\n');
                }
            }
            Event::Start(Tag::Item) => {
                marker = match lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".into(),
                };
            }
            Event::End(TagEnd::Item | TagEnd::Paragraph) => flush(&mut out, &mut text, &lists, &mut marker, look),
            Event::End(TagEnd::Heading(level)) => {
                let title = std::mem::take(&mut text);
                let style = Style::new().bold();
                let style = if level == HeadingLevel::H1 { style.underline() } else { style };
                out.push_str(&styled(&title, style, look.color));
                out.push_str(if level == HeadingLevel::H1 { "\n\n" } else { "\n" });
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                code = true;
                if matches!(&kind, CodeBlockKind::Fenced(info) if info.starts_with("fixed")) {
                    out.push_str("  Fixed:\n");
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                code = false;
                out.push_str(&block(&std::mem::take(&mut text), look));
            }
            Event::Text(words) => text.push_str(&words),
            Event::Code(words) => text.push_str(&styled(&words, CODE, look.color)),
            Event::SoftBreak | Event::HardBreak if !code => text.push(' '),
            _ => {}
        }
    }
    out.trim_end().to_owned() + "\n"
}

/// Writes a paragraph or a list item, if there is one to write.
fn flush(out: &mut String, text: &mut String, lists: &[Option<u64>], marker: &mut String, look: Look) {
    let words = std::mem::take(text);
    if words.trim().is_empty() {
        return;
    }
    let indent = 2 * lists.len() + marker.chars().count().saturating_sub(2);
    let first = " ".repeat((2 * lists.len()).saturating_sub(2)) + marker;
    let between = format!("\n{}", " ".repeat(indent));
    out.push_str(&first);
    out.push_str(&wrap(&words, look.width.saturating_sub(indent)).join(&between));
    out.push_str(if lists.is_empty() { "\n\n" } else { "\n" });
    marker.clear();
}

/// A draft or code. Its lines are kept, because marks under them must stay where they are; those too long for the
/// terminal are its business.
fn block(text: &str, look: Look) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let marks = line.trim_start().starts_with('^');
        let style = if marks { AnsiColor::Yellow.on_default() } else { CODE };
        if !line.trim().is_empty() {
            out.push_str("    ");
            out.push_str(&styled(line, style, look.color));
        }
        out.push('\n');
    }
    out + "\n"
}
