use std::fmt::Write;

use super::{Example, Kind, Quotes, Rule};
use crate::fix::Applicability;
use crate::format::Format;

impl Rule {
    /// The rule's page in Markdown, as rules that are not data have one: what it flags, why, examples, settings, fix. What
    /// the rule file says nothing of is left out.
    pub fn page(&self) -> String {
        let mut page = format!("# {}\n\n## What it flags\n\n{}\n", self.name, self.flags());
        // Rules from elsewhere may say nothing of why, and have no examples.
        if !self.why.is_empty() {
            let _ = write!(page, "\n## Why\n\n{}\n", self.why);
        }
        if !self.link.is_empty() {
            let _ = write!(page, "\nMore: <{}>\n", self.link);
        }
        if !self.examples.is_empty() {
            page.push_str("\n## Examples\n");
        }
        for example in &self.examples {
            let _ = write!(page, "\n```draft{}\n{}```\n", self.as_tried(example), marked(example));
            if let Some(fixed) = &example.fixed {
                let _ = write!(page, "\n```fixed\n{}\n```\n", fixed.trim_end());
            }
        }
        let quotes = match self.quotes {
            Quotes::Off => "Silent inside direct quotations.",
            Quotes::On => "Reads direct quotations like the rest.",
            Quotes::About => "It is about direct quotations.",
        };
        let styles = if self.styles.is_empty() {
            String::new()
        } else {
            format!(" Of the style {}; off in the others.", self.styles.replace(' ', ", "))
        };
        let _ = write!(page, "\n## Settings\n\n{quotes}{styles}\n\n## Fix\n\n{}\n", self.mending());
        page
    }

    /// How an example is to be read: as its text asks for, and for a rule of some house styles in the first of them.
    fn as_tried(&self, example: &Example) -> String {
        let format = if example.format() == Format::Markdown { " format=markdown" } else { "" };
        let style = self.styles.split(' ').next().filter(|style| !style.is_empty());
        style.map_or(format.into(), |style| format!("{format} style={style}"))
    }

    /// What the rule flags, as its message says it.
    fn flags(&self) -> String {
        let open = self.message.replace("%[1]s", "…").replace("%[2]s", "…").replace("%s", "…");
        let count = self.tokens().map_or(0, super::tokens::Tokens::len);
        match (&self.kind, count) {
            (Kind::Existence(_) | Kind::Substitution(_), 2..) => format!("{open}\n\n{count} words and patterns."),
            _ => open,
        }
    }

    fn mending(&self) -> &'static str {
        let mends = self.action.mends_something() || matches!(self.kind, Kind::Substitution(_));
        match (mends, self.applicability) {
            (false, _) => "None.",
            (true, Applicability::Safe) => "Safe: writes the words that belong there.",
            (true, _) => "Offered: a person looks first.",
        }
    }
}

/// An example with carets under what the rule flags.
fn marked(example: &Example) -> String {
    let mut out = String::new();
    let mut flagged = example.flagged.iter().peekable();
    for line in example.text.trim_end().lines() {
        out.push_str(line);
        out.push('\n');
        let mut from = 0;
        while let Some(at) = flagged.peek().and_then(|words| line[from..].find(words.as_str())) {
            let words = flagged.next().map_or("", String::as_str);
            let column = line[..from + at].chars().count();
            let _ = writeln!(out, "{}{}", " ".repeat(column), "^".repeat(words.chars().count()));
            from += at + words.len();
        }
    }
    out
}
