//! Which files are read, and in which order they are reported.

use crate::support::{CLEAN, FAULTY, Folder};

fn paths(found: Vec<(String, usize)>) -> Vec<String> {
    found.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn a_folder_is_searched_for_drafts() {
    let folder = Folder::new(&[
        ("b.md", CLEAN),
        ("a.txt", CLEAN),
        ("C.MARKDOWN", CLEAN),
        ("d.text", CLEAN),
        ("notes.rs", CLEAN),
        ("README", CLEAN),
        (".hidden.txt", CLEAN),
        ("desk/z.txt", CLEAN),
        ("desk/old.txt", CLEAN),
        ("desk/.gitignore", "old.txt\n"),
        ("spiked/x.txt", CLEAN),
        (".gitignore", "spiked/\n"),
    ]);
    let expected = ["C.MARKDOWN", "a.txt", "b.md", "d.text", "desk/z.txt"];
    for line in ["check --format json", "check --format json .", "check --format json ./"] {
        assert_eq!(paths(folder.run(line).exits(0).found()), expected, "{line}");
    }
    assert_eq!(paths(folder.run("check --format json desk").found()), ["desk/z.txt"]);
}

#[test]
fn a_file_that_is_named_is_read_whatever_it_is_called() {
    let folder = Folder::new(&[("README", FAULTY), ("spiked.txt", FAULTY), (".gitignore", "spiked.txt\n")]);
    let found = folder.run("check --format json spiked.txt README").exits(1).found();
    assert_eq!(found, [("spiked.txt".into(), 1), ("README".into(), 1)]);
}

#[test]
fn a_file_is_read_once_however_often_it_is_named() {
    let folder = Folder::new(&[("a.txt", FAULTY), ("b.txt", CLEAN)]);
    let found = folder.run("check --format json b.txt . ./a.txt b.txt").found();
    assert_eq!(found, [("b.txt".into(), 0), ("a.txt".into(), 1)]);
}

#[test]
fn a_folder_without_drafts_is_no_failure() {
    let folder = Folder::new(&[("notes.rs", CLEAN)]);
    let run = folder.run("check --format json").exits(0).complains("No drafts");
    assert_eq!(run.found(), []);
}

#[test]
fn the_report_does_not_depend_on_the_number_of_threads() {
    let folder = Folder::new(&[]);
    // More than a batch, so that the batches' order counts too.
    for number in 0..600 {
        let text = if number % 3 == 0 { FAULTY.repeat(1 + number % 7) } else { CLEAN.into() };
        folder.write(&format!("{:02}/{number:03}.txt", number % 10), text);
    }
    for format in ["json", "jsonl", "full", "concise", "sarif", "github", "gitlab", "junit"] {
        let line = format!("check --format {format}");
        let run = |threads: &str| {
            let mut command = folder.command(&line);
            command.env("RAYON_NUM_THREADS", threads);
            crate::support::finish(command, "")
        };
        let one = run("1").exits(1);
        assert_eq!(one, run("7"), "{format}");
        assert!(one.out.matches("99").count() > 0);
    }
}

#[test]
fn standard_input_is_a_draft_too() {
    let folder = Folder::new(&[]);
    assert_eq!(folder.run_with("check - --format json", FAULTY).exits(1).found(), [("-".into(), 1)]);
    let code = format!("```\n{FAULTY}```\n");
    let line = "check - --format json --stdin-filename";
    assert_eq!(folder.run_with(&format!("{line} a.md"), &code).exits(0).found(), [("a.md".into(), 0)]);
    assert_eq!(folder.run_with(&format!("{line} a.txt"), &code).exits(1).found(), [("a.txt".into(), 1)]);
}
