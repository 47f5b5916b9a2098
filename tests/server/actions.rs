//! Quick fixes, all safe fixes at once, and hover.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{self, Columns};
use crate::{Folder, capabilities};

const HOUSE: &str = "[terms]\n\"e-mail\" = \"email\"\n\"web site\" = \"website\"\n\"healthcare\" = \"health care\"\n";
const DRAFT: &str = "# Clinics reopen\n\nThe 𝄞 e-mail from the web site came late.\r\n\r\nHealthcare workers wrote an e-mail \
    Tuesday, multiple media outlets reported. “Send an e-mail,” he said.\n";

/// A house, a draft in it, and a client that has it open.
fn desk(name: &str, capabilities: Value) -> (Folder, String, Client) {
    let folder = Folder::new(name);
    folder.write("copydesk.toml", HOUSE);
    let uri = folder.uri("draft.md");
    let mut client = Client::with(capabilities);
    client.open(&uri, "markdown", DRAFT);
    (folder, uri, client)
}

/// The actions there, without those that silence a rule, which have tests of their own.
fn actions(client: &mut Client, uri: &str, range: &Value, only: Value) -> Vec<Value> {
    let mut context = json!({"diagnostics": []});
    if !only.is_null() {
        context["only"] = only;
    }
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
    let actions: Vec<Value> = serde_json::from_value(client.ok("textDocument/codeAction", params)).expect("a list");
    let mends = |action: &Value| !action["title"].as_str().is_some_and(|title| title.starts_with("Ignore "));
    actions.into_iter().filter(mends).collect()
}

#[test]
fn a_quick_fix_makes_the_edits_of_its_diagnostic() {
    for columns in Columns::ALL {
        let (_folder, uri, mut client) = desk("quickfix", capabilities(columns, false));
        let found = client.pushed(&uri, 1);
        let mut fixes = 0;
        for diagnostic in &found {
            let data = diagnostic["data"]["fixes"].as_array().cloned().unwrap_or_default();
            let offered = actions(&mut client, &uri, &diagnostic["range"], json!(["quickfix"]));
            assert_eq!(offered.len(), data.len(), "{diagnostic}");
            for (action, fix) in offered.iter().zip(&data) {
                assert_eq!(action["title"], fix["title"]);
                assert_eq!(action["kind"], "quickfix");
                assert_eq!(action["diagnostics"], json!([diagnostic]));
                assert_eq!(action["edit"]["changes"][&uri], fix["edits"]);
                fixes += 1;
            }
            let preferred = offered.iter().filter(|action| action["isPreferred"] == true).count();
            assert_eq!(preferred, usize::from(data.iter().any(|fix| fix["applicability"] == "safe")));
        }
        assert!(fixes >= 4, "{found:?}");
        client.finish();
    }
}

#[test]
fn fixes_are_offered_where_the_cursor_is_and_of_the_kind_that_is_asked_for() {
    let (_folder, uri, mut client) = desk("kinds", capabilities(Columns::Utf16, false));
    let at = |line: u32, start: u32, end: u32| json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}});
    let mut count = |range: Value, only: Value| {
        let offered = actions(&mut client, &uri, &range, only);
        let of = |kind: &str| offered.iter().filter(|action| action["kind"] == kind).count();
        (of("quickfix"), of("source.fixAll.copydesk"))
    };
    // All safe fixes are offered only to who asks for them, as this client wants each edit at once.
    // “e-mail” stands at 7–13 of the line, after an emoji of two units.
    assert_eq!(count(at(2, 6, 6), Value::Null), (0, 0));
    assert_eq!(count(at(2, 7, 7), Value::Null), (1, 0));
    assert_eq!(count(at(2, 13, 13), Value::Null), (1, 0));
    assert_eq!(count(at(2, 0, 99), Value::Null), (2, 0));
    assert_eq!(count(at(2, 0, 99), json!(["quickfix"])), (2, 0));
    assert_eq!(count(at(2, 0, 99), json!([""])), (2, 1));
    for only in ["source", "source.fixAll", "source.fixAll.copydesk"] {
        assert_eq!(count(at(2, 0, 99), json!([only])), (0, 1), "{only}");
    }
    for only in ["refactor", "source.organizeImports", "source.fix", "source.fixAll.other"] {
        assert_eq!(count(at(2, 0, 99), json!([only])), (0, 0), "{only}");
    }
    client.finish();
}

#[test]
fn an_edit_is_made_when_the_action_is_chosen_where_the_client_can_wait_for_it() {
    let mut capabilities = capabilities(Columns::Utf16, true);
    capabilities["textDocument"]["codeAction"]["dataSupport"] = json!(true);
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({"properties": ["edit"]});
    capabilities["workspace"]["workspaceEdit"] = json!({"documentChanges": true});
    let (_folder, uri, mut client) = desk("resolve", capabilities);
    let found = client.pulled(&uri);
    let offered = actions(&mut client, &uri, &found[0]["range"], Value::Null);
    assert!(offered.len() >= 2 && offered.iter().all(|action| action.get("edit").is_none()), "{offered:?}");
    let resolved = client.ok("codeAction/resolve", offered[0].clone());
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": uri, "version": 1}));
    assert_eq!(change["edits"], found[0]["data"]["fixes"][0]["edits"]);
    // All safe fixes, too.
    let all = offered.iter().find(|action| action["kind"] == "source.fixAll.copydesk").expect("it is offered");
    let resolved = client.ok("codeAction/resolve", all.clone());
    assert!(resolved["edit"]["documentChanges"][0]["edits"].as_array().is_some_and(|edits| edits.len() >= 4));
    // An action of a text that has changed since is void.
    client.change(&uri, 2, json!([{"text": format!("\n{DRAFT}")}]));
    assert_eq!(client.error("codeAction/resolve", offered[0].clone()), -32801);
    let mut forged = offered[0].clone();
    forged["data"]["of"] = json!({"fix": {"diagnostic": 999, "fix": 999}});
    assert_eq!(client.error("codeAction/resolve", forged), -32801);
    client.finish();
}

#[test]
fn a_fix_that_is_not_there_is_an_error() {
    let mut capabilities = capabilities(Columns::Utf16, true);
    capabilities["textDocument"]["codeAction"]["dataSupport"] = json!(true);
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({"properties": ["edit"]});
    let (_folder, uri, mut client) = desk("forged", capabilities);
    let found = client.pulled(&uri);
    let mut forged = actions(&mut client, &uri, &found[0]["range"], json!(["quickfix"])).remove(0);
    forged["data"]["of"] = json!({"fix": {"diagnostic": 999, "fix": 999}});
    assert_eq!(client.error("codeAction/resolve", forged), -32602);
    client.finish();
}

#[test]
fn all_safe_fixes_make_the_text_that_check_fix_makes() {
    for columns in Columns::ALL {
        let (folder, uri, mut client) = desk("fixall", capabilities(columns, false));
        client.pushed(&uri, 1);
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
        let all = actions(&mut client, &uri, &range, json!(["source.fixAll"])).remove(0);
        let mended = model::edited(DRAFT, &all["edit"]["changes"][&uri], columns);

        let path = folder.write("mended.md", DRAFT);
        let program = env!("CARGO_BIN_EXE_copydesk");
        Command::new(program).args(["check", "--fix"]).arg(&path).output().expect("the program runs");
        let expected = fs::read_to_string(&path).expect("the draft is there");
        assert_eq!(mended, expected);
        assert_ne!(mended, DRAFT);

        // With nothing left to mend, nothing is offered.
        client.change(&uri, 2, json!([{"text": mended}]));
        client.pushed(&uri, 2);
        assert_eq!(actions(&mut client, &uri, &range, json!(["source.fixAll"])), Vec::<Value>::new());
        client.finish();
    }
}

#[test]
fn hover_shows_the_page_of_the_rule_that_speaks_there() {
    let hover = |client: &mut Client, uri: &str, line: u32, character: u32| {
        let position = json!({"line": line, "character": character});
        client.ok("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}))
    };
    let (_folder, uri, mut client) = desk("hover", capabilities(Columns::Utf16, false));
    let found = client.pushed(&uri, 1);
    let shown = hover(&mut client, &uri, 2, 9);
    assert_eq!(shown["range"], found[0]["range"]);
    assert_eq!(shown["contents"]["kind"], "markdown");
    let page = shown["contents"]["value"].as_str().expect("a text");
    assert!(page.contains("\n**usage/term**\n") && page.contains("\n**What it flags**\n"), "{page}");
    assert!(page.contains("(https://github.com/copydesk/copydesk/blob/main/rules/usage/term.md)"), "{page}");
    assert!(!page.contains("Examples**") && !page.contains("```draft"), "{page}");
    assert!(!hover(&mut client, &uri, 2, 1).to_string().contains("usage/term"), "no rule speaks there");
    assert_eq!(hover(&mut client, &uri, 0, 3), Value::Null);
    client.finish();

    let mut capabilities = capabilities(Columns::Utf16, false);
    capabilities["textDocument"]["hover"]["contentFormat"] = json!(["plaintext"]);
    let (_folder, uri, mut client) = desk("hover-plain", capabilities);
    let shown = hover(&mut client, &uri, 2, 9);
    assert_eq!(shown["contents"]["kind"], "plaintext");
    let page = shown["contents"]["value"].as_str().expect("a text");
    assert!(page.contains("\nusage/term\n") && page.contains("\nWhat it flags\n"), "{page}");
    client.finish();
}

#[test]
fn a_houses_own_rule_is_shown_with_what_its_file_says() {
    let folder = Folder::new("own-rule");
    folder.write("copydesk.toml", "style = \"none\"\nrules = \"desk\"\n");
    let rule = "extends: existence\nmessage: \"Not '%s'.\"\nwhy: Nobody says so.\nlink: https://gazette.example/style\n\
        examples:\n  - text: A jetty.\n    flagged: [jetty]\ntokens: [jetty]\n";
    folder.write("desk/pier.yml", rule);
    let uri = folder.uri("draft.md");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(&uri, "markdown", "The jetty opens.\n");
    let found = client.pushed(&uri, 1);
    assert_eq!(found[0]["code"], "house/pier");
    assert_eq!(found[0]["codeDescription"]["href"], "https://gazette.example/style");
    let position = json!({"line": 0, "character": 5});
    let shown = client.ok("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}));
    let page = shown["contents"]["value"].as_str().expect("a text");
    for part in ["**house/pier**", "Not '…'.", "Nobody says so.", "<https://gazette.example/style>", "A jetty."] {
        assert!(page.contains(part), "{page}");
    }
    client.finish();
}

#[test]
fn who_asks_for_all_safe_fixes_where_there_are_none_is_told_so() {
    let mut can = capabilities(Columns::Utf16, false);
    can["textDocument"]["codeAction"]["disabledSupport"] = json!(true);
    let uri = "file:///drafts/quiet.txt";
    let mut client = Client::with(can);
    client.open(uri, "plaintext", "The council met on Monday, officials said.\n");
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    let mut ask = |only: &[&str]| {
        let context = json!({"diagnostics": [], "only": only});
        client.ok("textDocument/codeAction", json!({"textDocument": {"uri": uri}, "range": range, "context": context}))
    };
    let told = ask(&["source.fixAll"]);
    assert_eq!(told[0]["disabled"]["reason"], "Nothing in this draft can be mended unseen.");
    assert_eq!(ask(&["quickfix"]), json!([]));
    client.finish();
}
