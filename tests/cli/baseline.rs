//! The baseline: what is to stand, and what is new.

use crate::support::{CLEAN, FAULTY, Folder};

const FILE: &str = "copydesk-baseline.toml";

#[test]
fn what_is_written_stands_and_what_is_new_is_shown() {
    let folder = Folder::new(&[("copydesk.toml", ""), ("a.txt", FAULTY), ("wire/b.md", FAULTY), ("c.txt", CLEAN)]);
    folder.run("check").exits(1);
    let run = folder.run("check --write-baseline").exits(0);
    assert_eq!(run.err, "Wrote copydesk-baseline.toml: 2 findings stand, 2 of them new. 0 dropped.\n");
    assert!(
        folder.read(FILE).contains("\n  { draft = \"wire/b.md\", rule = \"attribution/unnamed-media\", before = \"")
    );
    let run = folder.run("check").exits(0);
    assert_eq!(run.out, "3 drafts read: nothing to report. 2 held back by the baseline.\n");
    let found = folder.run("check --format json").exits(0).found();
    assert!(found.iter().all(|(_, count)| *count == 0), "{found:?}");
    // Nothing is mended that stands.
    folder.run("check --diff --unsafe-fixes").exits(0);
    folder.write("a.txt", format!("A new lede.\n\n{FAULTY}\nThe pier was shut, multiple media outlets reported.\n"));
    assert_eq!(folder.run("check --format json a.txt").exits(1).found(), [("a.txt".into(), 1)]);
    // From another folder, too.
    let mut command = folder.command("check ../a.txt b.md --format concise");
    command.current_dir(folder.path("wire"));
    let run = crate::support::finish(command, "").exits(1).complains("2 held back by the baseline");
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
}

#[test]
fn it_is_written_anew_for_the_drafts_that_are_checked_and_keeps_the_reasons() {
    let folder = Folder::new(&[("copydesk.toml", ""), ("a.txt", FAULTY), ("b.txt", FAULTY), ("d.txt", FAULTY)]);
    folder.run("check --write-baseline").exits(0);
    let reasoned = folder.read(FILE).replace(" },", ", reason = \"agreed\" },");
    folder.write(FILE, &reasoned);
    folder.run("check --write-baseline").exits(0);
    assert_eq!(folder.read(FILE), reasoned);
    // One is mended, one is gone, one is not looked at.
    folder.write("a.txt", CLEAN);
    std::fs::remove_file(folder.path("d.txt")).unwrap();
    let run = folder.run("check --write-baseline a.txt").exits(0);
    assert_eq!(run.err, "Wrote copydesk-baseline.toml: 1 finding stands, 0 of them new. 2 dropped.\n");
    let kept: Vec<&str> = reasoned.lines().filter(|line| !line.contains("a.txt") && !line.contains("d.txt")).collect();
    assert_eq!(folder.read(FILE).lines().collect::<Vec<_>>(), kept);
    // A rule that is off can't tell that nothing is left to hold back.
    folder.run("check --write-baseline --ignore attribution").exits(0);
    assert_eq!(folder.read(FILE).lines().count(), kept.len());
}

#[test]
fn entries_that_hold_nothing_back_are_reported_in_it() {
    let folder = Folder::new(&[("copydesk.toml", ""), ("a.txt", FAULTY), ("b.txt", FAULTY), ("c.txt", FAULTY)]);
    folder.run("check --write-baseline").exits(0);
    folder.write("a.txt", CLEAN);
    std::fs::remove_file(folder.path("b.txt")).unwrap();
    let run = folder.run("check --format json").exits(1);
    assert_eq!(run.found(), [("a.txt".into(), 0), ("c.txt".into(), 0), (FILE.into(), 2)]);
    let idle = &run.json()["files"][2]["diagnostics"][0];
    assert_eq!(idle["rule"], "config/unused-suppression");
    assert!(idle["message"].as_str().unwrap().starts_with("Nothing at these words in a.txt"), "{idle}");
    // Who checks one draft has nothing to do with the one that is gone.
    assert_eq!(folder.run("check --format json a.txt").exits(1).found(), [("a.txt".into(), 0), (FILE.into(), 1)]);
    assert_eq!(folder.run("check --format json c.txt").exits(0).found(), [("c.txt".into(), 0)]);
    folder.run("check --fail-on error").exits(0);
    folder.run("check --ignore attribution").exits(0);
    folder.run("check --ignore config").exits(0);
    let run = folder.run("check").exits(1);
    assert!(run.out.ends_with("2 entries of it hold nothing back: --write-baseline drops them.\n"), "{}", run.out);
}

#[test]
fn the_command_line_or_the_configuration_names_it() {
    let folder = Folder::new(&[("desk/a.txt", FAULTY)]);
    folder.run("check --baseline kept/old.toml").exits(2).complains("kept/old.toml: there is no such file");
    folder.run("check --write-baseline").exits(2).complains("Say where: --baseline FILE.");
    folder.run_with("check --write-baseline --baseline old.toml -", FAULTY).exits(2).complains("that are files");
    std::fs::create_dir(folder.path("kept")).unwrap();
    folder.run("check --write-baseline --baseline kept/old.toml").exits(0);
    assert!(folder.read("kept/old.toml").contains("draft = \"../desk/a.txt\""));
    folder.run("check --baseline kept/old.toml").exits(0);
    folder.run("check").exits(1);
    folder.write("desk/copydesk.toml", "baseline = \"../kept/old.toml\"\n");
    folder.run("check").exits(0);
    folder.run("check --write-baseline").exits(0);
    assert!(!folder.path("desk/copydesk-baseline.toml").exists());
    // The command line wins.
    folder.write("none.toml", "");
    folder.run("check --baseline none.toml").exits(1);
}

#[test]
fn one_with_mistakes_is_left_as_it_is_and_what_is_right_in_it_counts() {
    let folder = Folder::new(&[("copydesk.toml", ""), ("a.txt", FAULTY), ("b.txt", FAULTY)]);
    folder.run("check --write-baseline").exits(0);
    let broken = folder.read(FILE).replacen("words = ", "wrods = ", 1);
    folder.write(FILE, &broken);
    let run = folder.run("check --format json").exits(2);
    assert_eq!(run.found(), [("a.txt".into(), 1), ("b.txt".into(), 0), (FILE.into(), 2)]);
    folder.run("check --write-baseline").exits(2).complains("Mend them first");
    assert_eq!(folder.read(FILE), broken);
    folder.write(FILE, b"stet = [ \xE9 ]");
    folder.run("check --format json").exits(2);
}

#[test]
fn what_flags_no_words_stands_by_the_words_beside_it() {
    let rule = "extends: metric\nmessage: \"%s words\"\nformula: words\ncondition: '> 4'\n";
    let folder = Folder::new(&[
        ("copydesk.toml", "style = \"none\"\n[vale]\npath = \"styles\"\nstyles = [\"Gazette\"]\n"),
        ("styles/Gazette/Length.yml", rule),
        ("a.txt", "He saw one two three four five.\n"),
    ]);
    folder.run("check --write-baseline").exits(0);
    let run = folder.run("check").exits(0);
    assert_eq!(run.out, "1 draft read: nothing to report. 1 held back by the baseline.\n");
}
