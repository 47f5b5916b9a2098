//! What people are reported to have said is not changed unseen: no safe fix reaches into a quotation.

mod support;

use copydesk::check::{Checker, check};
use copydesk::fix::Applicability;
use copydesk::format::Format;
use copydesk::rules;
use copydesk::settings::Settings;
use copydesk::text::Span;
use support::drafts::examples;

/// What stands in quotation marks, in bytes of the file.
fn quoted(text: &str, format: Format, settings: &Settings) -> Vec<Span> {
    Checker::default().story(text, format, settings, |story, draft| {
        let paragraphs = story.paragraphs.iter().zip(&draft.paragraphs);
        let quoted = paragraphs.flat_map(|(paragraph, source)| {
            let quotations = &paragraph.facts.prose.quotations;
            quotations.iter().map(|quotation| source.map.locate(quotation.inner))
        });
        quoted.collect()
    })
}

/// What safe fixes would change inside quotation marks, with every rule on.
fn changed(text: &str, format: Format, settings: &Settings) -> Vec<String> {
    let mut settings = settings.clone();
    settings.levels.extend(rules::built_in().map(|rule| (rule.name.into(), Some(rule.level))));
    let quoted = quoted(text, format, &settings);
    let mut changed = Vec::new();
    for found in check(text, format, &settings) {
        let safe = found.fixes.iter().filter(|fix| fix.applicability == Applicability::Safe);
        for edit in safe.flat_map(|fix| &fix.edits) {
            if quoted.iter().any(|quotation| quotation.overlaps(edit.span)) {
                changed.push(format!("{}: “{}” to “{}” in {text}", found.rule, edit.span.of(text), edit.text));
            }
        }
    }
    changed
}

#[test]
fn no_safe_fix_reaches_into_a_quotation() {
    let mut all = Vec::new();
    for draft in rules::built_in().flat_map(|rule| examples(rule.docs()).unwrap()) {
        let Some(format) = draft.format else { continue };
        all.extend(changed(&draft.text, format, &draft.settings));
        // The same copy, but as somebody's words. A comment is markup, whoever speaks around it.
        let plain = |line: &&str| !line.is_empty() && !line.contains(['"', '“', '”']) && !line.contains("<!--");
        for paragraph in draft.text.lines().filter(plain) {
            let said = format!("HONOLULU (AP) — Mayor Ana Lindqvist spoke.\n\n“{paragraph}” Lindqvist said.\n");
            all.extend(changed(&said, format, &draft.settings));
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}
