//! Comments and the baseline that silence a rule: what they do to an open draft, and the quick fixes that write them.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{self, Columns};
use crate::{Folder, capabilities};

const DRAFT: &str = "The 𝄞 bridge closed Tuesday, multiple media outlets reported.\n";
const FILE: &str = "copydesk-baseline.toml";

/// The quick fixes at the first diagnostic that silence it.
fn silencing(client: &mut Client, uri: &str, range: &Value) -> Vec<Value> {
    let context = json!({"diagnostics": [], "only": ["quickfix"]});
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
    let offered: Vec<Value> = serde_json::from_value(client.ok("textDocument/codeAction", params)).expect("a list");
    let silences = |action: &Value| {
        let title = action["title"].as_str().unwrap_or_default();
        title.starts_with("Ignore ") || title.starts_with("Add to the baseline")
    };
    let first = offered.iter().position(silences).unwrap_or(offered.len());
    assert!(offered[first..].iter().all(|action| silences(action) && action["isPreferred"] == false), "{offered:?}");
    offered[first..].to_vec()
}

fn next(client: &mut Client, uri: &str) -> Vec<Value> {
    let mut message = client
        .until(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri);
    serde_json::from_value(message["params"]["diagnostics"].take()).expect("a list")
}

/// Waits until these rules, and no others, speak of a document.
fn until_codes(client: &mut Client, uri: &str, codes: &[&str]) {
    client.until(|message| {
        let found = message["params"]["diagnostics"].as_array();
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == uri
            && found
                .is_some_and(|found| found.iter().map(|it| it["code"].as_str().unwrap_or("")).eq(codes.iter().copied()))
    });
}

fn creating(columns: Columns) -> Value {
    let mut capabilities = capabilities(columns, false);
    capabilities["workspace"]["workspaceEdit"] = json!({"documentChanges": true, "resourceOperations": ["create"]});
    capabilities
}

#[test]
fn a_comment_is_written_into_markdown_and_asks_for_the_reason() {
    for columns in Columns::ALL {
        let folder = Folder::new("comment");
        let uri = folder.uri("draft.md");
        let mut client = Client::with(capabilities(columns, false));
        client.open(&uri, "markdown", DRAFT);
        let found = client.pushed(&uri, 1);
        let offered = silencing(&mut client, &uri, &found[0]["range"]);
        let titles: Vec<&str> = offered.iter().filter_map(|action| action["title"].as_str()).collect();
        let expected = ["Ignore here: ", "Ignore in this paragraph: ", "Ignore in this file: "]
            .map(|title| format!("{title}attribution/unnamed-media"));
        assert_eq!(titles, expected);
        for (version, action) in offered.iter().enumerate() {
            let text = model::edited(DRAFT, &action["edit"]["changes"][&uri], columns);
            let version = version as i64 + 2;
            client.change(&uri, version, json!([{"text": text}]));
            let left = client.pushed(&uri, version);
            assert_eq!(left.len(), 1, "{text}");
            assert_eq!(left[0]["code"], "config/suppression-reason", "{text}");
            assert_eq!(
                silencing(&mut client, &uri, &left[0]["range"]),
                [] as [Value; 0],
                "a slip of its own is mended"
            );
            let text = text.replace("— -->", "— as they asked -->");
            client.change(&uri, version + 10, json!([{"text": text}]));
            assert_eq!(client.pushed(&uri, version + 10), Vec::<Value>::new(), "{text}");
        }
        client.finish();
    }
}

#[test]
fn an_entry_is_added_to_the_baseline_which_is_made_where_there_is_none() {
    let folder = Folder::new("entry");
    let (uri, baseline) = (folder.uri("wire/draft.txt"), folder.uri(FILE));
    folder.write("copydesk.toml", "");
    let mut client = Client::with(creating(Columns::Utf16));
    client.open(&uri, "plaintext", DRAFT);
    let found = client.pushed(&uri, 1);
    let offered = silencing(&mut client, &uri, &found[0]["range"]);
    assert_eq!(offered[0]["title"], "Add to the baseline: attribution/unnamed-media");
    assert_eq!(offered.len(), 1);
    let changes = &offered[0]["edit"]["documentChanges"];
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(baseline)));
    assert_eq!(changes[1]["textDocument"], json!({"uri": baseline, "version": null}));
    let text = model::edited("", &changes[1]["edits"], Columns::Utf16);
    assert!(
        text.contains("\n  { draft = \"wire/draft.txt\", rule = \"attribution/unnamed-media\", before = \""),
        "{text}"
    );
    // As the editor saves it.
    folder.write(FILE, &text);
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": baseline, "type": 1}]}));
    until_codes(&mut client, &uri, &[]);
    // The same slip made once more is new, and goes into the file that there is, if it is open into its text.
    let more = format!("{DRAFT}\nTwo cars burned, multiple media outlets reported.\n");
    client.change(&uri, 2, json!([{"text": more}]));
    let found = client.pushed(&uri, 2);
    assert_eq!(found.len(), 1, "{found:?}");
    client.open(&baseline, "toml", &text);
    next(&mut client, &baseline);
    let offered = silencing(&mut client, &uri, &found[0]["range"]);
    let change = &offered[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": baseline, "version": 1}));
    let text = model::edited(&text, &change["edits"], Columns::Utf16);
    assert_eq!(text.matches("{ draft").count(), 2, "{text}");
    // What is typed counts before it is saved.
    client.change(&baseline, 2, json!([{"text": text}]));
    until_codes(&mut client, &uri, &[]);
    client.finish();
}

#[test]
fn a_client_that_makes_no_files_is_offered_the_baseline_that_is_there() {
    let folder = Folder::new("there");
    let uri = folder.uri("draft.txt");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(&uri, "plaintext", DRAFT);
    let found = client.pushed(&uri, 1);
    assert_eq!(silencing(&mut client, &uri, &found[0]["range"]), [] as [Value; 0], "there is no configuration");
    folder.write("copydesk.toml", "baseline = \"old.toml\"\n");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    next(&mut client, &uri);
    assert_eq!(silencing(&mut client, &uri, &found[0]["range"]), [] as [Value; 0], "nor a baseline");
    folder.write("old.toml", "stet = [\n]\n");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    next(&mut client, &uri);
    let offered = silencing(&mut client, &uri, &found[0]["range"]);
    let edits = &offered[0]["edit"]["changes"][&folder.uri("old.toml")];
    assert!(model::edited("stet = [\n]\n", edits, Columns::Utf16).starts_with("stet = [\n  { draft = \"draft.txt\""));
    client.finish();
}

#[test]
fn an_edit_of_the_baseline_is_made_when_the_action_is_chosen() {
    let folder = Folder::new("chosen");
    folder.write("copydesk.toml", "");
    let uri = folder.uri("draft.txt");
    let mut capabilities = creating(Columns::Utf8);
    capabilities["textDocument"]["codeAction"]["dataSupport"] = json!(true);
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = json!({"properties": ["edit"]});
    let mut client = Client::with(capabilities);
    client.open(&uri, "plaintext", DRAFT);
    let found = client.pushed(&uri, 1);
    let offered = silencing(&mut client, &uri, &found[0]["range"]);
    assert_eq!(offered[0].get("edit"), None);
    let chosen = client.ok("codeAction/resolve", offered[0].clone());
    assert_eq!(chosen["edit"]["documentChanges"][0]["kind"], "create");
    let mut forged = offered[0].clone();
    forged["data"]["of"]["silence"]["diagnostic"] = json!(99);
    assert_eq!(client.error("codeAction/resolve", forged), -32602);
    client.finish();
}

#[test]
fn entries_that_hold_nothing_back_are_told_in_an_open_baseline() {
    let folder = Folder::new("idle");
    let (uri, baseline) = (folder.uri("draft.txt"), folder.uri(FILE));
    let entry = |draft: &str| {
        format!(
            "  {{ draft = \"{draft}\", rule = \"attribution/unnamed-media\", words = \"multiple media outlets reported\", after = \".\" }},\n"
        )
    };
    let text = format!("stet = [\n{}{}]\n", entry("draft.txt"), entry("not-open.txt"));
    folder.write("copydesk.toml", "");
    folder.write(FILE, &text);
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(&uri, "plaintext", "The bridge closed, multiple media outlets reported.\n");
    assert_eq!(next(&mut client, &uri).len(), 1, "too little stands around such words to know them by");
    // Editors that know no TOML call it plain text.
    client.open(&baseline, "plaintext", &text);
    until_codes(&mut client, &baseline, &["config/unused-suppression"]);
    client.change(&baseline, 2, json!([{"text": text.replace("words", "wrods")}]));
    until_codes(&mut client, &baseline, &["config/mistake"; 4]);
    let known = text.replace("words", "before = \"The bridge closed,\", words");
    client.change(&baseline, 3, json!([{"text": known}]));
    until_codes(&mut client, &baseline, &[]);
    until_codes(&mut client, &uri, &[]);
    // The draft is mended: its entry has nothing left to hold back.
    client.change(&uri, 2, json!([{"text": "The bridge closed, NHK reported.\n"}]));
    until_codes(&mut client, &baseline, &["config/unused-suppression"]);
    client.change(&uri, 3, json!([{"text": "The bridge closed, multiple media outlets reported.\n"}]));
    until_codes(&mut client, &baseline, &[]);
    fs::remove_file(folder.0.join(FILE)).expect("it is there");
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": baseline}}));
    until_codes(&mut client, &uri, &["attribution/unnamed-media"]);
    client.finish();
}
