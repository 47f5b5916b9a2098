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

/// Right datelines, each with the style in which it is right.
const RIGHT: &[(&str, &str)] = &[
    ("ap", "OSLO, Norway (AP) — "),
    ("ap", "TOKYO (AP) — "),
    ("ap", "RENO, Nev. (AP) — "),
    ("ap", "McLEAN, Va. (AP) — "),
    ("ap", "ABOARD AIR FORCE ONE (AP) — "),
    ("ap", "NEW YORK, March 3 (Reuters) - "),
    ("ap", "Tallinn, March 3, 2024 (AFP) - "),
    ("ap", "MADISON, Wis., March 3 (UPI) -- "),
    ("ap", "March 3 (UPI) -- "),
    ("ap", "BEIJING, March 3 (Xinhua) -- "),
    ("ap", "MOSCOW, March 3. /TASS/. "),
    ("reuters", "LONDON, March 3 - "),
    ("reuters", "LONDON, March 2 (Reuters) - "),
    ("reuters", "RENO, Nev., March 3 - "),
    ("reuters", "GDYNIA, Poland, March 3 (Reuters) - "),
    ("reuters", "BENGALURU/MUMBAI, March 3 (Reuters) - "),
    ("reuters", "(Reuters) - "),
    ("reuters", "KYIV, Ukraine (AP) — "),
    ("afp", "Tallinn, March 3, 2024 (AFP) - "),
    ("afp", "Sao Paulo (AFP) - "),
];

/// A way to get a dateline wrong; what it can't be done to stays as it is.
type Damage = (&'static str, fn(&str) -> String);

const DAMAGES: &[Damage] = &[
    ("small place", |line| {
        let end = line.find([',', '(', '/']).unwrap_or(0);
        let place = line[..end].split(' ').map(|word| {
            let first = word.chars().next().map_or(0, char::len_utf8);
            format!("{}{}", &word[..first], word[first..].to_lowercase())
        });
        place.collect::<Vec<_>>().join(" ") + &line[end..]
    }),
    ("no dash", |line| line.trim_end().trim_end_matches(['-', '—']).trim_end().to_owned() + " "),
    ("another dash", |line| if line.contains('—') { line.replace(" — ", " -- ") } else { line.replace(" - ", " – ") }),
    ("no space after the dash", |line| line.trim_end().to_owned()),
    ("no space before the dash", |line| line.replace(" -", "-").replace(" —", "—")),
    ("no month", |line| line.replace("March", "Mach")),
    ("month in capitals", |line| line.replace("March", "MARCH")),
    ("day first", |line| line.replace("March 3", "3 March")),
    ("no comma before the date", |line| line.replace(", March", " March")),
    ("no space after a comma", |line| line.replacen(", ", ",", 1)),
    ("space before a comma", |line| line.replacen(',', " ,", 1)),
    ("two spaces", |line| line.replacen(' ', "  ", 1)),
    ("no space before the bracket", |line| line.replace(" (", "(")),
    ("no bracket at the end", |line| line.replace(')', "")),
    ("square brackets", |line| line.replace('(', "[").replace(')', "]")),
    ("agency in capitals", |line| line.replace("Reuters", "REUTERS").replace("Xinhua", "XINHUA")),
    ("a dash too many", |line| line.replace(" (", " - (")),
    ("a state in full", |line| line.replace("Nev.", "Nevada").replace("Wis.", "Wisconsin").replace("Va.", "Virginia")),
    ("a postal code", |line| line.replace("Nev.", "NV").replace("Wis.", "WI").replace("Va.", "VA")),
    ("a country in capitals", |line| line.replace("Norway", "NORWAY").replace("Ukraine", "UKRAINE")),
    ("a misspelt place", |line| line.replace("OSLO", "OLSO").replace("LONDON", "LODNON").replace("MADISON", "MADSION")),
    ("a misspelt country", |line| line.replace("Norway", "Nroway").replace("Poland", "Poalnd")),
];

#[test]
fn right_datelines_are_left_alone() {
    for (style, line) in RIGHT {
        for text in [format!("{line}Two men died, police said.\n"), (*line).to_owned()] {
            assert_eq!(found(&text, &settings(style)), [], "{style}: {text}");
        }
    }
}

#[test]
fn whatever_is_wrong_with_a_dateline_its_fixes_leave_nothing_to_say() {
    const STORY: &str = "Two men died, police said.\n\nIt rained all day.\n";
    let (mut damaged, mut mended) = (0, 0);
    for (style, line) in RIGHT {
        let settings = settings(style);
        for (index, (first, one)) in DAMAGES.iter().enumerate() {
            // Each alone, and together with the next and one further off.
            for (second, other) in [0, 1, 7].map(|step| &DAMAGES[(index + step) % DAMAGES.len()]) {
                let mut text = other(&one(line)) + STORY;
                let before = found(&text, &settings);
                if before.is_empty() || before.iter().any(|diagnostic| diagnostic.fixes.is_empty()) {
                    continue;
                }
                damaged += 1;
                for _ in 0..4 {
                    let found = found(&text, &settings);
                    if found.is_empty() {
                        break;
                    }
                    let edits: Vec<Edit> =
                        found.iter().filter_map(|it| it.fixes.first()).flat_map(|fix| fix.edits.clone()).collect();
                    text = apply(&text, &edits);
                }
                assert!(text.ends_with(STORY), "{style}: {line} with {first} and {second} became {text}");
                let left = found(&text, &settings);
                mended += usize::from(left.is_empty());
                assert!(
                    left.is_empty() || first != second,
                    "{style}: {line} with {first} became {text}, and has {left:#?}"
                );
            }
        }
    }
    assert!(mended * 100 >= damaged * 95 && damaged > 300, "{mended} of {damaged}");
}

#[test]
fn a_fix_keeps_the_markup() {
    let settings = settings("ap");
    for (line, expected) in [
        ("**Oslo, Norway (AP)** - The", "**OSLO, Norway (AP)** — The"),
        ("**OSLO, NORWAY (AP) --** The", "**OSLO, Norway (AP) —** The"),
        ("**OSLO, Norway** (ap) — The", "**OSLO, Norway** (AP) — The"),
        ("*RENO, Nevada* (AP)—The", "*RENO, Nev.* (AP) — The"),
        ("**TOKYO**, Japan (AP) — The", "**TOKYO** (AP) — The"),
    ] {
        let mut text = format!("{line} town rebuilt a bridge, police said.\n");
        for _ in 0..3 {
            let found = check(&text, Format::Markdown, &settings);
            text = apply(&text, &safe_edits(&found));
        }
        assert_eq!(text, format!("{expected} town rebuilt a bridge, police said.\n"), "{line}");
    }
}
