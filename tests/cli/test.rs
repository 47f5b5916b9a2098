//! `copydesk test`: a house's own rules, tried on their examples and on past stories.

use super::support::{Folder, Run};

const CONFIG: (&str, &str) = ("copydesk.toml", "rules = \"desk\"\n");

/// A rule with the examples given.
fn rule(examples: &str) -> String {
    format!(
        "extends: substitution\nmessage: \"Write “%s”, not “%s”.\"\nignorecase: true\nswap:\n  \
         harbor's edge: waterfront\n{examples}"
    )
}

const GOOD: &str = "examples:\n  - text: Harbor’s edge was shut.\n    flagged: Harbor’s edge\n    \
    fixed: Waterfront was shut.\n  - text: “Harbor’s edge is old,” Ann Roe said.\n";

fn tested(examples: &str) -> Run {
    Folder::new(&[CONFIG, ("desk/waterfront.yml", &rule(examples))]).run("test")
}

#[test]
fn examples_that_are_as_they_say_pass() {
    let run = tested(GOOD).exits(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("2 examples of 1 rule: all pass.\n", ""));
}

#[test]
fn what_is_flagged_otherwise_is_shown_in_the_draft() {
    let run = tested(
        "examples:\n  - text: |\n      The pier is old.\n      Harbor’s edge was shut.\n    flagged: Harbor’s\n  - \
         text: The pier.\n    flagged: jetty\n  - text: Of harbor's edge.\n",
    );
    let expected = "\
house/waterfront: desk/waterfront.yml:7

  Flagged (- the example, + the rule):

      The pier is old.
      Harbor’s edge was shut.
    - ^^^^^^^^
    + ^^^^^^^^^^^^^

    “Harbor’s edge”: Write “Waterfront”, not “Harbor’s edge”.

house/waterfront: desk/waterfront.yml:11

  Flagged (- the example, + the rule):

      The pier.

    The example says that “jetty” is flagged, and its text has no such words there.

house/waterfront: desk/waterfront.yml:13

  Flagged (- the example, + the rule):

      Of harbor's edge.
    +    ^^^^^^^^^^^^^

    “harbor's edge”: Write “waterfront”, not “harbor's edge”.

3 of 3 examples of 1 rule failed.
";
    assert_eq!(run.exits(1).out, expected);
}

#[test]
fn what_is_fixed_otherwise_is_shown_as_a_diff() {
    let run = tested(&GOOD.replace("fixed: Waterfront", "fixed: The waterfront")).exits(1);
    let diff = "  Fixed (- the example, + the rule):\n\n    - The waterfront was shut.\n    + Waterfront was shut.\n";
    assert!(run.out.contains(diff) && !run.out.contains("Flagged"), "{}", run.out);
    let run = tested("examples:\n  - text: The pier.\n    fixed: A pier.\n").exits(1);
    assert!(run.out.contains("offers no fix here"), "{}", run.out);
    let again = rule("  pier: old pier\nexamples:\n  - {text: The pier., flagged: pier, fixed: The old pier.}\n");
    let run = Folder::new(&[CONFIG, ("desk/again.yml", &again)]).run("test").exits(1);
    assert!(run.out.contains("house/again flags its own fix: “pier”"), "{}", run.out);
}

#[test]
fn only_the_rule_itself_is_on_whatever_the_house_says() {
    let config = "rules = \"desk\"\n[levels]\n\"house/waterfront\" = \"off\"\n[terms]\nshut = \"closed\"\n";
    let other = rule("preview: true\nexamples:\n  - {text: Of harbor's edge., flagged: harbor's edge}\n");
    let files = [("copydesk.toml", config), ("desk/waterfront.yml", &rule(GOOD)), ("desk/harbor/other.yml", &other)];
    assert_eq!(Folder::new(&files).run("test").exits(0).out, "3 examples of 2 rules: all pass.\n");
}

#[test]
fn rules_are_tested_where_they_are() {
    let files = [
        CONFIG,
        ("desk/waterfront.yml", &*rule(GOOD)),
        ("desk/harbor/pier.yml", &rule("")),
        ("new/a.yml", &rule(GOOD)),
    ];
    let folder = Folder::new(&files);
    folder.write("drafts/a.txt", "");
    let house = "2 examples of 1 rule: all pass.\n1 rule has no examples: harbor/pier.\n";
    for line in ["test", "test .", "test desk", "test drafts"] {
        assert_eq!(folder.run(line).exits(0).out, house, "{line}");
    }
    for line in ["test desk/waterfront.yml", "test new", "test new/a.yml"] {
        assert_eq!(folder.run(line).exits(0).out, "2 examples of 1 rule: all pass.\n", "{line}");
    }
    folder.run("test desk/harbor").exits(2).complains("no rule has examples");
    folder.run("test nowhere").exits(2).complains("there is no such file");
    folder.write("copydesk.toml", "rules = \"desks\"\n");
    folder.run("test").exits(2).complains("desks: there is no such file");
    folder.write("copydesk.toml", "");
    folder.run("test").exits(2).complains("names no folder of rules");
    folder.run("test drafts").exits(2).complains("names no folder of rules");
}

#[test]
fn a_rule_file_with_mistakes_is_told_and_the_others_are_tested() {
    let files = [CONFIG, ("desk/waterfront.yml", &*rule(GOOD)), ("desk/bad.yml", "extends: existance\nmessage: a\n")];
    let run = Folder::new(&files).run("test").exits(2);
    for told in ["desk/bad.yml:1:10", "Did you mean “existence”?", "1 rule file has mistakes.", "all pass."] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
}

#[test]
fn a_rule_has_no_name_that_a_built_in_one_has() {
    let folder = Folder::new(&[CONFIG, ("desk/usage/term.yml", &rule(GOOD)), ("a.txt", "Of harbor's edge.\n")]);
    assert!(folder.run("test").exits(2).err.contains("no rule has examples"));
    assert!(folder.run("check").exits(2).out.contains("There is a rule usage/term already"));
}

#[test]
fn past_stories_show_what_a_rule_would_have_flagged() {
    let pier = "extends: existence\nmessage: \"Not “%s”.\"\npreview: true\ntokens: [jetty]\n";
    let folder = Folder::new(&[CONFIG, ("desk/waterfront.yml", &rule(GOOD)), ("desk/harbor/jetty.yml", pier)]);
    folder.write("old/a.txt", "A jetty of harbor’s edge, a jetty.\n");
    folder.write("old/b.md", "Of harbor's *edge*.\n\n<!-- copydesk ignore: house — so -->\nOf harbor's edge.\n");
    let run = folder.run("test --on old --show 1").exits(0);
    let expected = "\
warning[harbor/jetty]: Not “jetty”.
  ╭▸ old/a.txt:1:3
1 │ A jetty of harbor’s edge, a jetty.
  ╰╴  ━━━━━

warning[house/waterfront]: Write “waterfront”, not “harbor’s edge”.
  ╭▸ old/a.txt:1:12
1 │ A jetty of harbor’s edge, a jetty.
  │            ━━━━━━━━━━━━━
  │
  ╰ possible fix: Write “waterfront”

Alerts  Drafts  Per 1,000 words  Rule
     2       1           100.00  harbor/jetty
     2       2           100.00  house/waterfront

2 drafts read, 20 words.
";
    let lines: Vec<&str> = run.out.lines().map(str::trim_end).collect();
    assert_eq!(lines.join("\n") + "\n", expected);
    assert_eq!(folder.run("test --on old").exits(0).out.matches("━━━━━").count(), 4 + 2);
    assert!(folder.run("test --on old --show 0").exits(0).out.starts_with("Alerts "));
    folder.run("test --on nowhere.txt").exits(2).complains("there is no such file");
    folder.run("test --show 4").exits(2).complains("--on");
}

#[test]
fn the_rules_of_all_folders_are_tried_and_a_nearer_one_stands_for_another_of_its_name() {
    let folder = Folder::new(&[
        ("house/house.toml", "rules = \"rules\"\n"),
        ("house/rules/waterfront.yml", &rule("examples:\n  - text: Of harbor's edge.\n")),
        ("house/rules/pier.yml", &rule(GOOD)),
        ("desk/copydesk.toml", "extends = \"../house/house.toml\"\nrules = \"own\"\n"),
        ("desk/own/waterfront.yml", &rule(GOOD)),
    ]);
    let run = folder.run("test desk").exits(0);
    assert_eq!(run.out, "4 examples of 2 rules: all pass.\n");
    let run = folder.run("test house/rules").exits(1);
    assert!(run.out.contains("1 of 3 examples"), "{}", run.out);
}
