use std::fmt::Write as _;

use annotate_snippets::renderer::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use crate::check;
use crate::cli::table::styled;
use crate::diagnostic::Diagnostic;
use crate::fix;
use crate::report::Look;
use crate::settings::Settings;
use crate::styles::{Example, Rule};
use crate::text::{Span, one_line};

/// The name of a rule, over what fails.
pub(super) fn title(name: &str, look: Look) -> String {
    styled(name, Style::new().bold(), look.color)
}

/// What is not as the example says, as differences between the two; `None` if all is.
pub(super) fn failure(rule: &Rule, example: &Example, settings: &Settings, look: Look) -> Option<String> {
    let text = example.draft();
    let check = |text: &str| check::check(text, example.format(), settings);
    let found = check(&text);
    let mut out = String::new();
    let words: Vec<&str> = found.iter().map(|found| found.span.of(&text)).collect();
    if words != example.flagged {
        out += "  Flagged (- the example, + the rule):\n\n";
        let (expected, missing) = expected(&text, &example.flagged);
        let spans: Vec<Span> = found.iter().map(|found| found.span).collect();
        out += &difference(&marked(&text, &expected), &marked(&text, &spans), look);
        for words in missing {
            let _ = write!(
                out,
                "\n    The example says that “{words}” is flagged, and its text has no such words there.\n"
            );
        }
        for found in found.iter().filter(|found| !expected.contains(&found.span)) {
            let _ = write!(out, "\n    “{}”: {}\n", one_line(found.span.of(&text)), found.message);
        }
    }
    let Some(expected) = &example.fixed else { return (!out.is_empty()).then_some(out) };
    let (fixed, _) = fix::until_settled(&text, |text| check(text).into_iter().filter_map(first_fix).collect());
    let expected = format!("{}\n", expected.trim_end());
    let blank = if out.is_empty() { "" } else { "\n" };
    if fixed == text && text != expected {
        let _ = writeln!(out, "{blank}  Fixed: the rule offers no fix here, and the example has one.");
    } else if fixed != expected {
        let _ = write!(out, "{blank}  Fixed (- the example, + the rule):\n\n{}", difference(&expected, &fixed, look));
    } else if let Some(again) = check(&fixed).into_iter().find(|found| !found.fixes.is_empty()) {
        let words = again.span.of(&fixed);
        let _ = writeln!(out, "{blank}  Fixed: {} flags its own fix: “{}”.", rule.name, one_line(words));
    }
    (!out.is_empty()).then_some(out)
}

fn first_fix(found: Diagnostic) -> Option<fix::Fix> {
    found.fixes.into_iter().next()
}

/// Where the text has these words, in order; and those that it has not.
fn expected<'e>(text: &str, flagged: &'e [String]) -> (Vec<Span>, Vec<&'e str>) {
    let (mut spans, mut missing, mut from) = (Vec::new(), Vec::new(), 0);
    for words in flagged {
        match text[from..].find(words.as_str()) {
            Some(at) => {
                let span = Span::new(from + at, from + at + words.len());
                from = span.end;
                spans.push(span);
            }
            None => missing.push(words.as_str()),
        }
    }
    (spans, missing)
}

/// The text with carets under these places. Those that would touch have a line each.
fn marked(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        out += line;
        let mut carets = String::new();
        // What ends with a line is not on the next one; what has no words is marked where it stands.
        let is_here = |span: &&Span| span.start <= end && (span.end > start || span.start == start);
        for span in spans.iter().filter(is_here) {
            let columns = |to: usize| text[start..to].chars().count();
            let (from, to) = (columns(span.start.max(start)), columns(span.end.min(end)));
            if !carets.is_empty() && from <= carets.len() {
                let _ = writeln!(out, "{carets}");
                carets.clear();
            }
            carets += &" ".repeat(from - carets.len());
            carets += &"^".repeat(to.saturating_sub(from).max(1));
        }
        if !carets.is_empty() {
            let _ = writeln!(out, "{carets}");
        }
        start += line.len();
    }
    out
}

/// Both texts, line by line.
fn difference(expected: &str, found: &str, look: Look) -> String {
    let mut out = String::new();
    for change in TextDiff::from_lines(expected, found).iter_all_changes() {
        let style = match change.tag() {
            ChangeTag::Equal => Style::new(),
            ChangeTag::Delete => AnsiColor::Red.on_default(),
            ChangeTag::Insert => AnsiColor::Green.on_default(),
        };
        let line = format!("{} {}", change.tag(), change.value().trim_end());
        let line = if change.tag() == ChangeTag::Equal { line } else { styled(&line, style, look.color) };
        let _ = writeln!(out, "    {}", line.trim_end());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|words| (*words).into()).collect();
        marked(text, &expected(text, &words).0)
    }

    #[test]
    fn carets_stand_under_the_words() {
        for (text, words, expected) in [
            ("Café au lait.\n", &["au", "lait"][..], "Café au lait.\n     ^^ ^^^^\n"),
            ("One two.\n", &["One", " two"], "One two.\n^^^\n   ^^^^\n"),
            ("One.\nTwo one.\n", &["one"], "One.\nTwo one.\n    ^^^\n"),
            ("The pier\nis shut.\n", &["pier\nis"], "The pier\n    ^^^^\nis shut.\n^^\n"),
            ("One.\n\nTwo.\n", &[""], "One.\n^\n\nTwo.\n"),
            ("One.\n", &[], "One.\n"),
        ] {
            assert_eq!(shown(text, words), expected);
        }
    }

    #[test]
    fn words_are_looked_for_in_order() {
        let flagged = ["pier".to_string(), "old".into(), "pier".into()];
        let (spans, missing) = expected("An old pier and a pier.\n", &flagged);
        assert_eq!((spans, missing), (vec![Span::new(7, 11), Span::new(18, 22)], vec!["old"]));
    }
}
