//! What goes wrong gets a clear message and exit status 2, and the rest goes on.

use std::fs;
use std::process::Stdio;

use crate::support::{self, CLEAN, FAULTY, Folder, RULE};

/// A folder with a draft to find something in, beside what fails.
fn folder(name: &str, bytes: impl AsRef<[u8]>) -> Folder {
    let folder = Folder::new(&[("good.txt", FAULTY)]);
    folder.write(name, bytes);
    folder
}

/// The file fails as expected, and the other is reported all the same.
#[track_caller]
fn fails(folder: &Folder, name: &str, expected: &[&str]) {
    for command in ["check", "check --fix", "inspect"] {
        let run = folder.run(&format!("{command} --format json {name} good.txt")).exits(2);
        for words in expected {
            assert!(run.err.contains(words), "{command}: {}", run.err);
        }
        assert!(run.err.contains(name), "{}", run.err);
        assert!(run.out.contains("good.txt") && !run.out.contains(name), "{}", run.out);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
}

#[test]
fn a_missing_file() {
    fails(&Folder::new(&[("good.txt", FAULTY)]), "gone.txt", &["no such file", "Check the spelling"]);
}

#[test]
fn text_in_another_encoding() {
    let bytes = b"Line one.\nHe said \x93no.\x94\n";
    fails(&folder("word.txt", bytes), "word.txt", &["not UTF-8", "line 2, byte 9 (0x93)", "iconv -f WINDOWS-1252"]);
    fails(&folder("notepad.txt", b"\xFF\xFEO\0n\0e\0"), "notepad.txt", &["UTF-16", "iconv -f UTF-16"]);
    fails(&folder("notepad.txt", b"\xFE\xFF\0O\0n\0e"), "notepad.txt", &["UTF-16", "iconv -f UTF-16"]);
}

#[test]
fn a_binary_file() {
    fails(&folder("photo.txt", b"\x89PNG\r\n\0\0"), "photo.txt", &["no text", "line 2, byte 1 is a NUL"]);
}

#[test]
fn a_file_too_large_for_a_draft() {
    let folder = folder("log.txt", "");
    fs::File::options().write(true).open(folder.path("log.txt")).unwrap().set_len(200 << 20).unwrap();
    fails(&folder, "log.txt", &["200 MB", "limit is 64 MB"]);
}

#[test]
fn an_empty_file_is_fine() {
    let folder = Folder::new(&[("empty.txt", ""), ("mark.txt", "\u{FEFF}")]);
    let run = folder.run("check --format json").exits(0);
    assert_eq!(run.found(), [("empty.txt".into(), 0), ("mark.txt".into(), 0)]);
    folder.run("inspect empty.txt").exits(0);
    folder.run("check --fix").exits(0);
    assert_eq!(folder.read("empty.txt"), "");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere() {
    let folder = Folder::new(&[("good.txt", FAULTY)]);
    std::os::unix::fs::symlink("gone.txt", folder.path("link.txt")).unwrap();
    fails(&folder, "link.txt", &["link leads to a file that is not there"]);
}

#[cfg(unix)]
#[test]
fn a_file_and_a_folder_without_permission() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65534;
    let folder = Folder::new(&[("good.txt", FAULTY), ("secret.txt", CLEAN), ("vault/a.txt", CLEAN)]);
    let binary = folder.path("copydesk");
    fs::copy(env!("CARGO_BIN_EXE_copydesk"), &binary).unwrap();
    for name in ["secret.txt", "vault"] {
        fs::set_permissions(folder.path(name), fs::Permissions::from_mode(0o000)).unwrap();
    }
    let run = |line: &str| {
        let mut command = support::command(&binary, &folder.path(""), line);
        // Root may read everything, so that here the command is nobody's.
        if fs::metadata(folder.path("")).unwrap().uid() == 0 {
            command.uid(NOBODY).gid(NOBODY);
        }
        support::finish(command, "")
    };
    let checked = run("check --format json").exits(2);
    assert_eq!(checked.found(), [("good.txt".into(), 1)]);
    for name in ["secret.txt", "vault"] {
        assert!(checked.err.contains(&format!("{name}: you may not read this")), "{}", checked.err);
    }
    run("check vault").exits(2).complains("vault: you may not read this");
    fs::set_permissions(folder.path("vault"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn bad_options() {
    let folder = Folder::new(&[("good.txt", FAULTY)]);
    for (line, expected) in [
        ("check --select attribution/unamed-media", "Did you mean “attribution/unnamed-media”?"),
        ("check --ignore attributions", "Did you mean “attribution”?"),
        ("check --select xyzzy", "copydesk rules"),
        ("check --date 2025-13-01", "as in 2026-03-31"),
        ("check --date yesterday", "as in 2026-03-31"),
        ("check --style reuter", "reuters"),
        ("check --format xml", "junit"),
        ("check --fail-on sometimes", "never"),
        ("check - good.txt", "by itself"),
        ("check --stdin-filename a.md good.txt", "give `-`"),
        ("check --fix --diff", "cannot be used with"),
        ("explain titels", "there is no rule called"),
        ("explain attribution/unamed-media", "Did you mean “attribution/unnamed-media”?"),
        ("proofread", "unrecognized"),
    ] {
        let run = folder.run(line).exits(2).complains(expected);
        assert_eq!(run.out, "", "{line}");
    }
}

#[test]
fn nobody_reads_the_report_to_its_end() {
    let rule = "extends: existence\nmessage: a\ntokens: [jets]\n";
    let folder = Folder::new(&[("long.txt", &FAULTY.repeat(5000)), ("desk/jets.yml", rule)]);
    for line in [
        "check long.txt",
        "check long.txt --format concise",
        "check long.txt --format json",
        "check long.txt --format junit",
        "inspect long.txt --format json",
        "rules",
        "test desk --on long.txt --show 5000",
        "completions bash",
        "explain attribution/unnamed-media",
    ] {
        let mut command = folder.command(line);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {}", output.status);
    }
}

#[test]
fn the_level_that_fails_a_run_can_be_chosen() {
    let folder = Folder::new(&[("good.txt", FAULTY)]);
    for (level, code) in [("suggestion", 1), ("warning", 1), ("error", 0), ("never", 0)] {
        folder.run(&format!("check --fail-on {level}")).exits(code);
    }
    folder.run(&format!("check --ignore {RULE}")).exits(0);
    folder.run("check --ignore attribution").exits(0);
    folder.run(&format!("check --select {RULE}")).exits(1);
    folder.run("check --select attribution").exits(1);
    folder.run(&format!("check --select attribution --ignore {RULE},{RULE}")).exits(0);
}
