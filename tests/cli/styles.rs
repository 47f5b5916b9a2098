//! Vale's styles, and rules of a house's own.

use super::support::Folder;

const CONFIG: (&str, &str) = ("copydesk.toml", "style = \"none\"\n[vale]\npath = \"styles\"\nstyles = [\"Gazette\"]\n");

/// What the one rule of a style says of a draft: the words flagged, and its message.
fn alerts(rule: &str, name: &str, draft: &str) -> Vec<(String, String)> {
    let folder = Folder::new(&[CONFIG, ("styles/Gazette/Rule.yml", rule), (name, draft)]);
    let run = folder.run(&format!("check --format json {name}"));
    assert_eq!(run.json()["files"].as_array().unwrap().len(), 1, "{}", run.out);
    let found = run.json()["files"][0]["diagnostics"].as_array().unwrap().clone();
    let alert = |alert: &serde_json::Value| {
        assert_eq!(alert["rule"], "Gazette.Rule");
        let at = |end: usize| usize::try_from(alert["span"][end].as_u64().unwrap()).unwrap();
        (draft[at(0)..at(1)].to_owned(), alert["message"].as_str().unwrap().to_owned())
    };
    found.iter().map(alert).collect()
}

fn is(rule: &str, name: &str, draft: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> =
        expected.iter().map(|(words, message)| ((*words).to_owned(), (*message).to_owned())).collect();
    assert_eq!(alerts(rule, name, draft), expected, "{rule}\n{draft}");
}

#[test]
fn every_kind_of_rule_runs() {
    is(
        "extends: existence\nmessage: \"Not '%s'.\"\nignorecase: true\ntokens:\n  - utilize\n  - 'very\\s\\w+'\n  - 404\n",
        "a.txt",
        "They utilize a very old pier.\nUtilized, 404 times.\n",
        &[("utilize", "Not 'utilize'."), ("very old", "Not 'very old'."), ("404", "Not '404'.")],
    );
    is(
        "extends: existence\nmessage: \"Passive: '%s'\"\nignorecase: true\nraw:\n  - \\b(?:was|were)\\b\\s*\ntokens:\n  - shut\n  - \\w+ed\n",
        "a.txt",
        "The pier was closed. The bridges were shut.\n",
        &[("was closed", "Passive: 'was closed'"), ("were shut", "Passive: 'were shut'")],
    );
    is(
        "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nignorecase: true\nswap:\n  e-mail: email\n  '(?:web|home) page': site\n  a(\\w+)b: x$1\n",
        "a.txt",
        "The E-mail named a web page and an acb. Email.\n",
        &[
            ("E-mail", "Use 'email' instead of 'E-mail'."),
            ("web page", "Use 'site' instead of 'web page'."),
            ("acb", "Use 'xc' instead of 'acb'."),
        ],
    );
    is(
        "extends: occurrence\nmessage: \"%s commas\"\nscope: sentence\nmax: 2\ntoken: ','\n",
        "a.txt",
        "One, two. One, two, three, four.\n",
        &[(",", "3 commas")],
    );
    is(
        "extends: repetition\nmessage: \"'%s' twice\"\nalpha: true\ntokens: ['[^\\s]+']\n",
        "a.txt",
        "The the pier pier is.\n",
        &[("pier pier", "'pier' twice")],
    );
    is(
        "extends: consistency\nmessage: \"'%s' is the other way\"\nignorecase: true\neither:\n  advisor: adviser\n",
        "a.txt",
        "An adviser came.\n\nThe advisor left.\n",
        &[("advisor", "'advisor' is the other way")],
    );
    is(
        "extends: conditional\nmessage: \"'%s' is not explained\"\nfirst: '\\b([A-Z]{3,5})\\b'\nsecond: '\\(([A-Z]{3,5})\\)'\nexceptions: [AP]\n",
        "a.txt",
        "The Port Office (PORT) met the RIVER board. PORT and AP agree.\n",
        &[("RIVER", "'RIVER' is not explained")],
    );
    is(
        "extends: capitalization\nmessage: \"'%s' has capitals\"\nscope: heading\nmatch: $sentence\nexceptions: [Eastmere]\n",
        "a.md",
        "# The Pier Is Shut\n\n## The pier of Eastmere\n\nThe Pier Is Shut.\n",
        &[("The Pier Is Shut", "'The Pier Is Shut' has capitals")],
    );
    is(
        "extends: metric\nmessage: \"%s words a sentence\"\nformula: words / sentences\ncondition: '> 4'\n",
        "a.txt",
        "The pier is shut today. Nobody knows until when.\n",
        &[("", "4.50 words a sentence")],
    );
    is(
        "extends: sequence\nmessage: \"'%s'\"\nignorecase: true\ntokens:\n  - pattern: will\n  - pattern: not\n    negate: true\n",
        "a.txt",
        "It will not open. It will close.\n",
        &[("will close", "'will close'")],
    );
}

#[test]
fn a_rule_may_check_spelling_by_a_list_of_words() {
    let rule = "extends: spelling\nmessage: \"'%s'?\"\ndictionaries: [words.txt]\n";
    let files = [
        CONFIG,
        ("styles/Gazette/Rule.yml", rule),
        ("styles/words.txt", "3\nthe\npier/S\nis\n"),
        ("a.txt", "The peir is.\n"),
    ];
    let found = Folder::new(&files).run("check --format json a.txt").json();
    let found = &found["files"][0]["diagnostics"];
    assert_eq!((found.as_array().unwrap().len(), &found[0]["message"]), (1, &"'peir'?".into()));
}

#[test]
fn scopes_and_actions_are_kept() {
    let rule = "extends: existence\nmessage: \"'%s'\"\nscope: [heading.h2, list]\nnonword: true\naction:\n  name: remove\ntokens: ['!']\n";
    is(rule, "a.md", "# One!\n\n## Two!\n\n- Three!\n\nFour!\n", &[("!", "'!'"), ("!", "'!'")]);
    let folder = Folder::new(&[CONFIG, ("styles/Gazette/Rule.yml", rule), ("a.md", "## Two!\n")]);
    folder.run("check --fix --unsafe-fixes a.md").exits(0);
    assert_eq!(folder.read("a.md"), "## Two\n");
    let rule =
        "extends: substitution\nmessage: \"Use '%s' for '%s'\"\naction:\n  name: replace\nswap:\n  big: large|great\n";
    is(rule, "a.txt", "A big pier.\n", &[("big", "Use 'large' or 'great' for 'big'")]);
}

#[test]
fn patterns_that_look_around_run() {
    let rule =
        "extends: existence\nmessage: \"'%s'\"\nnonword: true\ntokens:\n  - '(?<!very )old'\n  - 'new(?= pier)'\n";
    is(rule, "a.txt", "An old pier, a very old one, a new pier, a new one.\n", &[("old", "'old'"), ("new", "'new'")]);
}

#[test]
fn a_pattern_that_runs_away_is_given_up_and_told() {
    let rule = "extends: existence\nmessage: \"Not '%s'.\"\nnonword: true\ntokens:\n  - '(?=a)(a+)+\\1b'\n";
    let draft = format!("{} b and aab.\n", "a".repeat(2_000));
    let folder = Folder::new(&[CONFIG, ("styles/Gazette/Rule.yml", rule), ("a.txt", &draft)]);
    let run = folder.run("check").exits(0);
    assert!(run.err.contains("Gazette.Rule was given up where its pattern looked around for too long."), "{}", run.err);
    folder.write("a.txt", "A plain one.\n");
    assert!(!folder.run("check").exits(0).err.contains("given up"));
}

#[test]
fn a_broken_rule_is_told_and_the_rest_runs() {
    for (rule, told) in [
        ("extends: existence\nmessage: \"'%s'\"\ntokens: ['(', pier]\n", "“(” is no pattern"),
        ("extends: existance\nmessage: a\n", "Did you mean “existence”?"),
        ("extends: script\nmessage: a\nscript: x\n", "Copydesk runs no scripts"),
        ("extends: existence\nmesage: a\ntokens: [a]\n", "Did you mean “message”?"),
        ("extends: existence\nmessage: a\nscope: headin\ntokens: [a]\n", "Did you mean “heading”?"),
        ("extends: existence\nmessage: a\nlevel: loud\ntokens: [a]\n", "A level is suggestion, warning or error"),
        ("extends: metric\nmessage: a\nformula: wrods\ncondition: '> 1'\n", "Nothing called “wrods” is counted"),
        ("extends: existence\n  message: a\n", "can't be read"),
        ("extends: sequence\nmessage: a\ntokens:\n  - tag: NN\n", "does not read parts of speech"),
        ("extends: spelling\nmessage: a\n", "Copydesk brings no dictionary"),
    ] {
        let good = "extends: existence\nmessage: \"'%s'\"\ntokens: [pier]\n";
        let folder = Folder::new(&[
            CONFIG,
            ("styles/Gazette/Bad.yml", rule),
            ("styles/Gazette/Good.yml", good),
            ("a.txt", "The pier.\n"),
        ]);
        let run = folder.run("check --format json a.txt");
        assert!(run.out.contains("Bad.yml") && run.out.contains(told), "{rule}: {}", run.out);
        assert!(run.json().to_string().contains("Gazette.Good"), "{rule}");
        run.exits(1);
    }
}

#[test]
fn a_style_that_is_not_there_is_a_mistake_of_the_configuration() {
    let folder = Folder::new(&[CONFIG, ("styles/Other/Rule.yml", ""), ("a.txt", "The pier.\n")]);
    let run = folder.run("check a.txt").exits(2);
    assert!(run.out.contains("“styles/Gazette” is not read: there is no such folder"), "{}", run.out);
}

#[test]
fn vocabularies_count() {
    let config =
        "style = \"none\"\n[vale]\npath = \"styles\"\nstyles = [\"Vale\", \"Gazette\"]\nvocabularies = [\"Desk\"]\n";
    let files = [
        ("copydesk.toml", config),
        ("styles/Gazette/Rule.yml", "extends: existence\nmessage: \"'%s'\"\ntokens: ['[Pp]ier']\n"),
        ("styles/config/vocabularies/Desk/accept.txt", "Pier\nEastmere\n"),
        ("styles/config/vocabularies/Desk/reject.txt", "wharf\n"),
        ("a.txt", "The Pier and the pier of eastmere, a wharf.\n"),
    ];
    let found = Folder::new(&files).run("check --format json a.txt").json();
    let found = found["files"][0]["diagnostics"].as_array().unwrap().iter();
    let found: Vec<_> = found
        .map(|alert| (alert["rule"].as_str().unwrap().to_owned(), alert["message"].as_str().unwrap().to_owned()))
        .collect();
    let expected = [
        ("Gazette.Rule", "'pier'"),
        ("Vale.Terms", "Use 'Pier' instead of 'pier'."),
        ("Vale.Terms", "Use 'Eastmere' instead of 'eastmere'."),
        ("Vale.Avoid", "Avoid using 'wharf'."),
    ];
    assert_eq!(found, expected.map(|(rule, message)| (rule.to_owned(), message.to_owned())));
}

#[test]
fn levels_and_families_count_for_styles() {
    let rule = "extends: existence\nmessage: \"'%s'\"\ntokens: [pier]\n";
    for (levels, expected) in [("\"Gazette.Rule\" = \"off\"", 0), ("Gazette = \"off\"", 0), ("Gazette = \"error\"", 1)]
    {
        let config = format!("{}[levels]\n{levels}\n", CONFIG.1);
        let folder =
            Folder::new(&[("copydesk.toml", &config), ("styles/Gazette/Rule.yml", rule), ("a.txt", "The pier.\n")]);
        let run = folder.run("check --format json a.txt");
        assert_eq!(run.json()["files"][0]["diagnostics"].as_array().unwrap().len(), expected, "{levels}: {}", run.err);
    }
    let config = format!("{}[levels]\n\"Gazette.Rool\" = \"off\"\n", CONFIG.1);
    let folder =
        Folder::new(&[("copydesk.toml", &config), ("styles/Gazette/Rule.yml", rule), ("a.txt", "The pier.\n")]);
    let run = folder.run("check a.txt").exits(2);
    assert!(run.out.contains("“Gazette.Rool”"), "{}", run.out);
}

#[test]
fn in_plain_text_a_style_tells_what_vale_tells_unless_every_alert_is_asked_for() {
    let rule = "extends: existence\nmessage: \"'%s'\"\nignorecase: true\ntokens: [be]\n";
    let draft = "It began because it may be late, and it must be early.\n";
    is(rule, "a.txt", draft, &[("be", "'be'")]);
    let config = format!("{}every = true\n", CONFIG.1);
    let folder = Folder::new(&[("copydesk.toml", &config), ("styles/Gazette/Rule.yml", rule), ("a.txt", draft)]);
    assert_eq!(folder.run("check --format json a.txt").json()["files"][0]["diagnostics"].as_array().unwrap().len(), 2);
}

#[test]
fn a_houses_own_rules_are_quiet_in_quotations_and_read_over_line_ends() {
    let rule = "extends: substitution\nmessage: \"The desk writes “%s”, not “%s”.\"\nlevel: error\nfix: safe\nignorecase: true\nswap:\n  harbor's edge: waterfront\n";
    let config = "style = \"none\"\nrules = \"desk\"\n";
    let draft = "The ferries stay at their piers in winter. Harbor’s\nedge is shut. “The harbor's edge is old,” Ann Roe said.\n";
    let folder = Folder::new(&[("copydesk.toml", config), ("desk/waterfront.yml", rule), ("a.txt", draft)]);
    let run = folder.run("check --format json a.txt").exits(1);
    let found = &run.json()["files"][0]["diagnostics"];
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!((&found[0]["rule"], &found[0]["severity"]), (&"house/waterfront".into(), &"error".into()));
    folder.run("check --fix a.txt").exits(0);
    assert_eq!(
        folder.read("a.txt"),
        "The ferries stay at their piers in winter. Waterfront is shut. “The harbor's edge is old,” Ann Roe said.\n"
    );
}

/// A house with two rules of its own, a style, and a draft that all of them flag.
fn house() -> Folder {
    let existence = |what: &str| format!("extends: existence\nmessage: \"Not '%s'.\"\n{what}\n");
    Folder::new(&[
        ("copydesk.toml", "style = \"none\"\nrules = \"desk\"\n[vale]\npath = \"styles\"\nstyles = [\"Gazette\"]\n"),
        (
            "desk/boilerplate.yml",
            &existence("tokens: [moving forward]\nwhy: It says nothing.\nlink: https://gazette.example/style"),
        ),
        ("desk/harbor/pier.yml", &existence("tokens: [jetty]")),
        ("styles/Gazette/AMPM.yml", &existence("tokens: [o'clock]")),
        ("a.md", "Moving forward, moving forward the jetty opens at 9 o'clock.\n"),
    ])
}

fn found(folder: &Folder, line: &str) -> Vec<String> {
    let run = folder.run(line);
    let found = run.json()["files"][0]["diagnostics"].as_array().unwrap().clone();
    found.iter().map(|found| found["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_houses_rules_are_chosen_listed_and_explained_like_the_others() {
    let folder = house();
    let all = ["house/boilerplate", "harbor/pier", "Gazette.AMPM"];
    assert_eq!(found(&folder, "check --format json"), all);
    for (select, expected) in
        [("house/boilerplate", &all[..1]), ("harbor", &all[1..2]), ("Gazette", &all[2..]), ("Gazette.AMPM", &all[2..])]
    {
        assert_eq!(found(&folder, &format!("check --format json --select {select}")), expected, "{select}");
        assert_eq!(found(&folder, &format!("check --format json --select {select} a.md")), expected, "{select}");
    }
    assert_eq!(found(&folder, "check --format json --ignore house,Gazette.AMPM"), all[1..2]);
    folder.run("check --select house/boilerplat").complains("Did you mean “house/boilerplate”?");
    folder.run("check --ignore gazette.ampn").complains("Did you mean “Gazette.AMPM”?");
    let rules = folder.run("rules").exits(0).out;
    assert!(all.iter().all(|rule| rules.contains(rule)) && rules.contains("Not '…'."), "{rules}");
    let page = folder.run("explain house/boilerplate").exits(0).out;
    assert!(page.contains("It says nothing.") && page.contains("https://gazette.example/style"), "{page}");
    assert!(folder.run("explain Gazette").exits(0).out.starts_with("Gazette.AMPM"));
    folder.run("explain house/boilerplat").complains("Did you mean “house/boilerplate”?");
}

#[test]
fn comments_silence_a_houses_rules_and_what_they_silence_in_vain_is_told() {
    let folder = house();
    let on = "style = \"none\"\nrules = \"desk\"\n[vale]\npath = \"styles\"\nstyles = [\"Gazette\"]\n[levels]\n\"config/unused-suppression\" = \"warning\"\n";
    folder.write("copydesk.toml", on);
    let draft = |comment: &str, words: &str| {
        folder.write("a.md", format!("<!-- copydesk ignore: {comment} — so -->\n{words}\n"))
    };
    for name in ["Gazette.AMPM", "Gazette"] {
        draft(name, "The pier opens at 9 o'clock.");
        assert_eq!(found(&folder, "check --format json"), [] as [&str; 0], "{name}");
        draft(name, "The pier opens at nine.");
        assert_eq!(found(&folder, "check --format json"), ["config/unused-suppression"], "{name}");
    }
    draft("Gazette.AMMP", "The pier opens at 9 o'clock.");
    let run = folder.run("check");
    assert!(run.out.contains("Did you mean “Gazette.AMPM”?") && run.out.contains("Not 'o'clock'"), "{}", run.out);
}

#[test]
fn vales_comments_silence_its_styles_only() {
    let folder = house();
    let words = "It is moving forward: the jetty opens at 9 o'clock.";
    let own = ["house/boilerplate", "harbor/pier"];
    for comment in ["vale off", "vale Gazette = NO", "vale Gazette.AMPM = NO"] {
        folder.write("a.md", format!("<!-- {comment} -->\n\n# The pier\n\n{words}\n"));
        assert_eq!(found(&folder, "check --format json"), own, "{comment}");
        let on = comment.replace("off", "on").replace("NO", "YES");
        folder.write("a.md", format!("<!-- {comment} -->\n\nAt 8 o'clock.\n\n<!-- {on} -->\n\n{words}\n"));
        assert_eq!(found(&folder, "check --format json"), [own[0], own[1], "Gazette.AMPM"], "{comment}");
    }
    // What is silenced does not use up a limit.
    let rule = "extends: existence\nmessage: a\nlimit: 1\ntokens: [o'clock]\n";
    folder.write("styles/Gazette/AMPM.yml", rule);
    assert_eq!(found(&folder, "check --format json").len(), 3);
}

#[test]
fn a_sarif_log_describes_the_houses_rules_that_found_something() {
    let folder = house();
    folder.write("b.md", "A jetty.\n");
    let log = folder.run("check --format sarif").json();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let own = rules.iter().find(|rule| rule["id"] == "house/boilerplate").unwrap();
    assert_eq!(own["helpUri"], "https://gazette.example/style");
    assert!(own["help"]["markdown"].as_str().unwrap().contains("It says nothing."));
    assert_eq!(rules.iter().filter(|rule| rule["id"] == "harbor/pier").count(), 1);
}
