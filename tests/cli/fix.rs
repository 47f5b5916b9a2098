//! `--fix` and `--diff`.

use std::fs;

use crate::support::{self, CLEAN, FAULTY, Folder};

/// A house that has something to mend, safely.
const HOUSE: &str = "[terms]\n\"web site\" = \"website\"\n";

fn folder(draft: &str) -> Folder {
    Folder::new(&[("copydesk.toml", HOUSE), ("a.txt", draft), ("clean.txt", CLEAN)])
}

#[test]
fn fixes_are_applied_and_counted() {
    let folder = folder(&format!("The web site was down. So was their web site.\n\n{FAULTY}"));
    let run = folder.run("check --fix").exits(1);
    assert_eq!(folder.read("a.txt"), format!("The website was down. So was their website.\n\n{FAULTY}"));
    assert!(run.out.ends_with("1 warning in 1 of 2 drafts. 2 fixes made.\n"), "{}", run.out);
    // Fixing twice is fixing once.
    let before = fs::metadata(folder.path("a.txt")).unwrap().modified().unwrap();
    let again = folder.run("check --fix").exits(1);
    assert!(again.out.ends_with("1 warning in 1 of 2 drafts.\n"), "{}", again.out);
    assert_eq!(fs::metadata(folder.path("a.txt")).unwrap().modified().unwrap(), before);
}

#[test]
fn everything_else_in_the_file_stays_as_it_was() {
    for (before, after) in [
        ("\u{FEFF}Their web site.\r\n\r\nNo end", "\u{FEFF}Their website.\r\n\r\nNo end"),
        ("One.\rTheir web site.\r\nTwo.\n\n\n", "One.\rTheir website.\r\nTwo.\n\n\n"),
        ("\tTheir web site. \u{A0}🛩", "\tTheir website. \u{A0}🛩"),
    ] {
        let folder = folder(before);
        folder.run("check --fix").exits(0);
        assert_eq!(folder.read("a.txt"), after);
    }
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay_and_nothing_is_left_lying() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder("Their web site.\n");
    fs::set_permissions(folder.path("a.txt"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.txt", folder.path("link")).unwrap();
    folder.run("check --fix link").exits(0);
    assert_eq!(folder.read("a.txt"), "Their website.\n");
    assert!(fs::symlink_metadata(folder.path("link")).unwrap().is_symlink());
    assert_eq!(fs::metadata(folder.path("a.txt")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 4);
}

#[cfg(unix)]
#[test]
fn a_draft_that_cannot_be_written_is_left_as_it_was() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let folder = folder("Their web site.\n");
    let binary = folder.path("copydesk");
    fs::copy(env!("CARGO_BIN_EXE_copydesk"), &binary).unwrap();
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = support::command(&binary, &folder.path(""), "check --fix --format json");
    if fs::metadata(&binary).unwrap().uid() == 0 {
        command.uid(65534).gid(65534);
    }
    let run = support::finish(command, "").exits(2).complains("a.txt: not fixed: ");
    assert_eq!(run.found(), [("a.txt".into(), 1), ("clean.txt".into(), 0)]);
    assert_eq!(folder.read("a.txt"), "Their web site.\n");
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_draft_that_is_read_only_is_left_as_it_was() {
    let folder = folder("Their web site.\n");
    let mut permissions = fs::metadata(folder.path("a.txt")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path("a.txt"), permissions).unwrap();
    let run = folder.run("check --fix --format json a.txt").exits(2).complains("a.txt: not fixed: it is read-only");
    assert_eq!(run.found(), [("a.txt".into(), 1)]);
    assert_eq!(folder.read("a.txt"), "Their web site.\n");
}

#[test]
fn a_diff_shows_what_would_change_and_changes_nothing() {
    let draft = "One.\n\nThe web site was down.\n\nTwo.\n";
    let folder = folder(draft);
    let run = folder.run("check --diff").exits(1);
    let expected = "\
--- a/a.txt
+++ b/a.txt
@@ -1,5 +1,5 @@
 One.
 
-The web site was down.
+The website was down.
 
 Two.
";
    assert_eq!(run.out, expected);
    assert_eq!(run.err, "--fix would make 1 fix in 1 draft.\n");
    assert_eq!(folder.read("a.txt"), draft);
    let clean = folder.run("check --diff clean.txt").exits(0);
    assert_eq!((clean.out.as_str(), clean.err.as_str()), ("", "--fix would change nothing.\n"));
}

#[test]
fn a_draft_on_standard_input_is_mended_to_standard_output() {
    let folder = folder(CLEAN);
    let draft = format!("The web site was down.\r\n{FAULTY}");
    let run = folder.run_with("check --fix - --format concise", &draft).exits(1);
    assert_eq!(run.out, format!("The website was down.\r\n{FAULTY}"));
    assert!(run.err.starts_with("-:2:39: warning"), "{}", run.err);
    let run = folder.run_with("check --fix -", CLEAN).exits(0);
    assert_eq!(run.out, CLEAN);
    let run = folder.run_with("check --diff -", &draft).exits(1);
    assert!(run.out.contains("+The website was down."), "{}", run.out);
}

#[test]
fn offers_are_applied_only_when_asked_for() {
    let draft = "The talks began on Monday, Dec. 6, 2025, in Karachi.\n";
    let folder = folder(draft);
    let report = folder.run("check --format json a.txt").exits(1).json();
    let fixes = report["files"][0]["diagnostics"][0]["fixes"].as_array().unwrap().clone();
    assert!(!fixes.is_empty() && fixes.iter().all(|fix| fix["applicability"] == "unsafe"), "{fixes:?}");
    folder.run("check --fix a.txt").exits(1);
    assert_eq!(folder.read("a.txt"), draft);
    folder.run("check --diff a.txt").exits(0);
    let diff = folder.run("check --diff --unsafe-fixes a.txt").exits(1);
    assert!(diff.out.contains("+The talks began on Saturday, Dec. 6, 2025, in Karachi.\n"), "{}", diff.out);
    folder.run("check --fix --unsafe-fixes a.txt").exits(0);
    assert_eq!(folder.read("a.txt"), "The talks began on Saturday, Dec. 6, 2025, in Karachi.\n");
}
