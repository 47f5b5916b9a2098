//! Every format of the report.

use serde_json::{Value, json};

use crate::support::{CLEAN, FAULTY, Folder, RULE};

fn folder() -> Folder {
    let astral = format!("Café 𝕏: {FAULTY}");
    Folder::new(&[("a.txt", CLEAN), ("b, c: d.txt", &astral), ("e.txt", &format!("{CLEAN}\r\n{FAULTY}{FAULTY}"))])
}

#[test]
fn json() {
    let report = folder().run("check --format json").exits(1).json();
    assert_eq!(report["version"], 1);
    let files = report["files"].as_array().unwrap();
    assert_eq!(files[0], json!({"path": "a.txt", "diagnostics": []}));
    // Bytes in spans; characters in columns.
    let found = &files[1]["diagnostics"][0];
    assert_eq!(found["rule"], RULE);
    assert_eq!(found["severity"], "warning");
    assert_eq!(found["span"], json!([50, 81]));
    assert_eq!(found["start"], json!({"line": 1, "column": 47}));
    assert_eq!(found["end"], json!({"line": 1, "column": 78}));
    assert_eq!(found["related"], json!([]));
    assert_eq!(found["fixes"], json!([]));
    assert!(found["message"].as_str().unwrap().contains("names no outlet"));
    assert_eq!(files[2]["diagnostics"][1]["start"], json!({"line": 4, "column": 39}));
}

#[test]
fn jsonl_has_a_line_for_each_file() {
    let folder = folder();
    let whole = folder.run("check --format json").json();
    let lines = folder.run("check --format jsonl").exits(1).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(lines), whole["files"]);
}

#[test]
fn full() {
    let run = Folder::new(&[("a.txt", FAULTY)]).run("check a.txt").exits(1);
    let expected = "\
warning[attribution/unnamed-media]: “multiple media outlets reported” names no outlet, so readers
                                    can't weigh the report.
  ╭▸ a.txt:1:39
1 │ The jets flew Wednesday over the sea, multiple media outlets reported.
  │                                       ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
  │
  ╰ Name the outlet or confirm it yourself.

1 warning in 1 of 1 draft.
";
    assert_eq!(run.out, expected);
    assert_eq!(run.err, "");
    let clean = Folder::new(&[("a.txt", CLEAN)]).run("check").exits(0);
    assert_eq!(clean.out, "1 draft read: nothing to report.\n");
}

#[test]
fn concise() {
    let run = folder().run("check --format concise").exits(1);
    let expected = "b, c: d.txt:1:47: warning[attribution/unnamed-media] “multiple media outlets reported” names";
    assert!(run.out.starts_with(expected), "{}", run.out);
    assert_eq!(run.out.lines().count(), 3);
    assert!(run.err.starts_with("3 warnings in 2 of 3 drafts."), "{}", run.err);
}

#[test]
fn colours_are_for_terminals_or_when_asked_for() {
    let folder = folder();
    for format in ["full", "concise"] {
        let line = format!("check --format {format}");
        assert!(!folder.run(&line).out.contains('\u{1b}'));
        assert!(folder.run(&format!("{line} --color always")).out.contains("\u{1b}["));
        let mut forced = folder.command(&line);
        forced.env("CLICOLOR_FORCE", "1");
        assert!(crate::support::finish(forced, "").out.contains("\u{1b}["));
        let mut plain = folder.command(&line);
        plain.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
        let out = crate::support::finish(plain, "").out;
        assert_eq!(out, folder.run(&line).out);
    }
    assert!(!folder.run("check --format json --color always").out.contains('\u{1b}'));
}

#[test]
fn statistics_stand_apart_from_the_report() {
    let folder = folder();
    let run = folder.run("check --format json --statistics").exits(1);
    assert_eq!(run.found().len(), 3);
    assert_eq!(run.err, format!("      3  {RULE}\n"));
}

#[test]
fn github() {
    let run = folder().run("check --format github").exits(1);
    let expected = "::warning file=b%2C c%3A d.txt,line=1,endLine=1,col=47,endColumn=78,\
                    title=attribution/unnamed-media::“multiple media outlets reported” names no outlet";
    assert!(run.out.starts_with(expected), "{}", run.out);
    assert!(run.out.lines().all(|line| line.starts_with("::warning file=")));
}

#[test]
fn gitlab() {
    let folder = folder();
    let issues = folder.run("check --format gitlab").exits(1).json();
    let issues = issues.as_array().unwrap();
    assert_eq!(issues.len(), 3);
    for issue in issues {
        // https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
        assert!(!issue["description"].as_str().unwrap().is_empty());
        assert_eq!(issue["check_name"], RULE);
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
        assert!(!issue["location"]["path"].as_str().unwrap().starts_with("./"));
        let lines = &issue["location"]["lines"];
        assert!(lines["begin"].as_u64().unwrap() <= lines["end"].as_u64().unwrap());
    }
    let fingerprints = |issues: &[Value]| -> Vec<String> {
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap().into()).collect()
    };
    let before = fingerprints(issues);
    assert!(before[0] != before[1] && before[1] != before[2] && before[0] != before[2]);
    // A paragraph put before them moves the places, and leaves the fingerprints.
    folder.write("e.txt", format!("News from Karachi.\n\n{}", folder.read("e.txt")));
    let moved = folder.run("check --format gitlab").json();
    assert_eq!(fingerprints(moved.as_array().unwrap()), before);
    assert_ne!(moved[2]["location"], issues[2]["location"]);
    folder.write("e.txt", CLEAN);
    folder.write("b, c: d.txt", CLEAN);
    assert_eq!(folder.run("check --format gitlab").exits(0).json(), json!([]));
}

#[test]
fn sarif() {
    let log = folder().run("check --format sarif").exits(1).json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        assert_eq!(result["level"], "warning");
    }
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "b%2C%20c%3A%20d.txt");
    let region = json!({
        "startLine": 1, "startColumn": 47, "endLine": 1, "endColumn": 78, "byteOffset": 50, "byteLength": 31,
        "snippet": {"text": "multiple media outlets reported"},
    });
    assert_eq!(place["region"], region);
    let clean = Folder::new(&[("a.txt", CLEAN)]).run("check --format sarif").exits(0).json();
    assert_eq!(clean["runs"][0]["results"], json!([]));
}

#[test]
fn fixes_and_related_places() {
    let draft = "Defense Secretary Dan Quill met the troops.\n\nWar Secretary Quill said it was over.\n";
    let folder = Folder::new(&[("a.txt", draft)]);
    let line = "check --select titles/inconsistent";
    let report = folder.run(&format!("{line} --format json")).exits(1).json();
    let found = &report["files"][0]["diagnostics"][0];
    assert_eq!(found["span"], json!([45, 58]));
    assert_eq!(found["related"][0]["span"], json!([0, 17]));
    assert_eq!(found["fixes"][0]["edits"], json!([{"span": [45, 58], "text": "Defense Secretary"}]));
    let log = folder.run(&format!("{line} --format sarif")).exits(1).json();
    let result = &log["runs"][0]["results"][0];
    let region = json!({
        "startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 14, "byteOffset": 45, "byteLength": 13,
    });
    let replacement = json!({"deletedRegion": region, "insertedContent": {"text": "Defense Secretary"}});
    assert_eq!(result["fixes"][0]["artifactChanges"][0]["replacements"], json!([replacement]));
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["region"]["endColumn"], 18);
    assert_eq!(result["relatedLocations"][0]["message"]["text"], found["related"][0]["message"]);
}

#[test]
fn junit() {
    let run = folder().run("check --format junit").exits(1);
    assert!(run.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{}", run.out);
    for expected in [
        "<testsuites name=\"copydesk\" tests=\"4\" skipped=\"0\" failures=\"3\" errors=\"0\"",
        "<testsuite name=\"a.txt\" tests=\"1\" skipped=\"0\" errors=\"0\" failures=\"0\"",
        "<testsuite name=\"e.txt\" tests=\"2\" skipped=\"0\" errors=\"0\" failures=\"2\"",
        "<testcase name=\"attribution/unnamed-media (line 1, column 47)\" classname=\"b, c: d.txt\"",
        "<failure message=\"“multiple media outlets reported” names no outlet",
    ] {
        assert!(run.out.contains(expected), "{expected} is not in {}", run.out);
    }
}

#[test]
fn what_could_not_be_read_is_in_the_report() {
    let folder = Folder::new(&[("a.txt", CLEAN)]);
    let line = "check a.txt gone.txt --format";
    let run = &folder.run(&format!("{line} sarif")).exits(2).json()["runs"][0];
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notice = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "gone.txt");
    assert!(notice["message"]["text"].as_str().unwrap().contains("there is no such file"), "{notice}");
    let clean = folder.run("check a.txt --format sarif").exits(0).json();
    assert_eq!(clean["runs"][0]["invocations"], json!([{"executionSuccessful": true}]));
    let run = folder.run(&format!("{line} junit")).exits(2);
    for expected in [
        "<testsuites name=\"copydesk\" tests=\"2\" skipped=\"0\" failures=\"0\" errors=\"1\"",
        "<testsuite name=\"gone.txt\" tests=\"1\" skipped=\"0\" errors=\"1\"",
        "<error message=\"there is no such file",
    ] {
        assert!(run.out.contains(expected), "{expected} is not in {}", run.out);
    }
}
