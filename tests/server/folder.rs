//! The drafts of the folder that are not open: asked for all at once, and again once there is something new.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::Columns;
use crate::{Folder, capabilities};

const SLIP: &str = "The e-mail came late.\n";
const CLEAN: &str = "The email came late.\n";

/// A client that works in the folder and wants all of it checked.
fn working(folder: &Folder, whole: bool) -> Client {
    let mut client = Client::start();
    let params = json!({
        "processId": null,
        "capabilities": capabilities(Columns::Utf16, true),
        "workspaceFolders": [{"uri": folder.uri("").trim_end_matches('/'), "name": "drafts"}],
        "initializationOptions": {"wholeFolder": whole},
    });
    let offered = client.ok("initialize", params);
    assert_eq!(offered["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], whole);
    client.notify("initialized", json!({}));
    client
}

/// The name of a draft, whether its diagnostics are new, and how many there are.
type Told = (String, String, usize);

fn ask(client: &mut Client, had: &[(String, String)]) -> i64 {
    let had: Vec<Value> = had.iter().map(|(uri, value)| json!({"uri": uri, "value": value})).collect();
    client.ask("workspace/diagnostic", json!({"previousResultIds": had}))
}

/// What an answer says, in its order; and the ids in it.
fn told(items: &Value) -> (Vec<Told>, Vec<(String, String)>) {
    let items = items.as_array().expect("a list");
    let uri = |item: &Value| item["uri"].as_str().expect("a URI").to_owned();
    let name = |item: &Value| uri(item).rsplit('/').next().unwrap_or_default().to_owned();
    let kind = |item: &Value| item["kind"].as_str().unwrap_or_default().to_owned();
    let found = |item: &Value| item["items"].as_array().map_or(0, Vec::len);
    let ids = items.iter().filter_map(|item| Some((uri(item), item["resultId"].as_str()?.to_owned())));
    (items.iter().map(|item| (name(item), kind(item), found(item))).collect(), ids.collect())
}

fn full(name: &str, found: usize) -> Told {
    (name.into(), "full".into(), found)
}

fn unchanged(name: &str) -> Told {
    (name.into(), "unchanged".into(), 0)
}

fn changed(client: &mut Client, uri: &str) {
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 2}]}));
}

#[test]
fn what_is_not_open_is_told_once_and_again_when_it_has_changed() {
    let folder = Folder::new("whole");
    folder.write("a.txt", SLIP);
    folder.write("wire/b.md", CLEAN);
    folder.write("notes.csv", SLIP);
    folder.write("broken.txt", "");
    fs::write(folder.0.join("broken.txt"), b"caf\xe9 e-mail").unwrap();
    let mut client = working(&folder, true);
    let answer = ask(&mut client, &[]);
    let (items, ids) = told(&client.answer(answer)["result"]["items"]);
    assert_eq!(items, [full("a.txt", 1), full("b.md", 0)]);

    // Nothing is new: the answer waits until there is. What is read meanwhile has to be the same.
    let held = ask(&mut client, &ids);
    changed(&mut client, &folder.uri("a.txt"));
    assert!(client.rest().iter().all(|message| message["id"] != held), "an answer that says nothing");
    folder.write("wire/b.md", &format!("{SLIP}\n{SLIP}"));
    changed(&mut client, &folder.uri("wire/b.md"));
    let (items, mut ids) = told(&client.answer(held)["result"]["items"]);
    assert_eq!(items, [unchanged("a.txt"), full("b.md", 2)]);

    // A draft that is gone has no diagnostics.
    let held = ask(&mut client, &ids);
    fs::remove_file(folder.0.join("a.txt")).unwrap();
    changed(&mut client, &folder.uri("a.txt"));
    let (items, left) = told(&client.answer(held)["result"]["items"]);
    assert_eq!(items, [full("a.txt", 0), unchanged("b.md")]);
    assert_eq!(left.len(), 1);

    // What drafts are checked against counts for all of them.
    ids.retain(|(uri, _)| uri.ends_with("b.md"));
    let held = ask(&mut client, &ids);
    folder.write("copydesk.toml", "levels = { \"usage/compound\" = \"off\" }\n");
    changed(&mut client, &folder.uri("copydesk.toml"));
    assert_eq!(told(&client.answer(held)["result"]["items"]).0, [full("b.md", 0)]);
    client.finish();
}

#[test]
fn a_draft_that_is_open_is_asked_for_by_itself() {
    let folder = Folder::new("opened");
    folder.write("a.txt", SLIP);
    folder.write("b.txt", SLIP);
    let uri = folder.uri("b.txt");
    let mut client = working(&folder, true);
    client.open(&uri, "plaintext", CLEAN);
    let answer = ask(&mut client, &[]);
    let (items, mut ids) = told(&client.answer(answer)["result"]["items"]);
    assert_eq!(items, [full("a.txt", 1)]);
    // Its own diagnostics are not taken back.
    ids.push((uri.clone(), "7".into()));
    let held = ask(&mut client, &ids);
    client.change(&uri, 2, json!([{"text": SLIP}]));
    assert!(client.rest().iter().all(|message| message["id"] != held));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(told(&client.answer(held)["result"]["items"]).0, [unchanged("a.txt"), full("b.txt", 1)]);
    // What was typed and thrown away is shown until the file is told again, though the file is as the client had it.
    let answer = ask(&mut client, &[]);
    let (_, ids) = told(&client.answer(answer)["result"]["items"]);
    client.open(&uri, "plaintext", CLEAN);
    let held = ask(&mut client, &ids);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(told(&client.answer(held)["result"]["items"]).0, [unchanged("a.txt"), full("b.txt", 1)]);
    // A client asks a last time for what it has closed; the file is what counts.
    assert_eq!(client.pulled(&uri).len(), 1);
    client.finish();
}

#[test]
fn what_was_found_in_a_document_of_no_folder_is_taken_back_when_it_is_closed() {
    let folder = Folder::new("nowhere");
    folder.write("a.txt", SLIP);
    let mut client = working(&folder, true);
    let answer = ask(&mut client, &[]);
    let (_, ids) = told(&client.answer(answer)["result"]["items"]);
    client.open("untitled:Untitled-1", "plaintext", SLIP);
    assert_eq!(client.pulled("untitled:Untitled-1").len(), 1);
    let held = ask(&mut client, &ids);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": "untitled:Untitled-1"}}));
    assert_eq!(client.pulled("untitled:Untitled-1").len(), 0);
    let (items, _) = told(&client.answer(held)["result"]["items"]);
    assert_eq!(items, [full("untitled:Untitled-1", 0), unchanged("a.txt")]);
    client.finish();
}

#[test]
fn parts_and_progress_come_before_the_answer() {
    let folder = Folder::new("parts");
    for number in 0..40 {
        folder.write(&format!("{number:02}.txt"), SLIP);
    }
    let mut client = working(&folder, true);
    let params = json!({"previousResultIds": [], "partialResultToken": "part", "workDoneToken": 7});
    let answer = client.ask("workspace/diagnostic", params);
    assert_eq!(client.answer(answer)["result"], json!({"items": []}));
    let sent = client.rest();
    let of =
        |token: Value| sent.iter().filter(move |it| it["params"]["token"] == token).map(|it| &it["params"]["value"]);
    let names: Vec<_> = of("part".into()).flat_map(|value| told(&value["items"]).0).collect();
    assert_eq!(names, (0..40).map(|number| full(&format!("{number:02}.txt"), 1)).collect::<Vec<_>>());
    let steps: Vec<_> = of(7.into()).map(|value| value["kind"].as_str().unwrap_or_default()).collect();
    assert_eq!((steps.first(), steps.last(), steps.len()), (Some(&"begin"), Some(&"end"), 41));
    client.finish();
}

#[test]
fn an_answer_that_waits_can_be_cancelled() {
    let folder = Folder::new("cancelled");
    let mut client = working(&folder, false);
    let held = ask(&mut client, &[]);
    client.notify("$/cancelRequest", json!({"id": held}));
    assert_eq!(client.answer(held)["error"]["code"], -32800);
    client.finish();
}

#[test]
fn nothing_is_read_until_the_editor_wants_it_and_then_all_folders_are() {
    let (folder, other) = (Folder::new("unwanted"), Folder::new("other"));
    folder.write("a.txt", SLIP);
    other.write("b.txt", SLIP);
    let mut client = working(&folder, false);
    let held = ask(&mut client, &[]);
    assert!(client.rest().iter().all(|message| message["id"] != held));
    let named = |folder: &Folder| json!({"uri": folder.uri("").trim_end_matches('/'), "name": "drafts"});
    let event = json!({"event": {"added": [named(&other)], "removed": []}});
    client.notify("workspace/didChangeWorkspaceFolders", event);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"wholeFolder": true}}}));
    let (items, ids) = told(&client.answer(held)["result"]["items"]);
    assert_eq!(items, [full("a.txt", 1), full("b.txt", 1)]);
    let held = ask(&mut client, &ids);
    let event = json!({"event": {"added": [], "removed": [named(&folder)]}});
    client.notify("workspace/didChangeWorkspaceFolders", event);
    assert_eq!(told(&client.answer(held)["result"]["items"]).0, [full("a.txt", 0), unchanged("b.txt")]);
    client.finish();
}

#[test]
fn the_words_of_a_rule_are_no_draft_and_what_can_no_longer_be_read_has_no_diagnostics() {
    let folder = Folder::new("styles");
    folder.write("copydesk.toml", "[vale]\npath = \"styles\"\nstyles = [\"Gazette\"]\nvocabularies = [\"Desk\"]\n");
    folder.write("styles/Gazette/Pier.yml", "extends: existence\nmessage: No '%s'.\ntokens: [jetty]\n");
    folder.write("styles/config/vocabularies/Desk/accept.txt", SLIP);
    folder.write("a.txt", SLIP);
    let mut client = working(&folder, true);
    let answer = ask(&mut client, &[]);
    let (items, ids) = told(&client.answer(answer)["result"]["items"]);
    assert_eq!(items, [full("a.txt", 1)]);
    let held = ask(&mut client, &ids);
    fs::write(folder.0.join("a.txt"), b"caf\xe9 e-mail").unwrap();
    changed(&mut client, &folder.uri("a.txt"));
    assert_eq!(told(&client.answer(held)["result"]["items"]).0, [full("a.txt", 0)]);
    client.finish();
}
