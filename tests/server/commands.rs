//! Commands that the editor runs: what they do to the house's files, and what the user is told.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{self, Columns};
use crate::{Folder, capabilities};

const SLIP: &str = "The e-mail came late.\n";
const TERMS: &str = "copydesk.toml";

/// A client that works in the folder.
fn working(folder: &Folder) -> Client {
    let mut client = Client::start();
    let mut capabilities = capabilities(Columns::Utf16, false);
    capabilities["window"] = json!({"workDoneProgress": true});
    let params = json!({
        "processId": null,
        "capabilities": capabilities,
        "workspaceFolders": [{"uri": folder.uri("").trim_end_matches('/'), "name": "drafts"}],
    });
    let offered = client.ok("initialize", params);
    let commands = &offered["capabilities"]["executeCommandProvider"]["commands"];
    assert_eq!(commands.as_array().map(Vec::len), Some(4), "{offered}");
    client.notify("initialized", json!({}));
    client
}

/// Runs a command: how loudly the user is told of it, and what.
fn run(client: &mut Client, command: &str, argument: Value) -> (i64, String) {
    let params = json!({"command": format!("copydesk.{command}"), "arguments": [argument]});
    assert_eq!(client.ok("workspace/executeCommand", params), Value::Null);
    let told = client.until(|message| message["method"] == "window/showMessage");
    (told["params"]["type"].as_i64().unwrap_or_default(), told["params"]["message"].as_str().unwrap_or_default().into())
}

fn done(client: &mut Client, command: &str, argument: Value) -> String {
    let (kind, message) = run(client, command, argument);
    assert_eq!(kind, 3, "{message}");
    message
}

fn refused(client: &mut Client, command: &str, argument: Value) -> String {
    let (kind, message) = run(client, command, argument);
    assert_eq!(kind, 2, "{message}");
    message
}

fn term(uri: &str, wrong: &str, right: &str) -> Value {
    json!({"textDocument": {"uri": uri}, "wrong": wrong, "right": right})
}

/// Waits until these rules, and no others, speak of a document.
fn until_codes(client: &mut Client, uri: &str, codes: &[&str]) {
    client.until(|message| {
        let found = message["params"]["diagnostics"].as_array();
        let codes_of = |found: &Vec<Value>| found.iter().map(|it| it["code"].clone()).collect::<Vec<_>>();
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == uri
            && found.is_some_and(|found| codes_of(found) == codes)
    });
}

#[test]
fn a_term_counts_as_soon_as_it_is_added() {
    let folder = Folder::new("term");
    let uri = folder.uri("desk/draft.txt");
    let mut client = working(&folder);
    client.open(&uri, "plaintext", "The zine came late.\n");
    until_codes(&mut client, &uri, &[]);
    // No configuration is there yet: one is made in the folder, with all that it explains.
    let told = done(&mut client, "addTerm", term(&uri, " zine", "magazine  paper"));
    assert_eq!(told, "The house writes “magazine paper” for “zine” from now on. That is in copydesk.toml.");
    until_codes(&mut client, &uri, &["usage/term"]);
    let text = folder.read(TERMS);
    assert!(text.contains("[terms]\nzine = \"magazine paper\"\n"), "{text}");
    assert!(text.contains("# headline-length = 80"), "{text}");

    let told = refused(&mut client, "addTerm", term(&uri, "zine", "paper"));
    assert!(told.starts_with("copydesk.toml is left as it is: it has “zine” already"), "{told}");
    folder.write(TERMS, "[terms\n");
    let told = refused(&mut client, "addTerm", term(&uri, "memo", "note"));
    assert!(told.contains("has mistakes in it. Mend them first."), "{told}");
    assert_eq!(folder.read(TERMS), "[terms\n");
    client.finish();
}

#[test]
fn a_term_goes_where_the_house_keeps_them() {
    let folder = Folder::new("list");
    let uri = folder.uri("draft.txt");
    folder.write(TERMS, "word-list = \"lists/terms.csv\"\n");
    folder.write("lists/terms.csv", "wrong,why,right\n");
    let mut client = working(&folder);
    client.open(&uri, "plaintext", "The zine came late.\n");
    let told = done(&mut client, "addTerm", term(&uri, "zine", "paper, weekly"));
    assert!(told.ends_with("That is in lists/terms.csv."), "{told}");
    until_codes(&mut client, &uri, &["usage/term"]);
    assert_eq!(folder.read("lists/terms.csv"), "wrong,why,right\nzine,,\"paper, weekly\"\n");
    client.finish();
}

#[test]
fn a_file_that_is_open_gets_an_edit_and_is_not_written() {
    let folder = Folder::new("opened-house");
    let (uri, house) = (folder.uri("draft.txt"), folder.uri(TERMS));
    folder.write(TERMS, "style = \"ap\"\n");
    let typed = "style = \"bbc\" # 𝄞\n[terms]\n# none yet\n";
    let mut client = working(&folder);
    client.open(&uri, "plaintext", SLIP);
    client.open(&house, "toml", typed);
    let told = done(&mut client, "addTerm", term(&uri, "zine", "paper"));
    assert!(told.contains("which is open: save it"), "{told}");
    let asked = client.until(|message| message["method"] == "workspace/applyEdit");
    let text = model::edited(typed, &asked["params"]["edit"]["changes"][&house], Columns::Utf16);
    assert_eq!(text, "style = \"bbc\" # 𝄞\n[terms]\nzine = \"paper\"\n# none yet\n");
    assert_eq!(folder.read(TERMS), "style = \"ap\"\n");

    // What the editor does not do is told.
    client.answers = false;
    done(&mut client, "addTerm", term(&uri, "memo", "note"));
    let asked = client.until(|message| message["method"] == "workspace/applyEdit");
    let refused = json!({"applied": false, "failureReason": "it is locked"});
    client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": refused}));
    let told = client.until(|message| message["method"] == "window/showMessage");
    let told = told["params"]["message"].as_str().expect("words").to_owned();
    assert_eq!(told, "The editor did not make the edit of copydesk.toml (it is locked). Try again.");
    client.finish();
}

#[test]
fn an_acronym_is_offered_to_the_house_and_then_known() {
    let folder = Folder::new("acronym");
    let uri = folder.uri("draft.md");
    let mut client = working(&folder);
    client.open(&uri, "markdown", "The harbor belongs to the HPW, the mayor said.\n");
    let found = client.pushed(&uri, 1);
    let context = json!({"diagnostics": [], "only": ["quickfix"]});
    let params = json!({"textDocument": {"uri": uri}, "range": found[0]["range"], "context": context});
    let offered: Vec<Value> = serde_json::from_value(client.ok("textDocument/codeAction", params)).expect("a list");
    let action = offered.iter().find(|action| action["command"].is_object()).expect("a command");
    assert_eq!(action["title"], "Add “HPW” to the acronyms that the house’s readers know");
    assert_eq!(&client.ok("codeAction/resolve", action.clone()), action, "there is nothing to fill in");
    let command = &action["command"];
    client.ok("workspace/executeCommand", json!({"command": command["command"], "arguments": command["arguments"]}));
    until_codes(&mut client, &uri, &[]);
    assert!(folder.read(TERMS).contains("known = [\"HPW\"]\n"));
    client.finish();
}

#[test]
fn what_is_reported_at_a_place_is_ignored() {
    let folder = Folder::new("ignore");
    let (plain, marked) = (folder.uri("draft.txt"), folder.uri("draft.md"));
    let mut client = working(&folder);
    let at = |uri: &str, character: u32| {
        let place = json!({"line": 0, "character": character});
        json!({"textDocument": {"uri": uri}, "range": {"start": place, "end": place}})
    };
    client.open(&plain, "plaintext", SLIP);
    client.open(&marked, "markdown", SLIP);
    assert_eq!(refused(&mut client, "ignore", at(&plain, 16)), "Nothing is reported here.");
    assert!(refused(&mut client, "ignore", at(&plain, 6)).contains("Make one, or write the baseline."));
    done(&mut client, "ignore", at(&marked, 6));
    let asked = client.until(|message| message["method"] == "workspace/applyEdit");
    let text = model::edited(SLIP, &asked["params"]["edit"]["changes"][&marked], Columns::Utf16);
    assert!(text.contains("<!-- copydesk"), "{text}");

    folder.write(TERMS, "");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    let told = done(&mut client, "ignore", at(&plain, 6));
    assert_eq!(told, "“usage/compound” stands here. That is in copydesk-baseline.toml.");
    until_codes(&mut client, &plain, &[]);
    assert!(refused(&mut client, "ignore", at("untitled:Untitled-1", 6)).contains("not open"));
    client.finish();
}

#[test]
fn the_baseline_of_one_draft_or_of_all_is_written() {
    let folder = Folder::new("standing");
    let (uri, other) = (folder.uri("draft.txt"), folder.uri("wire/other.txt"));
    folder.write("draft.txt", "All was well.\n");
    folder.write("wire/other.txt", SLIP);
    fs::write(folder.0.join("broken.txt"), b"caf\xe9 e-mail").expect("it can be written");
    let mut client = working(&folder);
    // What is typed counts, saved or not.
    client.open(&uri, "plaintext", SLIP);
    until_codes(&mut client, &uri, &["usage/compound"]);
    let told = done(&mut client, "writeBaseline", json!({"textDocument": {"uri": uri}}));
    assert_eq!(told, "1 finding stands, 1 of them new; 0 dropped. That is in copydesk-baseline.toml.");
    until_codes(&mut client, &uri, &[]);
    assert!(folder.0.join(TERMS).exists(), "the baseline stands beside it");
    client.open(&other, "plaintext", SLIP);
    until_codes(&mut client, &other, &["usage/compound"]);

    let told = done(&mut client, "writeBaseline", Value::Null);
    let (stand, left) = told.split_once(". 1 draft was left out: ").expect("what is not UTF-8");
    assert_eq!(stand, "2 findings stand, 1 of them new; 0 dropped. That is in copydesk-baseline.toml");
    assert!(left.starts_with("broken.txt: not UTF-8: line 1, byte 4"), "{left}");
    until_codes(&mut client, &other, &[]);
    assert_eq!(folder.read("copydesk-baseline.toml").matches("words = \"e-mail\"").count(), 2);
    // The work was shown from its beginning to its end.
    let shown: Vec<Value> = client.rest().into_iter().filter(|message| message["method"] == "$/progress").collect();
    let kinds: Vec<&str> = shown.iter().filter_map(|message| message["params"]["value"]["kind"].as_str()).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&"begin"), Some(&"end")), "{kinds:?}");

    folder.write("copydesk-baseline.toml", "stet = [");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    let told = refused(&mut client, "writeBaseline", Value::Null);
    assert!(told.contains("Mend them first."), "{told}");
    assert_eq!(folder.read("copydesk-baseline.toml"), "stet = [");
    let told = refused(&mut client, "writeBaseline", json!({"textDocument": {"uri": folder.uri("gone.txt")}}));
    assert!(told.contains("gone.txt: there is no such file"), "{told}");
    let told = refused(&mut client, "writeBaseline", json!({"textDocument": {"uri": "untitled:Untitled-1"}}));
    assert!(told.contains("Save the draft first"), "{told}");
    client.finish();
}

#[test]
fn where_nothing_is_found_nothing_is_written() {
    let folder = Folder::new("clean");
    folder.write("draft.txt", "All was well.\n");
    let mut client = working(&folder);
    for which in [Value::Null, json!({"textDocument": {"uri": folder.uri("draft.txt")}})] {
        assert_eq!(refused(&mut client, "writeBaseline", which), "Nothing is found that could stand.");
    }
    let files: Vec<_> =
        fs::read_dir(&folder.0).expect("a folder").map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(files, ["draft.txt"]);
    folder.write(TERMS, "");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(done(&mut client, "writeBaseline", Value::Null), "Nothing is found that could stand.");
    assert!(!folder.0.join("copydesk-baseline.toml").exists());
    client.finish();
}

#[test]
fn a_baseline_that_is_cancelled_is_left_as_it_is() {
    let folder = Folder::new("cancelled");
    for number in 0..300 {
        folder.write(&format!("{number}.txt"), SLIP);
    }
    let mut client = working(&folder);
    let asked = client.ask("workspace/executeCommand", json!({"command": "copydesk.writeBaseline"}));
    let begun = client.until(|message| message["params"]["value"]["kind"] == "begin");
    assert_eq!(begun["params"]["value"]["cancellable"], true);
    client.notify("window/workDoneProgress/cancel", json!({"token": begun["params"]["token"]}));
    let told = client.until(|message| message["method"] == "window/showMessage");
    assert_eq!(told["params"]["message"], "The baseline was left as it is.");
    client.answer(asked);
    assert!(!folder.0.join("copydesk-baseline.toml").exists());
    client.finish();
}

#[test]
fn a_call_that_makes_no_sense_is_an_error() {
    let folder = Folder::new("nonsense");
    let mut client = working(&folder);
    for (command, arguments) in [
        ("copydesk.addTerm", json!([])),
        ("copydesk.addTerm", json!([{"textDocument": {"uri": folder.uri("a.txt")}, "wrong": "a"}])),
        ("copydesk.ignore", json!(["here"])),
        ("copydesk.spike", json!([])),
    ] {
        let params = json!({"command": command, "arguments": arguments});
        assert_eq!(client.error("workspace/executeCommand", params), -32602, "{command}");
    }
    client.finish();
}
