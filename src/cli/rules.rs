use std::io::Write;

use annotate_snippets::renderer::Style;
use serde::Serialize;

use super::args::{Rules, TableFormat};
use super::table::{styled, table};
use super::{desk, list_width, look};
use crate::rules::{self, Rule};
use crate::settings::Settings;

#[derive(Serialize)]
struct Listing {
    version: u8,
    rules: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    level: &'static str,
    preview: bool,
    fix: &'static str,
    summary: String,
}

/// `copydesk rules`.
pub(super) fn run(args: &Rules) -> anyhow::Result<u8> {
    let settings = desk::here();
    let rules: Vec<Entry> = settings.rules().map(|rule| entry(rule, &settings)).collect();
    let out = match args.format {
        TableFormat::Json => serde_json::to_string_pretty(&Listing { version: 1, rules })? + "\n",
        TableFormat::Table => listing(&rules),
    };
    anstream::stdout().write_all(out.as_bytes())?;
    Ok(0)
}

fn listing(rules: &[Entry]) -> String {
    let heading = ["Rule", "Level", "Fix", "What it flags"].map(String::from).to_vec();
    let rows = rules.iter().map(|rule| {
        let level = if rule.preview { "off (preview)" } else { rule.level };
        [rule.name, level, rule.fix, &rule.summary].map(String::from).to_vec()
    });
    let rows: Vec<_> = std::iter::once(heading).chain(rows).collect();
    let out = table(&rows, 0, list_width());
    let (heading, rules) = out.split_once('\n').unwrap_or((&out, ""));
    format!("{}\n{rules}", styled(heading, Style::new().bold(), look().color))
}

fn entry(rule: &Rule, settings: &Settings) -> Entry {
    let page = settings.page(rule);
    Entry {
        name: rule.name,
        level: rule.level.name(),
        preview: rule.preview,
        fix: fix(&page),
        summary: rules::summary(&page).into(),
    }
}

/// What kind of fix a rule has, as its page says under "Fix": "Safe: …", "None: …", else one that is offered.
fn fix(page: &str) -> &'static str {
    let body = page.split_once("\n## Fix").map_or("", |(_, body)| body).trim_start();
    match body.split(|c: char| !c.is_alphabetic()).next() {
        Some("Safe") => "safe",
        Some("None" | "") | None => "none",
        Some(_) => "offered",
    }
}
