//! The sample drafts in `tests/drafts`: what is said of each stands beside it, and what `--fix` makes of it.
//!
//! `NAME.expected` holds the diagnostics of the draft `NAME`, none for a clean one; `NAME.fixed` the draft once it is fixed,
//! where something can be fixed unseen. `UPDATE=1 cargo test --test drafts` writes them anew: read what changed.

mod support;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copydesk::check::check;
use copydesk::config::{self, Sheet};
use copydesk::diagnostic::Diagnostic;
use copydesk::fix::{self, Applicability};
use copydesk::format::Format;
use copydesk::rules::RULES;
use copydesk::settings::Settings;
use copydesk::style::Roster;
use copydesk::text::{Document, Encoding};
use support::verdict::difference;

#[test]
fn every_draft_gets_what_stands_beside_it() {
    let bless = env::var_os("UPDATE").is_some();
    let mut report = String::new();
    for draft in drafts() {
        let text = fs::read_to_string(&draft).unwrap();
        let (format, settings) = (Format::of_path(&draft.to_string_lossy()), settings(&draft));
        let found = check(&text, format, &settings);
        let (mended, fixes) = fix::until_settled(&text, |text| {
            let found = check(text, format, &settings);
            found.iter().filter_map(|diagnostic| fix::choose(&diagnostic.fixes, false)).cloned().collect()
        });
        let mut beside = |ending: &str, real: Option<String>| {
            let path = draft.with_extension(ending);
            let expected = fs::read_to_string(&path).ok();
            match &real {
                _ if expected == real => {}
                Some(real) if bless => fs::write(&path, real).unwrap(),
                None if bless => fs::remove_file(&path).unwrap(),
                _ => {
                    let (expected, real) = (expected.unwrap_or_default(), real.unwrap_or_default());
                    let difference = difference(&expected, &real).unwrap_or_default();
                    let _ = writeln!(report, "{}: {difference}", path.display());
                }
            }
        };
        beside("expected", Some(listed(&text, &found)));
        beside("fixed", (fixes > 0).then_some(mended));
    }
    assert!(report.is_empty(), "{report}\nIf that is right, `UPDATE=1 cargo test --test drafts` writes it down.");
}

#[test]
fn the_drafts_show_what_the_rules_are_for() {
    let (mut clean, mut flagged) = (0, Vec::new());
    for draft in drafts() {
        let found =
            check(&fs::read_to_string(&draft).unwrap(), Format::of_path(&draft.to_string_lossy()), &settings(&draft));
        clean += usize::from(found.is_empty());
        flagged.extend(found.iter().map(|diagnostic| diagnostic.rule));
    }
    assert!(clean >= 5, "only {clean} clean drafts");
    // A draft is no configuration, and a rule in preview is off.
    let unseen = RULES.iter().filter(|rule| !rule.preview).map(|rule| rule.name).filter(|rule| !flagged.contains(rule));
    assert_eq!(unseen.collect::<Vec<_>>(), ["config/mistake"]);
}

/// The drafts, in the order of their names.
fn drafts() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts")];
    let mut drafts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if Format::told_by(&path.to_string_lossy()).is_some() {
                drafts.push(path);
            }
        }
    }
    drafts.sort();
    drafts
}

/// The settings that the nearest `copydesk.toml` above a draft gives it.
fn settings(draft: &Path) -> Settings {
    let above = draft.ancestors().skip(1).find(|folder| folder.join(config::FILE).is_file()).unwrap();
    let (mut house, mut mistakes) = config::read(&fs::read_to_string(above.join(config::FILE)).unwrap());
    if let [file] = house.rosters.as_slice() {
        let sheet = Sheet::of_path(&file.path).unwrap();
        let (people, wrong) = config::roster(&fs::read_to_string(above.join(&file.path)).unwrap(), sheet);
        house.roster = Roster::new(people).into();
        mistakes.extend(wrong);
    }
    assert_eq!(mistakes, [], "{}", above.display());
    house.settings_for(draft.strip_prefix(above).unwrap())
}

/// The diagnostics as an editor reads them: where and what, the words, why, and what can be done.
fn listed(text: &str, found: &[Diagnostic]) -> String {
    let document = Document::new(text);
    let mut out = String::new();
    for Diagnostic { rule, severity, message, span, related, fixes } in found {
        let at = |offset| {
            let at = document.position(offset, Encoding::Utf32);
            format!("{}:{}", at.line + 1, at.character + 1)
        };
        let words = span.of(text).replace(['\r', '\n'], " ");
        let _ = writeln!(out, "{} {}[{rule}] {words}\n    {message}", at(span.start), severity.name());
        for related in related {
            let _ = writeln!(out, "    see {}: {}", at(related.span.start), related.message);
        }
        for fix in fixes {
            let kind = if fix.applicability == Applicability::Safe { "fix" } else { "offer" };
            let _ = writeln!(out, "    {kind}: {}", fix.title);
        }
    }
    out
}
