//! `copydesk.toml`, and what the command line says over it.

use crate::support::{CLEAN, FAULTY, Folder, RULE};

#[test]
fn the_nearest_configuration_counts() {
    let off = format!("[levels]\n\"{RULE}\" = \"off\"\n");
    let folder = Folder::new(&[
        ("a.txt", FAULTY),
        ("copydesk.toml", &off),
        ("desk/b.txt", FAULTY),
        ("wire/c.txt", FAULTY),
        ("wire/copydesk.toml", ""),
    ]);
    let expected = [("a.txt".into(), 0), ("desk/b.txt".into(), 0), ("wire/c.txt".into(), 1)];
    assert_eq!(folder.run("check --format json").exits(1).found(), expected);
    let line = "check --format json --config copydesk.toml wire/c.txt";
    assert_eq!(folder.run(line).exits(0).found(), [("wire/c.txt".into(), 0)]);
    // What the command line asks for by name is on.
    folder.run(&format!("check --select {RULE} a.txt")).exits(1);
    folder.run("check --select attribution a.txt").exits(0);
    // A draft on standard input is where its name says.
    assert_eq!(folder.run_with("check --format json -", FAULTY).exits(0).found(), [("-".into(), 0)]);
    let named = folder.run_with("check --format json --stdin-filename wire/new.txt -", FAULTY).exits(1);
    assert_eq!(named.found(), [("wire/new.txt".into(), 1)]);
}

#[test]
fn mistakes_are_reported_and_the_rest_counts() {
    let broken = format!("styel = \"ap\"\n[levels]\n\"{RULE}\" = \"error\"\n\"{RULE}s\" = \"off\"\n");
    let folder = Folder::new(&[("a.txt", FAULTY), ("b.txt", CLEAN), ("copydesk.toml", &broken)]);
    let run = folder.run("check --format json").exits(2);
    assert_eq!(run.found(), [("a.txt".into(), 1), ("b.txt".into(), 0), ("copydesk.toml".into(), 2)]);
    let report = run.json();
    assert_eq!(report["files"][0]["diagnostics"][0]["severity"], "error");
    let mistakes = &report["files"][2]["diagnostics"];
    assert_eq!(mistakes[0]["start"]["line"], 1);
    assert!(mistakes[0]["message"].as_str().unwrap().contains("style"), "{mistakes}");
    assert!(mistakes[1]["message"].as_str().unwrap().contains(RULE), "{mistakes}");
    folder.run("check --fail-on never").exits(2);
    folder.run("inspect a.txt").exits(2).complains("copydesk.toml:1:1: ");
    folder.run("check --diff").exits(2).complains("copydesk.toml:1:1: ");
}

#[test]
fn a_roster_counts_and_its_mistakes_are_reported_in_it() {
    let folder = Folder::new(&[
        ("wire/a.txt", "Dana Aldus left on Monday.\n"),
        ("desk/people.csv", "name,not,titel\nDana Aldous,Dana Aldus,Mayor\n"),
        ("copydesk.toml", "roster = \"desk/people.csv\"\n"),
    ]);
    let run = folder.run("check --format json --select names/known-spelling").exits(2);
    assert_eq!(run.found(), [("wire/a.txt".into(), 1), ("desk/people.csv".into(), 1)]);
    let mistake = &run.json()["files"][1]["diagnostics"][0];
    assert!(mistake["message"].as_str().unwrap().contains("Did you mean “title”?"), "{mistake}");
    folder.run("inspect wire/a.txt").exits(2).complains("desk/people.csv:1:10: ");
    folder.write("desk/people.csv", b"name,not\nDana Aldous,Dana Aldus\n");
    folder.run("check --select names/known-spelling --fix").exits(0);
    assert_eq!(folder.read("wire/a.txt"), "Dana Aldous left on Monday.\n");
    folder.write("copydesk.toml", b"roster = \"people.csv\"\n");
    let run = folder.run("check --format json").exits(2);
    assert_eq!(run.found(), [("wire/a.txt".into(), 0), ("copydesk.toml".into(), 1)]);
}

#[test]
fn a_configuration_that_is_no_toml_stops_no_draft() {
    let folder = Folder::new(&[("a.txt", FAULTY), ("copydesk.toml", "style = [\n")]);
    let run = folder.run("check --format concise").exits(2);
    assert!(run.out.contains("a.txt:1:39: warning") && run.out.contains("copydesk.toml:"), "{}", run.out);
    folder.write("copydesk.toml", b"style = \"caf\xE9\"\n");
    let run = folder.run("check --format json").exits(2).complains("copydesk.toml: ");
    assert_eq!(run.found(), [("a.txt".into(), 1)]);
}

#[test]
fn a_configuration_that_is_named_must_be_there() {
    let folder = Folder::new(&[("a.txt", FAULTY)]);
    let run = folder.run("check --config house.toml").exits(2).complains("house.toml: there is no such file");
    assert_eq!(run.out, "");
}

#[test]
fn a_configuration_that_cannot_be_read_says_what_to_do() {
    let folder = Folder::new(&[("a.txt", FAULTY), ("latin/b.txt", FAULTY), ("folder/copydesk.toml/c.txt", FAULTY)]);
    folder.write("latin/copydesk.toml", b"style = \"caf\xE9\"\n");
    folder.run("check latin/b.txt").exits(2).complains("copydesk.toml: this is not in UTF-8. Save it");
    folder.run("check --config latin/copydesk.toml a.txt").exits(2).complains("Save it again as UTF-8");
    folder.run("check --config folder a.txt").exits(2).complains("folder: this is a folder");
    folder.run("check folder").exits(2).complains("copydesk.toml: this is a folder");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.path("copydesk.toml")).unwrap();
        let run = folder.run("check --format json a.txt").exits(2).complains("copydesk.toml: this link leads to");
        assert_eq!(run.found(), [("a.txt".into(), 1)]);
    }
}

#[test]
fn options_are_read_as_they_are_meant() {
    let folder = Folder::new(&[("a.txt", FAULTY)]);
    folder.run("check --style AP a.txt").exits(1);
    folder.run("check --style Reuters a.txt").exits(1);
    let select = |names: &str| {
        let mut command = folder.command("check a.txt --select");
        command.arg(names);
        crate::support::finish(command, "")
    };
    select("dates, attribution").exits(1);
    select("dates,,attribution,").exits(1);
    select("dates, ").exits(0);
    select("dates, atribution").exits(2).complains("Did you mean “attribution”?");
    select("").exits(2).complains("there is no rule");
}

#[test]
fn the_command_line_chooses_the_style_and_the_house_keeps_its_words() {
    let folder = Folder::new(&[
        ("a.txt", &format!("Their web site.\n\n{FAULTY}")),
        (
            "copydesk.toml",
            "style = \"none\"\n[terms]\n\"web site\" = \"website\"\n[levels]\n\"usage/term\" = \"warning\"\n",
        ),
    ]);
    assert_eq!(folder.run("check --format json").exits(1).found(), [("a.txt".into(), 1)]);
    assert_eq!(folder.run("check --format json --style ap").exits(1).found(), [("a.txt".into(), 2)]);
}
