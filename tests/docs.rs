//! What the project's own documents show is real: drafts get the diagnostics marked in them, commands say what is shown.
//! And what reads such drafts is right.
//!
//! `UPDATE=1 cargo test --test docs` writes what the commands say into the documents, and the schema of `copydesk.toml`.

mod support;

use std::fs;
use std::path::Path;

use copydesk::diagnostic::{Diagnostic, Severity};
use copydesk::fix::{Applicability, Fix};
use copydesk::format::Format;
use copydesk::rules;
use copydesk::settings::Settings;
use copydesk::text::{Edit, Span};
use pulldown_cmark::{Event, Parser, Tag};
use support::drafts::{Example, Mark, blocks, examples, without_blocks};
use support::transcript::rerun;
use support::verdict::{compare, difference, fixed};

const DOCUMENTS: [&str; 6] =
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "editors/README.md", "rules/README.md", "tests/drafts.md"];

/// What is run by a test of its own.
const WALK_THROUGH: &str = "docs/house-style.md";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn drafts_in_documents_are_as_they_say() {
    for document in DOCUMENTS {
        let page = fs::read_to_string(root().join(document)).unwrap();
        for draft in examples(&page).unwrap_or_else(|mistake| panic!("{document}, {mistake}")) {
            let found = draft.check(&draft.text, &draft.settings);
            if let Err(report) = compare(&draft.text, &draft.marks, &found) {
                panic!("{document}, the draft in line {}:\n{report}", draft.line);
            }
            let Some(expected) = &draft.fixed else { continue };
            let fixed = fixed(&draft.text, expected.pick, |text| draft.check(text, &draft.settings));
            if let Some(difference) = difference(&expected.text, &fixed) {
                panic!("{document}, the draft in line {} fixed: {difference}", draft.line);
            }
        }
    }
}

#[test]
#[cfg(feature = "cli")]
fn commands_in_documents_say_what_is_shown() {
    let binary = Path::new(env!("CARGO_BIN_EXE_copydesk"));
    for document in DOCUMENTS {
        let path = root().join(document);
        let page = fs::read_to_string(&path).unwrap();
        let real = rerun(&page, binary, root()).unwrap_or_else(|mistake| panic!("{document}, {mistake}"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, real).unwrap();
        } else if let Some(difference) = difference(&page, &real) {
            panic!("{document} shows what is no longer said; `UPDATE=1 cargo test --test docs` mends it {difference}");
        }
    }
}

#[test]
#[cfg(feature = "cli")]
fn the_schema_for_editors_is_current() {
    let path = root().join("editors/copydesk.schema.json");
    let schema = copydesk::config::schema::schema(&Settings::default());
    let real = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, real).unwrap();
    } else if let Some(difference) = difference(&fs::read_to_string(&path).unwrap(), &real) {
        panic!("editors/copydesk.schema.json is not current; `UPDATE=1 cargo test --test docs` mends it {difference}");
    }
}

#[test]
fn rule_files_in_documents_are_those_that_are_there() {
    for document in DOCUMENTS {
        let page = fs::read_to_string(root().join(document)).unwrap();
        for block in blocks(&page) {
            let Some(path) = block.info.strip_prefix("yaml ") else { continue };
            assert_eq!(block.text, fs::read_to_string(root().join(path)).unwrap(), "{document}, line {}", block.line);
        }
    }
}

#[test]
fn what_documents_name_is_there() {
    let sources = sources(root());
    for document in DOCUMENTS.into_iter().chain([WALK_THROUGH]) {
        let path = root().join(document);
        let page = fs::read_to_string(&path).unwrap();
        for event in Parser::new(&page) {
            let is_there = match &event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let file = dest_url.split('#').next().unwrap_or("");
                    dest_url.starts_with("https://") || path.parent().unwrap().join(file).exists()
                }
                // Paths, and the names of tests.
                Event::Code(code) if ["src/", "tests/", "editors/"].iter().any(|room| code.starts_with(room)) => {
                    // The rule that is made as an example is not kept.
                    root().join(&**code).exists() || code.ends_with("doubled_word.rs")
                }
                Event::Code(code) if code.split('_').count() > 3 => {
                    sources.iter().any(|source| source.contains(&format!("fn {code}(")))
                }
                _ => true,
            };
            assert!(is_there, "{document} names what is not there: {event:?}");
        }
    }
}

#[test]
fn the_readme_names_every_family_of_rules() {
    let page = fs::read_to_string(root().join("README.md")).unwrap();
    for rule in rules::built_in() {
        assert!(page.contains(&format!("| `{}` |", rule.family())), "README.md does not name {}", rule.family());
    }
}

/// The code of the project.
fn sources(root: &Path) -> Vec<String> {
    let mut sources = Vec::new();
    let mut folders = vec![root.join("src"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    sources
}

fn draft(block: &str) -> Result<Example, String> {
    draft_of("", block)
}

fn draft_of(options: &str, block: &str) -> Result<Example, String> {
    let mut examples = examples(&format!("```draft {options}\n{block}```\n"))?;
    assert_eq!(examples.len(), 1);
    Ok(examples.remove(0))
}

/// What is marked, and the words after the carets.
fn marked(block: &str) -> Vec<(String, String)> {
    let Example { text, marks, .. } = draft(block).unwrap();
    marks.into_iter().map(|mark| (mark.span.of(&text).to_string(), mark.words)).collect()
}

#[test]
fn marks_align_by_character() {
    assert_eq!(marked("“Café” “naïve” end\n       ^^^^^^^ is it\n"), [("“naïve”".into(), "is it".into())]);
    assert_eq!(marked("End\n  ^\n"), [("d".into(), "".into())]);
}

#[test]
fn a_line_can_have_several_marks() {
    let expected = [("One".into(), "first".into()), ("two".into(), "second".into()), ("three".into(), "".into())];
    assert_eq!(marked("One two three\n^^^ first\n    ^^^ second\n        ^^^^^\n"), expected);
    assert_eq!(marked("One          two           three\n^^^ first    ^^^ second    ^^^^^\n"), expected);
}

#[test]
fn a_mark_can_cover_lines() {
    let example = draft("He said: “One\n         ^^^^>\ntwo.”\n^^^^^ no end\nThree.\n").unwrap();
    assert_eq!(example.text, "He said: “One\ntwo.”\nThree.\n");
    assert_eq!(example.marks.len(), 1);
    assert_eq!(example.marks[0].span.of(&example.text), "“One\ntwo.”");
    assert_eq!(example.marks[0].words, "no end");
}

#[test]
fn broken_marks_are_mistakes() {
    for block in ["Short\n     ^\n", "Short\n        ^^\n", "Short\n^^^^^>\n", "^^^\n"] {
        assert!(draft(block).is_err(), "{block}");
    }
}

#[test]
fn options_and_fixes_are_read() {
    let page = "# A\n\n```draft style=reuters date=2025-12-11 format=markdown\n*A*\n```\n\n```fixed pick=2\nB\n```\n";
    let examples = examples(page).unwrap();
    let [example] = examples.as_slice() else { panic!("{examples:?}") };
    assert_eq!(example.line, 3);
    assert_eq!(example.text, "*A*\n");
    assert_eq!(example.format, Some(Format::Markdown));
    assert_eq!(example.settings.style.id, "reuters");
    assert_eq!(example.settings.date, Some(jiff::civil::date(2025, 12, 11)));
    let fixed = example.fixed.as_ref().unwrap();
    assert_eq!((fixed.text.as_str(), fixed.pick), ("B\n", 1));
}

#[test]
fn mistakes_in_options_name_their_line() {
    for (info, word) in [
        ("draft style=tabloid", "tabloid"),
        ("draft date=2025-02-30", "2025-02-30"),
        ("draft format=pdf", "format=pdf"),
        ("draft lang=en", "lang=en"),
        ("fixed", "without a draft"),
    ] {
        let mistake = examples(&format!("Text.\n\n```{info}\nA\n```\n")).unwrap_err();
        assert!(mistake.starts_with("line 3: ") && mistake.contains(word), "{info}: {mistake}");
    }
    for fixed in ["fixed pick=0", "fixed pick=first", "fixed take=1", "fixed\nB\n```\n```fixed"] {
        assert!(examples(&format!("```draft\nA\n```\n```{fixed}\nB\n```\n")).is_err(), "{fixed}");
    }
}

#[test]
fn a_configuration_counts_for_the_drafts_after_it() {
    let page = "```draft\nA\n```\n```toml copydesk.toml\nstyle = \"afp\"\n```\n```draft\nA\n```\n\
        ```draft style=bbc\nA\n```\n```toml\nstyle = 1\n```\n";
    let styles: Vec<_> = examples(page).unwrap().into_iter().map(|example| example.settings.style.id).collect();
    assert_eq!(styles, ["ap", "afp", "bbc"]);
    let mistake = examples("```toml copydesk.toml\nstyle = \"tabloid\"\n```\n").unwrap_err();
    assert!(mistake.contains("tabloid"), "{mistake}");
    let config = draft_of("format=copydesk.toml", "style = 1\n").unwrap();
    assert_eq!(config.check(&config.text, &config.settings)[0].rule, "config/mistake");
}

#[test]
fn prose_is_what_stands_outside_the_blocks() {
    let page = "One.\n\n```draft\nTwo.\n```\n\n~~~\nThree.\n~~~\nFour `five`.\n";
    assert_eq!(without_blocks(page), "One.\n\n\n\n\nFour `five`.\n");
}

fn found(span: Span, message: &str, fixes: &[&str]) -> Diagnostic {
    let fix = |text: &&str| Fix {
        title: String::new(),
        applicability: Applicability::Safe,
        edits: vec![Edit::replace(span, *text)],
    };
    Diagnostic {
        rule: "usage/term",
        severity: Severity::Warning,
        message: message.into(),
        span,
        related: Vec::new(),
        fixes: fixes.iter().map(fix).collect(),
    }
}

fn mark(start: usize, end: usize, words: &str) -> Mark {
    Mark { span: Span::new(start, end), words: words.into() }
}

#[test]
fn exactly_the_marked_ones_pass() {
    let text = "é bad worse\n";
    let diagnostics = [found(Span::new(3, 6), "“bad” is bad", &[]), found(Span::new(7, 12), "so is “worse”", &[])];
    assert_eq!(compare(text, &[mark(3, 6, "is bad"), mark(7, 12, "usage/term")], &diagnostics), Ok(()));
    assert_eq!(compare(text, &[], &[]), Ok(()));
}

#[test]
fn anything_else_fails_and_is_underlined() {
    let text = "é bad worse\n";
    let diagnostics = [found(Span::new(3, 6), "“bad” is bad", &[])];
    let cases: [(&[Mark], &str); 5] = [
        (&[], "not expected:\n   1 | é bad worse\n     |   ^^^ “bad” is bad [usage/term]\n"),
        (&[mark(3, 6, ""), mark(7, 12, "gone")], "missed:\n   1 | é bad worse\n     |       ^^^^^ gone\n"),
        (&[mark(3, 5, "")], "missed:"),
        (&[mark(3, 6, "is good")], "missed:"),
        (&[mark(3, 6, ""), mark(3, 6, "")], "missed:"),
    ];
    for (marks, report) in cases {
        let failure = compare(text, marks, &diagnostics).unwrap_err();
        assert!(failure.starts_with(report), "{failure}");
    }
}

#[test]
fn the_fix_picked_is_made() {
    let check = |text: &str| {
        let words = [("bad", ["good", "fine"].as_slice()), ("worse", &["better"])].into_iter();
        let places = words.filter_map(|(word, fixes)| text.find(word).map(|at| (at, word, fixes)));
        places.map(|(at, word, fixes)| found(Span::new(at, at + word.len()), "", fixes)).collect()
    };
    assert_eq!(fixed("bad worse\n", 0, check), "good better\n");
    assert_eq!(fixed("bad worse\n", 1, check), "fine worse\n");
    assert_eq!(fixed("bad worse\n", 2, check), "bad worse\n");
    // Side by side, one waits for the next round.
    assert_eq!(fixed("badworse\n", 0, check), "goodbetter\n");
}

#[test]
fn a_difference_shows_both_sides() {
    assert_eq!(difference("one\ntwo\n", "one\ntwo\n"), None);
    assert_eq!(difference("one\ntwo\n", "one\nten\n").unwrap(), "(- expected, + found)\n one\n-two\n+ten\n");
}

#[test]
fn a_transcript_is_what_the_program_says() {
    let rerun = |page: &str| rerun(page, Path::new("echo"), root());
    let page = "A\n```console\n$ copydesk one two\nthree\n\n$ cargo run --release -- four\n```\nB\n```sh\n$ ls\n```\n";
    let real =
        "A\n```console\n$ copydesk one two\none two\n$ cargo run --release -- four\nfour\n```\nB\n```sh\n$ ls\n```\n";
    assert_eq!(rerun(page).as_deref(), Ok(real));
    assert_eq!(rerun(real).as_deref(), Ok(real));
    assert!(rerun("A\n\n```console\n$ rm -r drafts\n```\n").unwrap_err().contains("line 3: `rm -r drafts`"));
    assert!(rerun("```console\ncopydesk\n```\n").is_err());
}
