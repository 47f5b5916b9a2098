//! Configuration from `copydesk.toml` and from the editor, and what changes when it changes.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::Columns;
use crate::{Folder, capabilities};

const DRAFT: &str = "The bridge closed Tuesday, multiple media outlets reported.\n";
const OFF: &str = "[levels]\n\"attribution/unnamed-media\" = \"off\"\n";
const BROKEN: &str = "[levels]\n\"attribution/unamed-media\" = \"off\"\n";

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|it| it["code"].as_str()).collect()
}

fn watched(client: &mut Client, uri: &str) {
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri, "type": 2}]}));
}

/// The next diagnostics that are pushed for a document.
fn next(client: &mut Client, uri: &str) -> Vec<Value> {
    let mut message = client
        .until(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri);
    serde_json::from_value(message["params"]["diagnostics"].take()).expect("a list")
}

#[test]
fn the_file_is_watched_and_read_again_when_it_changes() {
    let folder = Folder::new("watched");
    let uri = folder.uri("wire/draft.txt");
    let mut capabilities = capabilities(Columns::Utf16, false);
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let mut client = Client::with(capabilities);
    let registered = client.until(|message| message["method"] == "client/registerCapability");
    let registration = &registered["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    assert_eq!(registration["registerOptions"]["watchers"][0]["globPattern"], "**/copydesk.toml");

    client.open(&uri, "plaintext", DRAFT);
    assert_eq!(codes(&next(&mut client, &uri)), ["attribution/unnamed-media"]);
    let file = folder.write("copydesk.toml", OFF);
    watched(&mut client, &folder.uri("copydesk.toml"));
    assert_eq!(codes(&next(&mut client, &uri)), [] as [&str; 0]);
    folder.write("wire/copydesk.toml", "[levels]\nattribution = \"error\"\n");
    watched(&mut client, &folder.uri("wire/copydesk.toml"));
    assert_eq!(next(&mut client, &uri)[0]["severity"], 1);
    fs::remove_dir_all(folder.0.join("wire")).expect("it is there");
    watched(&mut client, &folder.uri("wire/copydesk.toml"));
    assert_eq!(codes(&next(&mut client, &uri)), [] as [&str; 0]);
    fs::remove_file(file).expect("it is there");
    watched(&mut client, &folder.uri("copydesk.toml"));
    assert_eq!(codes(&next(&mut client, &uri)), ["attribution/unnamed-media"]);
    client.finish();
}

#[test]
fn a_roster_is_watched_once_it_is_named_and_its_mistakes_are_told_in_it() {
    let folder = Folder::new("roster");
    let (uri, people) = (folder.uri("draft.txt"), folder.uri("people.csv"));
    folder.write("copydesk.toml", "roster = \"people.csv\"\n");
    folder.write("people.csv", "name,titel\nDana Aldous,Mayor\n");
    let mut capabilities = capabilities(Columns::Utf16, false);
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let mut client = Client::with(capabilities);
    client.until(|message| message["method"] == "client/registerCapability");
    client.open(&uri, "plaintext", "Dana Aldus left on Monday.\n");
    let mut watched_roster = false;
    let mut told = false;
    while !(watched_roster && told) {
        let message = client
            .until(|message| message["method"] == "client/registerCapability" || message["params"]["uri"] == people);
        let watchers = &message["params"]["registrations"][0]["registerOptions"]["watchers"];
        watched_roster |= watchers[0]["globPattern"] == "**/people.csv";
        told |= message["params"]["diagnostics"][0]["code"] == "config/mistake";
    }
    folder.write("people.csv", "name,not\nDana Aldous,Dana Aldus\n");
    watched(&mut client, &people);
    client.until(|message| {
        message["params"]["uri"] == uri && message["params"]["diagnostics"][0]["code"] == "names/known-spelling"
    });
    client.finish();
}

#[test]
fn an_open_roster_is_checked_as_it_is_typed() {
    let folder = Folder::new("typed");
    let people = folder.uri("people.csv");
    folder.write("copydesk.toml", "roster = \"people.csv\"\n");
    folder.write("people.csv", "name,titel\nDana Aldous,Mayor\n");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(&people, "csv", "name,titel\nDana Aldous,Mayor\n");
    assert_eq!(codes(&next(&mut client, &people)), ["config/mistake"]);
    client.change(&people, 2, json!([{"text": "name,title\nDana Aldous,Mayor\n"}]));
    assert_eq!(next(&mut client, &people), Vec::<Value>::new());
    // What a draft is checked against is the file, which the editor now saves.
    let uri = folder.uri("draft.txt");
    client.open(&uri, "plaintext", "Dana Aldous left on Monday.\n");
    assert_eq!(next(&mut client, &uri), Vec::<Value>::new());
    folder.write("people.csv", "name,not\nDana Aldous,Dana Aldus\n");
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": people}}));
    client.change(&uri, 2, json!([{"text": "Dana Aldus left on Monday.\n"}]));
    client.until(|message| {
        message["params"]["uri"] == uri && message["params"]["diagnostics"][0]["code"] == "names/known-spelling"
    });
    client.finish();
}

#[test]
fn a_word_list_is_watched_and_checked_as_it_is_typed() {
    let folder = Folder::new("word-list");
    let (uri, list) = (folder.uri("draft.txt"), folder.uri("terms.csv"));
    folder.write("copydesk.toml", "word-list = \"terms.csv\"\n");
    folder.write("terms.csv", "wrong,right\njetty,pier\n");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(&uri, "plaintext", "The jetty opens.\n");
    assert_eq!(codes(&next(&mut client, &uri)), ["usage/term"]);
    client.open(&list, "csv", "wrong,right\njetty,pier\n");
    assert_eq!(next(&mut client, &list), Vec::<Value>::new());
    client.change(&list, 2, json!([{"text": "wrong,right\njetty\n"}]));
    assert_eq!(codes(&next(&mut client, &list)), ["config/mistake"]);
    folder.write("terms.csv", "wrong,right\nquay,pier\n");
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": list}}));
    assert_eq!(next(&mut client, &uri), Vec::<Value>::new());
    client.finish();
}

#[test]
fn a_client_that_pulls_is_asked_to_pull_again() {
    let folder = Folder::new("refreshed");
    let uri = folder.uri("draft.txt");
    let mut client = Client::with(capabilities(Columns::Utf16, true));
    client.open(&uri, "plaintext", DRAFT);
    assert_eq!(client.pulled(&uri).len(), 1);
    folder.write("copydesk.toml", OFF);
    watched(&mut client, &folder.uri("copydesk.toml"));
    client.until(|message| message["method"] == "workspace/diagnostic/refresh");
    assert_eq!(client.pulled(&uri).len(), 0);
    client.finish();
}

#[test]
fn without_a_watch_a_save_is_enough() {
    let folder = Folder::new("saved");
    let uri = folder.uri("draft.txt");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(&uri, "plaintext", DRAFT);
    assert_eq!(next(&mut client, &uri).len(), 1);
    folder.write("copydesk.toml", OFF);
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
    assert_eq!(next(&mut client, &uri).len(), 0);
    client.finish();
}

#[test]
fn mistakes_in_the_file_are_diagnostics_in_it() {
    let folder = Folder::new("mistakes");
    folder.write("copydesk.toml", BROKEN);
    let (uri, file) = (folder.uri("draft.txt"), folder.uri("copydesk.toml"));
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(&uri, "plaintext", DRAFT);
    // It is not open, and it is told all the same. What is right in it counts.
    let found = next(&mut client, &file);
    assert_eq!(codes(&found), ["config/mistake"]);
    assert_eq!(found[0]["range"]["start"], json!({"line": 1, "character": 0}));
    assert!(found[0]["message"].as_str().is_some_and(|it| it.contains("attribution/unnamed-media")), "{}", found[0]);
    assert_eq!(codes(&next(&mut client, &uri)), ["attribution/unnamed-media"]);

    // Open, it is checked as it is typed, and counts when it is saved.
    client.open(&file, "toml", BROKEN);
    assert_eq!(codes(&next(&mut client, &file)), ["config/mistake"]);
    client.change(&file, 2, json!([{"text": OFF}]));
    assert_eq!(next(&mut client, &file), Vec::<Value>::new());
    folder.write("copydesk.toml", OFF);
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": file}}));
    assert_eq!(next(&mut client, &uri), Vec::<Value>::new());

    // Thrown away unsaved, the file on disk is told of again.
    folder.write("copydesk.toml", BROKEN);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": file}}));
    assert_eq!(codes(&next(&mut client, &uri)), ["attribution/unnamed-media"]);
    client.until(|message| message["params"]["uri"] == file && message["params"]["diagnostics"] != json!([]));
    client.finish();
}

#[test]
fn a_client_that_pulls_is_shown_the_mistakes_of_a_file_that_is_not_open() {
    let folder = Folder::new("shown");
    folder.write("copydesk.toml", BROKEN);
    let (uri, file) = (folder.uri("draft.txt"), folder.uri("copydesk.toml"));
    let mut client = Client::with(capabilities(Columns::Utf16, true));
    client.open(&uri, "plaintext", DRAFT);
    assert_eq!(client.pulled(&uri).len(), 1);
    let shown = client.until(|message| message["method"] == "window/showMessage");
    assert_eq!(shown["params"]["type"], 2);
    assert!(shown["params"]["message"].as_str().is_some_and(|it| it.contains("copydesk.toml")), "{shown}");
    client.open(&file, "toml", BROKEN);
    assert_eq!(codes(&client.pulled(&file)), ["config/mistake"]);
    let pushed = client.rest().iter().filter(|it| it["method"] == "textDocument/publishDiagnostics").count();
    assert_eq!(pushed, 0);
    client.finish();
}

#[test]
fn what_is_wrong_with_a_file_is_shown_once() {
    let folder = Folder::new("once");
    let uri = folder.uri("draft.txt");
    let mut client = Client::with(capabilities(Columns::Utf16, true));
    client.open(&uri, "plaintext", DRAFT);
    let mended =
        [(BROKEN, "unamed-media"), (BROKEN, ""), ("style = \"reuterz\"\n", "reuterz"), (OFF, ""), (BROKEN, "unamed")];
    for (text, shown) in mended {
        folder.write("copydesk.toml", text);
        client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
        client.pulled(&uri);
        // Where nothing is to be shown, the next message is the one after.
        if !shown.is_empty() {
            let message = client.until(|message| message["method"] == "window/showMessage");
            assert!(message["params"]["message"].as_str().is_some_and(|it| it.contains(shown)), "{shown}: {message}");
        }
    }
    client.finish();
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_draft_is_checked() {
    let folder = Folder::new("unreadable");
    let path = folder.write("copydesk.toml", "");
    fs::write(&path, b"style = \"\xFF\"").expect("it can be written");
    let uri = folder.uri("draft.txt");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(&uri, "plaintext", DRAFT);
    client.until(|message| message["method"] == "window/showMessage");
    assert_eq!(next(&mut client, &uri).len(), 1);
    client.finish();
}

#[test]
fn the_editors_settings_are_asked_for_and_the_file_wins() {
    let folder = Folder::new("editor");
    let uri = folder.uri("draft.txt");
    let mut capabilities = capabilities(Columns::Utf16, false);
    capabilities["workspace"]["configuration"] = json!(true);
    let mut client = Client::start();
    client.section = json!({"style": "none", "server": {"path": "copydesk"}});
    client.initialize(capabilities);
    let asked = client.until(|message| message["method"] == "workspace/configuration");
    assert_eq!(asked["params"]["items"][0]["section"], "copydesk");
    client.open(&uri, "plaintext", DRAFT);
    assert_eq!(next(&mut client, &uri), Vec::<Value>::new());
    client.section = json!({"levels": {"attribution/unnamed-media": "error"}});
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    assert_eq!(next(&mut client, &uri)[0]["severity"], 1);
    folder.write("copydesk.toml", "[levels]\n\"attribution/unnamed-media\" = \"suggestion\"\n");
    watched(&mut client, &folder.uri("copydesk.toml"));
    assert_eq!(next(&mut client, &uri)[0]["severity"], 3);
    client.finish();
}

#[test]
fn each_of_several_folders_may_have_its_own_settings() {
    let folder = Folder::new("folders");
    let of = |name: &str| json!({"uri": folder.uri(name), "name": name});
    let mut capabilities = capabilities(Columns::Utf16, false);
    capabilities["workspace"]["configuration"] = json!(true);
    let mut client = Client::start();
    client.section = json!({"levels": {"attribution/unnamed-media": "error"}, "inlayHint": true});
    client
        .sections
        .insert(folder.uri("wire"), json!({"levels": {"attribution/unnamed-media": "off"}, "inlayHint": true}));
    client.sections.insert(folder.uri("sport"), json!({"inlayHints": true}));
    let params = json!({"processId": null, "capabilities": capabilities, "workspaceFolders": [of("desk"), of("wire")]});
    client.ok("initialize", params);
    client.notify("initialized", json!({}));
    let asked = client.until(|message| message["method"] == "workspace/configuration");
    let scopes: Vec<&Value> =
        asked["params"]["items"].as_array().expect("a list").iter().map(|it| &it["scopeUri"]).collect();
    assert_eq!(scopes, [&Value::Null, &json!(folder.uri("desk")), &json!(folder.uri("wire"))]);
    // A slip in what counts for all folders is told once.
    let told = client.until(|message| message["method"] == "window/showMessage");
    let told = told["params"]["message"].as_str().expect("words");
    assert_eq!(told.matches("inlayHints").count(), 1, "{told}");

    let [desk, wire, sport] = ["desk/a.txt", "wire/a.txt", "sport/a.txt"].map(|name| folder.uri(name));
    client.open(&desk, "plaintext", DRAFT);
    assert_eq!(next(&mut client, &desk)[0]["severity"], 1);
    client.open(&wire, "plaintext", DRAFT);
    assert_eq!(next(&mut client, &wire), Vec::<Value>::new());
    client.open("untitled:1", "plaintext", DRAFT);
    assert_eq!(next(&mut client, "untitled:1")[0]["severity"], 1, "it is taken to stand in the first folder");

    // The file wins in each folder over what that has.
    folder.write("copydesk.toml", "[levels]\nusage = \"off\"\n");
    watched(&mut client, &folder.uri("copydesk.toml"));
    assert_eq!(next(&mut client, &desk)[0]["severity"], 1);
    assert_eq!(next(&mut client, &wire), Vec::<Value>::new());

    // A folder that comes later brings its own along.
    client.open(&sport, "plaintext", "Bo Dahl spoke. He said, “It is time.”\n");
    next(&mut client, &sport);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}});
    let hints = json!({"textDocument": {"uri": sport}, "range": whole});
    assert_eq!(client.ok("textDocument/inlayHint", hints.clone()), Value::Null);
    client.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [of("sport")], "removed": []}}));
    client.until(|message| message["method"] == "workspace/configuration" && message["params"]["items"][3].is_object());
    while client.ok("textDocument/inlayHint", hints.clone()).is_null() {}
    client.finish();
}

#[test]
fn an_older_client_sends_its_settings_along() {
    let mut client = Client::start();
    let off = json!({"levels": {"attribution/unnamed-media": "off"}});
    client.ok("initialize", json!({"processId": null, "capabilities": {}, "initializationOptions": off}));
    client.notify("initialized", json!({}));
    client.open("untitled:1", "plaintext", DRAFT);
    assert_eq!(next(&mut client, "untitled:1"), Vec::<Value>::new());
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"levels": {}}}}));
    assert_eq!(next(&mut client, "untitled:1").len(), 1);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"style": "reuterz"}}}));
    let shown = client.until(|message| message["method"] == "window/showMessage");
    assert!(shown["params"]["message"].as_str().is_some_and(|it| it.contains("reuters")), "{shown}");
    assert_eq!(next(&mut client, "untitled:1").len(), 1);
    client.finish();
}

#[test]
fn an_unsaved_draft_stands_in_the_folder_that_the_client_works_in() {
    let folder = Folder::new("untitled");
    folder.write("copydesk.toml", OFF);
    let mut client = Client::start();
    let folders = json!([{"uri": folder.uri(""), "name": "desk"}]);
    client.ok("initialize", json!({"processId": null, "capabilities": {}, "workspaceFolders": folders}));
    client.notify("initialized", json!({}));
    client.open("untitled:Untitled-1", "plaintext", DRAFT);
    assert_eq!(next(&mut client, "untitled:Untitled-1"), Vec::<Value>::new());
    client.finish();
}

#[test]
fn the_language_decides_the_format_and_else_the_name() {
    let hidden = format!("<!--\n{DRAFT}-->\n");
    let mut client = Client::with(json!({}));
    for (uri, language, found) in [
        ("untitled:1", "markdown", 0),
        ("untitled:2", "plaintext", 1),
        ("untitled:3", "html", 0),
        ("file:///drafts/d.html", "text", 0),
        ("file:///drafts/a.md", "plaintext", 1),
        ("file:///drafts/b.md", "text", 0),
        ("file:///drafts/c.txt", "text", 1),
        ("file:///drafts/pyproject.toml", "toml", 0),
    ] {
        client.open(uri, language, &hidden);
        assert_eq!(client.pushed(uri, 1).len(), found, "{uri} as {language}");
    }
    client.finish();
}

#[test]
fn what_a_configuration_extends_is_watched_checked_as_it_is_typed_and_counts_when_it_is_saved() {
    let folder = Folder::new("extended");
    let (uri, house) = (folder.uri("desk/draft.txt"), folder.uri("house/house.toml"));
    let written = |right: &str| format!("style = \"ap\"\n[terms]\njetty = \"{right}\"\n");
    folder.write("desk/copydesk.toml", "extends = \"../house/house.toml\"\n");
    folder.write("house/house.toml", &written("pier"));
    let mut capabilities = capabilities(Columns::Utf16, false);
    capabilities["workspace"]["didChangeWatchedFiles"] =
        json!({"dynamicRegistration": true, "relativePatternSupport": true});
    let mut client = Client::with(capabilities);
    client.open(&uri, "plaintext", "The jetty opens.\n");
    let base = folder.uri("house");
    let (mut watches, mut flagged) = (false, false);
    while !(watches && flagged) {
        let message =
            client.until(|message| message["method"] == "client/registerCapability" || message["params"]["uri"] == uri);
        watches |= message["params"]["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"]
            == json!({"baseUri": base, "pattern": "house.toml"});
        flagged |= message["params"]["diagnostics"][0]["code"] == "usage/term";
    }
    // Somebody else changes it.
    folder.write("house/house.toml", &written("quay"));
    let changed = Instant::now();
    watched(&mut client, &house);
    client.until(|message| {
        let found = &message["params"]["diagnostics"][0];
        message["params"]["uri"] == uri && found["message"].as_str().is_some_and(|it| it.contains("quay"))
    });
    assert!(changed.elapsed() < Duration::from_secs(1), "{:?}", changed.elapsed());
    // It is edited here.
    client.open(&house, "toml", &written("quay"));
    assert_eq!(next(&mut client, &house), Vec::<Value>::new());
    client.change(&house, 2, json!([{"text": "stile = \"ap\"\n"}]));
    assert_eq!(codes(&next(&mut client, &house)), ["config/mistake"]);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": house}}));
    // Its mistakes on disk are told in it, and a file that is gone in the one that names it.
    folder.write("house/house.toml", "stile = \"ap\"\n");
    watched(&mut client, &house);
    client.until(|message| {
        message["params"]["uri"] == house && message["params"]["diagnostics"][0]["code"] == "config/mistake"
    });
    fs::remove_file(folder.0.join("house/house.toml")).expect("it is there");
    watched(&mut client, &house);
    let desk = folder.uri("desk/copydesk.toml");
    client.until(|message| {
        message["params"]["uri"] == desk && message["params"]["diagnostics"][0]["code"] == "config/mistake"
    });
    client.finish();
}

#[test]
fn a_rule_file_is_watched_checked_as_it_is_typed_and_counts_when_it_is_saved() {
    let folder = Folder::new("rule-file");
    let (uri, rule) = (folder.uri("draft.txt"), folder.uri("desk/pier.yml"));
    let written = |message: &str| format!("extends: existence\nmessage: {message}\ntokens: [jetty]\n");
    folder.write("copydesk.toml", "style = \"none\"\nrules = \"desk\"\n");
    folder.write("desk/pier.yml", &written("\"Not '%s'.\""));
    let mut capabilities = capabilities(Columns::Utf16, false);
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let mut client = Client::with(capabilities);
    client.open(&uri, "plaintext", "The jetty opens.\n");
    let (mut watches, mut flagged) = (false, false);
    while !(watches && flagged) {
        let message =
            client.until(|message| message["method"] == "client/registerCapability" || message["params"]["uri"] == uri);
        watches |=
            message["params"]["registrations"][0]["registerOptions"]["watchers"][0]["globPattern"] == "**/desk/**";
        flagged |= message["params"]["diagnostics"][0]["message"] == "Not 'jetty'.";
    }
    client.open(&rule, "yaml", &written("\"Not '%s'.\""));
    assert_eq!(next(&mut client, &rule), Vec::<Value>::new());
    client.change(&rule, 2, json!([{"text": "extends: existance\nmessage: Write pier.\ntokens: [jetty]\n"}]));
    let found = next(&mut client, &rule);
    assert_eq!((codes(&found), &found[0]["range"]["start"]["line"]), (vec!["config/mistake"], &json!(0)));
    folder.write("desk/pier.yml", &written("Write pier."));
    watched(&mut client, &rule);
    client.until(|message| {
        message["params"]["uri"] == uri && message["params"]["diagnostics"][0]["message"] == "Write pier."
    });
    // Other YAML is none of our business.
    let other = folder.uri("other.yml");
    client.open(&other, "yaml", "date: multiple media outlets reported\n");
    assert_eq!(next(&mut client, &other), Vec::<Value>::new());
    client.finish();
}
