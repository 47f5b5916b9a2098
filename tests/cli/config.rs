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
fn a_word_list_counts_and_its_mistakes_are_reported_in_it() {
    let folder = Folder::new(&[
        ("wire/a.txt", "An e-mail from the web site, said the jetty.\n"),
        ("desk/terms.csv", "wrong,right,why\ne-mail,email,one word\nweb site\njetty,quay,\n"),
        (
            "copydesk.toml",
            "style = \"none\"\nword-list = \"desk/terms.csv\"\n[levels]\nusage = \"warning\"\n[terms]\njetty = \"pier\"\n",
        ),
    ]);
    let run = folder.run("check --format json").exits(2);
    assert_eq!(run.found(), [("wire/a.txt".into(), 2), ("desk/terms.csv".into(), 1)]);
    assert!(run.out.contains("(one word). Write “email”") && run.out.contains("“pier”"), "{}", run.out);
    let mistake = &run.json()["files"][1]["diagnostics"][0];
    assert_eq!((&mistake["start"]["line"], &mistake["start"]["column"]), (&3.into(), &1.into()));
    folder.write("copydesk.toml", "word-list = \"desk/term.csv\"\n");
    let run = folder.run("check --format concise").exits(2);
    assert!(
        run.out.contains("copydesk.toml:1:13: error") && run.out.contains("Did you mean “desk/terms.csv”?"),
        "{}",
        run.out
    );
}

/// A house with a desk below it: a style, terms, a roster, rules, an override.
fn house() -> Folder {
    let rule = |right: &str| {
        format!("extends: substitution\nmessage: \"Write “%s”, not “%s”.\"\nlevel: warning\nswap:\n  jetty: {right}\n")
    };
    Folder::new(&[
        (
            "house/house.toml",
            "style = \"none\"\nroster = \"people.csv\"\nrules = \"rules\"\n[levels]\nusage = \"warning\"\n\
             \"names/known-spelling\" = \"error\"\n\"harbor/pier\" = \"error\"\n\
             [terms]\n\"web site\" = \"website\"\n\"e-mail\" = \"email\"\n\
             [[overrides]]\npaths = [\"*.wire.txt\"]\nlevels = { usage = \"off\" }\n",
        ),
        ("house/people.csv", "name,not\nDana Aldous,Dana Aldus\n"),
        ("house/rules/harbor/pier.yml", &rule("pier")),
        ("house/rules/harbor/quay.yml", &rule("quay")),
        ("desk/copydesk.toml", "extends = \"../house/house.toml\"\n[terms]\n\"e-mail\" = \"mail\"\n"),
        ("desk/a.txt", "Dana Aldus sent an e-mail from the web site.\n"),
    ])
}

#[test]
fn a_desk_extends_its_house() {
    let folder = house();
    let run = folder.run("check --format json desk").exits(1);
    let messages = |run: &crate::support::Run| {
        let found = run.json()["files"][0]["diagnostics"].as_array().unwrap().clone();
        found.iter().map(|found| found["message"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    let [name, mail, site] = &messages(&run)[..] else { panic!("{}", run.out) };
    assert!(name.contains("Dana Aldous") && mail.contains("“mail”") && site.contains("“website”"), "{}", run.out);
    // Levels of the nearer file count over those of the farther one, and so do those of the farther one's overrides.
    folder.write("desk/a.wire.txt", "An e-mail came.\n");
    folder.run("check desk/a.wire.txt").exits(0);
    folder.write("desk/copydesk.toml", "extends = [\"../house/house.toml\"]\n[levels]\n\"usage/term\" = \"error\"\n");
    folder.run("check desk/a.wire.txt").exits(1);
    // Its rules are known by name, and nearly so.
    let unknown = "Did you mean “harbor/quay”?";
    folder.run("check desk --select harbor/quay").exits(0);
    folder.run("check desk --select harbor/quai").exits(2).complains(unknown);
    folder.run("check desk --ignore harbor/quai").exits(2).complains(unknown);
    folder.write("desk/b.md", "<!-- copydesk ignore: harbor/quai — it is old -->\nThe jetty opened.\n");
    let run = folder.run("check --style ap --format concise --select config desk/b.md").exits(1);
    assert!(run.out.contains(unknown), "{}", run.out);
    // A rule of the nearer folder stands for one of its name, and others stay.
    folder.write("desk/a.txt", "The jetty opened.\n");
    folder.write("desk/copydesk.toml", "extends = \"../house/house.toml\"\nrules = \"own\"\n");
    let rule = "extends: existence\nmessage: No “%s” here.\ntokens: [jetty]\nlevel: warning\n";
    folder.write("desk/own/harbor/pier.yml", rule);
    let found = messages(&folder.run("check --format json desk/a.txt").exits(1));
    assert_eq!(found, ["No “jetty” here.", "Write “quay”, not “jetty”."]);
}

#[test]
fn mistakes_of_a_house_are_told_in_its_own_files() {
    let folder = house();
    folder.write("house/people.csv", "name,nott\nDana Aldous,Dana Aldus\n");
    folder.write("house/rules/harbor/pier.yml", "extends: existance\nmessage: a\n");
    let broken = "stile = \"ap\"\nroster = \"people.csv\"\nrules = \"rules\"\n[terms]\n\"e-mail\" = \"email\"\n\
        [levels]\n\"harbor/quai\" = \"off\"\n";
    folder.write("house/house.toml", broken);
    folder.write("desk/copydesk.toml", "extends = \"../house/house.toml\"\nstyel = \"none\"\n");
    let run = folder.run("check --format json desk/a.txt").exits(2);
    let found = run.found();
    let expected = [
        ("desk/a.txt", 3),
        ("desk/copydesk.toml", 1),
        ("house/house.toml", 2),
        ("house/people.csv", 1),
        ("house/rules/harbor/pier.yml", 1),
    ];
    assert_eq!(found, expected.map(|(path, count)| (path.to_string(), count)), "{}", run.out);
    let mistakes = &run.json()["files"][2]["diagnostics"];
    assert!(mistakes[0]["message"].as_str().unwrap().contains("Did you mean “style”?"), "{mistakes}");
    // The house's own rules may be meant.
    assert!(mistakes[1]["message"].as_str().unwrap().contains("Did you mean “harbor/quay”?"), "{mistakes}");
    assert_eq!(mistakes[1]["start"]["line"], 7);
}

#[test]
fn what_cannot_be_extended_is_told_and_the_rest_counts() {
    let folder = house();
    for (desk, line, words) in [
        ("extends = \"../house/hose.toml\"", 1, "there is no such file. Did you mean “../house/house.toml”?"),
        ("extends = \"../home/style.toml\"", 1, "there is no such file. Check"),
        ("extends = \"ap\"", 1, "which is set so: style = \"ap\""),
        ("extends = [\n\"../house/house.toml\",\n\"copydesk.toml\"]", 3, "is this file itself"),
        ("extends = \"../house\"", 1, "is a folder without a copydesk.toml"),
    ] {
        folder.write(
            "desk/copydesk.toml",
            format!("{desk}\nstyle = \"none\"\n[terms]\n\"e-mail\" = \"mail\"\n[levels]\nusage = \"warning\"\n"),
        );
        let run = folder.run("check --format json desk/a.txt").exits(2);
        let files = &run.json()["files"];
        let mistakes = files[1]["diagnostics"].as_array().unwrap();
        assert_eq!((mistakes.len(), &mistakes[0]["start"]["line"]), (1, &line.into()), "{desk}: {}", run.out);
        assert!(mistakes[0]["message"].as_str().unwrap().contains(words), "{desk}: {}", run.out);
        assert!(run.out.contains("“mail”"), "{desk}: {}", run.out);
    }
    // A folder of rules may be misspelled, too.
    folder.write("house/house.toml", "rules = \"rule\"\n");
    let run = folder.run("check --format concise --config house/house.toml desk/a.txt").exits(2);
    assert!(run.out.contains("there is no such folder. Did you mean “rules”?"), "{}", run.out);
    // A circle is told where it closes, and each file counts once.
    folder.write("house/copydesk.toml", "extends = \"../desk\"\n[terms]\n\"web site\" = \"website\"\n");
    folder.write("desk/copydesk.toml", "extends = \"../house\"\nstyle = \"none\"\n[levels]\nusage = \"warning\"\n");
    let run = folder.run("check --format json desk/a.txt").exits(2);
    assert_eq!(run.found(), [("desk/a.txt".into(), 1), ("house/copydesk.toml".into(), 1)]);
    assert!(run.out.contains("extends this file in turn"), "{}", run.out);
}

#[test]
fn of_several_files_the_last_counts_and_one_that_two_extend_comes_first() {
    let folder = Folder::new(&[
        ("a.txt", "An e-mail, a web site and a jetty.\n"),
        (
            "base.toml",
            "style = \"none\"\n[levels]\nusage = \"off\"\n[terms]\n\"e-mail\" = \"base\"\njetty = \"pier\"\n",
        ),
        (
            "one.toml",
            "extends = \"base.toml\"\n[levels]\nusage = \"warning\"\n[terms]\n\"e-mail\" = \"one\"\n\"web site\" = \"one\"\n",
        ),
        ("two.toml", "extends = \"base.toml\"\n[terms]\n\"e-mail\" = \"two\"\n"),
        ("copydesk.toml", "extends = [\"one.toml\", \"two.toml\"]\n"),
    ]);
    let run = folder.run("check --format concise a.txt").exits(1);
    for word in ["two", "one", "pier"] {
        assert!(run.out.contains(&format!("Write “{word}”")), "{}", run.out);
    }
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

#[test]
fn what_is_wrong_with_a_comment_is_no_matter_of_style() {
    let folder = Folder::new(&[
        ("copydesk.toml", "style = \"none\"\n[terms]\njetty = \"pier\"\n[levels]\nusage = \"warning\"\n"),
        ("a.md", "<!-- copydesk ignore: usage/tern — a reason -->\nThe pier is shut.\n"),
    ]);
    let run = folder.run("check --format concise").exits(1);
    assert!(run.out.contains("config/unused-suppression") && run.out.contains("usage/term"), "{}", run.out);
}
