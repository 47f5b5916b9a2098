//! The other commands.

use serde_json::{Value, json};

use crate::support::{CLEAN, FAULTY, Folder, RULE, finish};

#[test]
fn inspect_shows_paragraphs_and_sentences_at_places_of_the_file() {
    let text = "\u{FEFF}One is here. Two is there.\r\n\r\n“Three” is last.\r\n";
    let folder = Folder::new(&[("a.txt", text)]);
    let report = folder.run("inspect --format json a.txt").exits(0).json();
    assert_eq!(report["version"], 1);
    let story = &report["stories"][0];
    assert_eq!(story["path"], "a.txt");
    assert_eq!(story["dateline"], json!(null));
    let words = |list: &str| -> Vec<String> {
        let spans = story[list].as_array().unwrap().iter().map(|entry| &entry["span"]);
        spans.map(|span| text[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize].into()).collect()
    };
    assert_eq!(words("paragraphs"), ["One is here. Two is there.", "“Three” is last."]);
    assert_eq!(words("sentences"), ["One is here.", "Two is there.", "“Three” is last."]);
    for key in ["attributions", "people"] {
        assert!(story[key].is_array(), "{key}");
    }
}

#[test]
fn inspect_shows_the_dateline_of_the_front_matter() {
    for (field, expected) in [
        (
            "dateline: OSLO, Norway",
            json!({"span": [14, 26], "place": "OSLO", "region": "Norway", "agency": null, "date": null}),
        ),
        ("location: Oslo", json!({"span": [14, 18], "place": "Oslo", "region": null, "agency": null, "date": null})),
        (
            "dateline: OSLO, Dec 10 (Reuters)",
            json!({"span": [14, 36], "place": "OSLO", "region": null, "agency": "Reuters", "date": "Dec 10"}),
        ),
        ("dateline: where it rained", json!(null)),
    ] {
        let folder = Folder::new(&[("a.md", &format!("---\n{field}\n---\n\nIt rained all day.\n"))]);
        let report = folder.run("inspect --format json a.md").exits(0).json();
        assert_eq!(report["stories"][0]["dateline"], expected, "{field}");
    }
}

#[test]
fn inspect_shows_who_says_what_and_who_is_who() {
    let text = "KARACHI, Pakistan (AP) — Mayor Ruth Okafor closed the port.\n\n“It is over,” Ruth Okafor said Friday. Okafor left.\n";
    let folder = Folder::new(&[("a.md", text)]);
    let report = folder.run("inspect --format json a.md").exits(0).json();
    let story = &report["stories"][0];
    let words = |span: &Value| {
        let at = |index: usize| span[index].as_u64().unwrap() as usize;
        &text[at(0)..at(1)]
    };
    let dateline = &story["dateline"];
    assert_eq!(words(&dateline["span"]), "KARACHI, Pakistan (AP) —");
    let parts = ["place", "region", "agency", "date"].map(|part| dateline[part].clone());
    assert_eq!(parts, [json!("KARACHI"), json!("Pakistan"), json!("AP"), json!(null)]);
    let said = &story["attributions"][0];
    assert_eq!(words(&said["source"]), "Ruth Okafor");
    assert!(words(&said["cue"][0]).starts_with("said"));
    assert!(words(&said["content"][0]).contains("It is over"));
    let kinds = ["speaker", "kind", "act", "source_kind"].map(|key| said[key].as_str().unwrap());
    assert_eq!(kinds, ["Ruth Okafor", "direct", "speech", "named"]);
    let source = &story["sources"][0];
    assert_eq!((&source["name"], &source["kind"]), (&json!("Ruth Okafor"), &json!("named")));
    assert_eq!(source["attributions"], json!([0]));
    let counts = ["quotes", "quoted_words", "words"].map(|key| source[key].as_u64().unwrap());
    assert_eq!(counts, [1, 3, 3]);
    assert!(words(&source["first"]).starts_with("“It is over,” Ruth Okafor said"));
    assert_eq!(source["last"], source["first"]);
    let by: Vec<&Value> = story["sentences"].as_array().unwrap().iter().map(|sentence| &sentence["by"]).collect();
    assert_eq!(by, [&json!(null), &json!(0), &json!(null)]);
    let okafor = &story["people"][0];
    assert_eq!((okafor["name"].as_str(), okafor["titles"].as_array().unwrap().len()), (Some("Ruth Okafor"), 1));
    let mentions = okafor["mentions"].as_array().unwrap();
    assert_eq!(words(&mentions[0]["span"]), "Ruth Okafor");
    assert_eq!(words(&mentions[0]["title"]), "Mayor");
    assert_eq!((words(&mentions[2]["span"]), &mentions[2]["title"]), ("Okafor", &json!(null)));
    let table = folder.run("inspect a.md").exits(0).out;
    for row in [
        "  1 source\n    Source       Kind   Quotes  Words  Quoted  Lines\n    Ruth Okafor  named       1      3       3  3\n",
        "  Sentences  1 quoted, 2 on nobody’s word\n  Dateline   KARACHI, Pakistan, AP\n",
        "  1 person\n    Ruth Okafor  3 mentions  line 1  Mayor\n",
    ] {
        assert!(table.contains(row), "{table}");
    }
}

#[test]
fn inspect_shows_a_table() {
    let folder = Folder::new(&[("a.txt", CLEAN), ("b.txt", CLEAN)]);
    let run = folder.run("inspect").exits(0);
    for words in ["a.txt\n", "\nb.txt\n", "Dateline", "source", "People"] {
        assert!(run.out.contains(words), "{}", run.out);
    }
    assert!(!run.out.contains('\u{1b}'));
}

#[test]
fn inspect_tells_sources_that_are_not_named_and_words_that_nobody_is_known_for() {
    let draft = "Critics said the pier was unsafe.\n\nThe Coast Guard said it was safe.\n\nIt is, the coast guard said.\n\n\
        They said so in May.\n";
    let folder = Folder::new(&[("a.txt", draft)]);
    let table = folder.run("inspect a.txt").exits(0).out;
    let ledger = "  2 sources, 1 of them not named\n    \
        Source           Kind          Quotes  Words  Quoted  Lines\n    \
        critics          vague              –      4       –  1\n    \
        the Coast Guard  organization       –      5       –  3–5\n    \
        (not told who)   unknown            –      3       –  7\n";
    assert!(table.contains(ledger), "{table}");
}

#[test]
fn inspect_keeps_the_ledger_narrow() {
    let draft = format!("A {} official said the pier was safe.\n", "very senior and very careful harbor ".repeat(9));
    let folder = Folder::new(&[("a.txt", &draft)]);
    let mut command = folder.command("inspect a.txt");
    command.env("COLUMNS", "80");
    let table = finish(command, "").exits(0).out;
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn explain_shows_the_page() {
    let folder = Folder::new(&[]);
    let run = folder.run(&format!("explain {RULE}")).exits(0);
    assert!(run.out.starts_with(RULE), "{}", run.out);
    for heading in ["What it flags\n", "Why\n", "Examples\n", "Settings\n", "Fix\n"] {
        assert!(run.out.contains(heading), "{}", run.out);
    }
    assert!(!run.out.contains("##") && !run.out.contains("```"), "{}", run.out);
    assert!(folder.run("explain attribution").exits(0).out.contains(RULE));
}

#[test]
fn rules_lists_them_all() {
    let folder = Folder::new(&[]);
    let report = folder.run("rules --format json").exits(0).json();
    let rules = report["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["name"] == RULE && rule["level"] == "warning" && rule["fix"] == "none"));
    let table = folder.run("rules").exits(0).out;
    for rule in rules {
        assert!(table.contains(rule["name"].as_str().unwrap()), "{rule}");
        // Where there is no terminal, a rule has one line.
        let summary: Vec<&str> = rule["summary"].as_str().unwrap().split_whitespace().collect();
        assert!(!summary.is_empty() && table.contains(&summary.join(" ")), "{rule}");
    }
}

#[test]
fn init_writes_a_configuration_once() {
    let folder = Folder::new(&[("good.txt", FAULTY)]);
    folder.run("init").exits(0);
    let written = folder.read("copydesk.toml");
    assert!(written.contains("style = \"ap\""));
    folder.run("check").exits(1);
    folder.write("copydesk.toml", "style = \"reuters\"\n");
    folder.run("init").exits(2).complains("is left as it is");
    assert_eq!(folder.read("copydesk.toml"), "style = \"reuters\"\n");
    folder.run("init nowhere").exits(2).complains("can't be written");
}

#[test]
fn init_takes_over_what_vale_is_told() {
    let rule = |word: &str, level: &str| format!("extends: existence\nmessage: a\nlevel: {level}\ntokens: [{word}]\n");
    let ini = "StylesPath = styles\nMinAlertLevel = warning\nPackages = Gazette\n\n\
        [*.md]\nBasedOnStyles = Gazette\nGazette.Pier = error\nGazette.Quay = NO\n";
    let folder = Folder::new(&[
        (".vale.ini", ini),
        ("styles/Gazette/Pier.yml", &rule("pier", "warning")),
        ("styles/Gazette/Quay.yml", &rule("quay", "error")),
        ("styles/Gazette/Ship.yml", &rule("ship", "suggestion")),
        ("styles/Gazette/Boat.yml", &rule("boat", "warning")),
        ("a.md", "The pier, the quay, the ship, the boat.\n"),
        ("a.txt", "The pier, the quay, the ship, the boat.\n"),
        ("desk/.keep", ""),
    ]);
    let run = folder.run("init --from-vale").exits(0);
    let said = "Wrote copydesk.toml from .vale.ini.\n\
        1 setting has no counterpart; it stands at its end, with what to do.\n";
    assert_eq!((run.out.as_str(), run.err.as_str()), (said, ""));
    assert!(folder.read("copydesk.toml").contains("# line 3: Packages = Gazette\n"));
    let found = folder.run("check --format json").exits(1);
    assert_eq!(found.found(), [("a.md".into(), 2), ("a.txt".into(), 0)]);
    let found = &found.json()["files"][0]["diagnostics"];
    let shown = |index: usize| format!("{} {}", found[index]["rule"], found[index]["severity"]);
    assert_eq!([shown(0), shown(1)], ["\"Gazette.Pier\" \"error\"", "\"Gazette.Boat\" \"warning\""]);
    // What is there is left as it is, and what is missing is told.
    folder.write("copydesk.toml", "style = \"reuters\"\n");
    folder.run("init --from-vale").exits(2).complains("is left as it is");
    assert_eq!(folder.read("copydesk.toml"), "style = \"reuters\"\n");
    folder.run("init desk --from-vale").exits(2).complains("no .vale.ini is in desk");
    folder.run("init desk --from-vale nowhere").exits(2).complains("nowhere: there is no such file");
    // From elsewhere, the styles are found all the same.
    folder.run("init desk --from-vale .vale.ini").exits(0);
    folder.write("desk/a.md", "The boat.\n");
    assert_eq!(folder.run("check --format json desk").found(), [("desk/a.md".into(), 1)]);
    folder.write("new/.vale.ini", "StylesPath = gone\n[*]\nBasedOnStyles = Gazette\n");
    let run = folder.run("init new --from-vale").exits(0);
    assert!(run.out.contains("“gone” is not read"), "{}", run.out);
}

#[test]
fn completions_for_every_shell() {
    let folder = Folder::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&format!("completions {shell}")).exits(0).out;
        assert!(["unsafe-fixes", "from-vale", "show"].iter().all(|option| script.contains(option)), "{shell}");
    }
}

#[test]
fn help_is_there_for_every_command() {
    let folder = Folder::new(&[]);
    for command in ["check", "inspect", "explain", "rules", "test", "init", "completions"] {
        let long = folder.run(&format!("help {command}")).exits(0).out;
        assert!(long.contains("Usage: copydesk"), "{long}");
    }
    let all = folder.run("--help").exits(0).out;
    assert!(all.contains("Examples:"), "{all}");
    folder.run("").exits(2).complains("Usage:");
    assert!(folder.run("--version").exits(0).out.starts_with("copydesk "));
}

#[test]
fn the_schema_knows_the_rules_of_the_house() {
    let folder = Folder::new(&[
        ("copydesk.toml", "rules = \"desk-rules\"\n"),
        ("desk-rules/pier.yml", "extends: existence\nmessage: Write pier.\ntokens: [jetty]\n"),
    ]);
    let schema = folder.run("schema").exits(0).json();
    let levels = &schema["definitions"]["levels"]["properties"];
    for name in ["house/pier", "house", "usage/term", "usage"] {
        assert_eq!(levels[name]["enum"][0], "off", "{name}");
    }
    assert_eq!(schema["properties"]["style"]["enum"][0], "ap");
}
