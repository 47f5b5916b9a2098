//! What holds of every dateline rule on every dateline, in every house that uses them.

use copydesk::check::check;
use copydesk::diagnostic::Diagnostic;
use copydesk::fix::Applicability;
use copydesk::format::Format;
use copydesk::settings::Settings;
use copydesk::style::Style;
use copydesk::text::{Edit, apply};

const LINES: &[&str] = &[
    "KABUL, Afghanistan (AP) — ",
    "Kabul,Afghanistan(ap) –- ",
    "KABUL AFGHANISTAN [AP] - ",
    "WASHINGTON D.C., March 3, 2024, AP - ",
    "Washington, DC — (AP) — ",
    "SPRINGFIELD, IL, Dex 41 (AP — ",
    "CHICAGO ILL. March 13 - ",
    "RENO, Nev., - march 4 - ",
    "ITHACA, N.Y,. APRIL l7 ",
    "ROTTERDAM, 9 April - ",
    "OSLO , April - ",
    "ALTANTA, March 11 - ",
    "ÅRHUS,Österreich(Reuters)- ",
    "GDYNIA, Poland/São Paulo and McLean, VA (Reuters) – ",
    "Aug. 10 (UPI) -- ",
    "(REUTERS) – ",
    "MOSCOW, December 10. /TASS/. ",
    "New Delhi [India], December 10 (ANI): ",
    "TAIPEI — ",
    "OSLO (AP) ",
    "Tallinn, Aug. 10 (AFP)",
    "LONDON, Dec. 20 (Reuters) - ",
    "LONDON, Mach 20 (Reuters) - ",
    "LONDON, Febuary 30 (Reuters) - ",
    "Toronto, ONTARIO — ",
    "CHICAGO (AP)-",
    "CHICAGO (AP), ",
    "CHICAGO (AP).— ",
    "CHICAGO (AP) - - ",
    "LONDON (Reuters): - ",
];

fn settings(style: &str) -> Settings {
    Settings { style: Style::named(style).unwrap(), date: "2024-03-03".parse().ok(), ..Settings::default() }
}

fn found(text: &str, settings: &Settings) -> Vec<Diagnostic> {
    let mut found = check(text, Format::Plain, settings);
    found.retain(|diagnostic| diagnostic.rule.starts_with("dateline/"));
    found
}

fn safe_edits(found: &[Diagnostic]) -> Vec<Edit> {
    let first = found.iter().filter_map(|diagnostic| diagnostic.fixes.first());
    first.filter(|fix| fix.applicability == Applicability::Safe).flat_map(|fix| fix.edits.clone()).collect()
}

#[test]
fn what_is_safe_to_mend_is_mended_for_good() {
    for style in ["ap", "reuters", "afp"] {
        let settings = settings(style);
        for line in LINES {
            let mut text = format!("{line}Two men died, police said.\n\nIt rained all day.\n");
            // Two edits may touch, and the second is then made in the next round.
            for _ in 0..4 {
                text = apply(&text, &safe_edits(&found(&text, &settings)));
            }
            let left = safe_edits(&found(&text, &settings));
            assert!(left.is_empty(), "{style}: {line} became {text} and still has {left:?}");
            assert!(
                text.ends_with("Two men died, police said.\n\nIt rained all day.\n"),
                "{style}: {line} became {text}"
            );
        }
    }
}

#[test]
fn what_stands_in_the_place_of_the_dash_goes() {
    let settings = settings("ap");
    for (line, expected) in [
        ("CHICAGO (AP)-The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP)—The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP)--The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP) -The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP), The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP). The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP).— The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP) - - The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP) — - The", "CHICAGO (AP) — The"),
        ("CHICAGO (AP) The", "CHICAGO (AP) — The"),
        // What may be the story's own stays.
        ("CHICAGO (AP) -- ... and the", "CHICAGO (AP) — ... and the"),
        ("CHICAGO (AP) — -5 degrees was what the", "CHICAGO (AP) — -5 degrees was what the"),
        // A date that stands too late is for a person to move.
        ("CHICAGO (AP), Dec. 9 — The", "CHICAGO (AP), Dec. 9 — The"),
    ] {
        let mut text = format!("{line} town rebuilt a bridge, police said.\n");
        for _ in 0..3 {
            text = apply(&text, &safe_edits(&found(&text, &settings)));
        }
        assert_eq!(text, format!("{expected} town rebuilt a bridge, police said.\n"), "{line}");
    }
    let late = found("CHICAGO (AP), Dec. 9 — The town rebuilt a bridge, police said.\n", &settings);
    assert_eq!(late.len(), 1, "{late:?}");
    assert!(late[0].message.contains("a date follows"), "{late:?}");
}

#[test]
fn a_fix_takes_its_diagnostic_away() {
    for style in ["ap", "reuters", "afp"] {
        let settings = settings(style);
        for line in LINES {
            for text in [format!("{line}Two men died, police said.\n"), (*line).to_owned()] {
                let before = found(&text, &settings);
                for diagnostic in &before {
                    // Once one part is mended, the form of the next can be read.
                    let other = |it: &Diagnostic| {
                        it.rule == diagnostic.rule && (it.message == diagnostic.message || it.rule != "dateline/format")
                    };
                    let count = |found: &[Diagnostic]| found.iter().filter(|it| other(it)).count();
                    for fix in &diagnostic.fixes {
                        let after = apply(&text, &fix.edits);
                        let left = found(&after, &settings);
                        assert!(count(&left) < count(&before), "{style}: {text} became {after}: {left:#?}");
                    }
                }
            }
        }
    }
}

#[test]
fn no_two_rules_speak_of_the_same_words() {
    for style in ["ap", "reuters", "afp"] {
        for line in LINES {
            let found = found(&format!("{line}Two men died, police said.\n"), &settings(style));
            for (index, one) in found.iter().enumerate() {
                let twin = found[index + 1..].iter().find(|other| other.span == one.span && other.rule != one.rule);
                // A city may be written small and be in want of its country, which are two faults.
                let both = |rule: &str| matches!(rule, "dateline/city-case" | "dateline/region-missing");
                assert!(twin.is_none_or(|twin| both(twin.rule) || both(one.rule)), "{style}: {line}: {one:?} {twin:?}");
            }
        }
    }
}

#[test]
fn datelines_may_end_anywhere() {
    for style in ["ap", "reuters", "afp"] {
        let settings = settings(style);
        for line in LINES {
            for (at, _) in line.char_indices() {
                found(&line[..at], &settings);
                found(&line[at..], &settings);
            }
        }
    }
}
