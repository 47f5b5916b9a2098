//! Beginning and end, order, cancellation, and clients that send nonsense.

use serde_json::{Value, json};

use crate::capabilities;
use crate::client::{Client, framed};
use crate::model::Columns;

const URI: &str = "file:///drafts/flood.txt";
const DRAFT: &str = "The bridge closed Tuesday, multiple media outlets reported.\n";

fn at(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

fn insert(line: u32, character: u32, text: &str) -> Value {
    json!([{"range": {"start": at(line, character), "end": at(line, character)}, "text": text}])
}

#[test]
fn the_client_is_told_what_the_server_offers_it() {
    let mut client = Client::start();
    let answer = client.initialize(capabilities(Columns::Utf8, true));
    assert_eq!(answer["serverInfo"]["name"], "copydesk");
    let offered = &answer["capabilities"];
    assert_eq!(offered["positionEncoding"], "utf-8");
    assert_eq!(offered["textDocumentSync"]["openClose"], true);
    assert_eq!(offered["textDocumentSync"]["change"], 2);
    assert_eq!(offered["diagnosticProvider"]["workspaceDiagnostics"], false);
    assert_eq!(offered["codeActionProvider"]["codeActionKinds"], json!(["quickfix", "source.fixAll.copydesk"]));
    assert_eq!(offered["hoverProvider"], true);
    for provider in ["documentSymbol", "definition", "references", "documentHighlight", "rename"] {
        assert_eq!(offered[format!("{provider}Provider")], true, "{provider}");
    }
    client.finish();
    let mut client = Client::start();
    let answer = client.initialize(json!({"textDocument": {"rename": {"prepareSupport": true}}}));
    assert_eq!(answer["capabilities"]["renameProvider"], json!({"prepareProvider": true}));
    client.finish();
}

#[test]
fn columns_are_counted_as_the_client_can() {
    let cases = [
        (json!(null), "utf-16"),
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-16", "utf-8", "utf-32"]), "utf-8"),
        (json!(["utf-32", "utf-16"]), "utf-16"),
        (json!(["utf-32"]), "utf-32"),
        (json!(["utf-7"]), "utf-16"),
    ];
    for (offered, expected) in cases {
        let mut client = Client::start();
        let answer = client.initialize(json!({"general": {"positionEncodings": offered}}));
        assert_eq!(answer["capabilities"]["positionEncoding"], expected, "{offered}");
        client.finish();
    }
}

#[test]
fn diagnostics_are_pulled_where_the_client_can_pull_and_refresh_and_else_pushed() {
    for (pull, refresh) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut capabilities = json!({"textDocument": {}, "workspace": {"diagnostics": {"refreshSupport": refresh}}});
        if pull {
            capabilities["textDocument"]["diagnostic"] = json!({});
        }
        let mut client = Client::start();
        let offered = client.initialize(capabilities);
        let pulls = offered["capabilities"].get("diagnosticProvider").is_some();
        assert_eq!(pulls, pull && refresh);
        client.open(URI, "plaintext", DRAFT);
        if pulls {
            assert_eq!(client.pulled(URI).len(), 1);
            client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
            assert_eq!(client.rest(), Vec::<Value>::new(), "nothing is pushed");
        } else {
            assert_eq!(client.pushed(URI, 1).len(), 1);
        }
        client.finish();
    }
}

#[test]
fn what_was_pushed_is_taken_back_when_the_document_is_closed() {
    let mut client = Client::with(json!({}));
    client.open(URI, "plaintext", DRAFT);
    assert_eq!(client.pushed(URI, 1).len(), 1);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    let last = client.until(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(last["params"], json!({"uri": URI, "diagnostics": []}));
    assert_eq!(client.error("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": at(0, 0)})), -32602);
    // Opened again, it is another document that begins at its own version.
    client.open(URI, "plaintext", DRAFT);
    assert_eq!(client.pushed(URI, 1).len(), 1);
    client.finish();
}

#[test]
fn an_unchanged_report_is_not_sent_again() {
    let mut client = Client::with(capabilities(Columns::Utf16, true));
    client.open(URI, "plaintext", DRAFT);
    let ask = |id: &Value| json!({"textDocument": {"uri": URI}, "previousResultId": id});
    let first = client.ok("textDocument/diagnostic", ask(&Value::Null));
    assert_eq!(first["kind"], "full");
    let id = &first["resultId"];
    let unchanged = json!({"kind": "unchanged", "resultId": id});
    assert_eq!(client.ok("textDocument/diagnostic", ask(id)), unchanged);
    // The text has changed, and not what is to be said of it.
    client.change(URI, 2, insert(0, DRAFT.len() as u32, "\n"));
    assert_eq!(client.ok("textDocument/diagnostic", ask(id)), unchanged);
    client.change(URI, 3, insert(0, 0, "“"));
    let moved = client.ok("textDocument/diagnostic", ask(id));
    assert_eq!(moved["kind"], "full");
    assert_ne!(moved["resultId"], *id);
    client.finish();
}

#[test]
fn changes_are_made_in_the_order_in_which_they_came() {
    // A thousand changes in one breath, each of which only makes sense after the one before it.
    let mut client = Client::with(capabilities(Columns::Utf16, true));
    client.open(URI, "plaintext", "");
    let mut burst = Vec::new();
    for (version, c) in (2..).zip(DRAFT.repeat(17).chars()) {
        let params = json!({
            "textDocument": {"uri": URI, "version": version},
            "contentChanges": insert(i32::MAX as u32, 0, &c.to_string()),
        });
        burst.extend(framed(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})));
    }
    client.raw(&burst);
    let found = client.pulled(URI);
    let lines: Vec<&Value> = found.iter().filter(|it| it["code"] == "attribution/unnamed-media").collect();
    assert_eq!(lines.len(), 17);
    for (line, found) in lines.iter().enumerate() {
        assert_eq!(found["range"], json!({"start": at(line as u32, 27), "end": at(line as u32, 58)}));
    }
    client.finish();
}

#[test]
fn what_is_pushed_is_never_older_than_what_was_pushed_before() {
    let mut client = Client::with(json!({}));
    client.open(URI, "plaintext", DRAFT);
    for version in 2..200 {
        client.change(URI, version, insert(0, 0, "“A” "));
    }
    client.until(|message| message["params"]["version"] == 199);
    let versions: Vec<i64> = client.rest().iter().filter_map(|message| message["params"]["version"].as_i64()).collect();
    assert!(versions.is_sorted() && versions.iter().all(|version| *version < 199), "{versions:?}");
    client.finish();
}

#[test]
fn a_client_that_never_answers_keeps_nothing_waiting() {
    let mut capabilities = capabilities(Columns::Utf16, true);
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let mut client = Client::start();
    client.answers = false;
    client.initialize(capabilities);
    client.open(URI, "plaintext", DRAFT);
    for _ in 0..50 {
        client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
        client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    }
    assert_eq!(client.pulled(URI).len(), 1);
    client.finish();
}

#[test]
fn many_requests_at_once_and_their_cancellation_are_all_answered() {
    let mut client = Client::with(capabilities(Columns::Utf16, true));
    client.open(URI, "plaintext", &DRAFT.repeat(300));
    let mut burst = Vec::new();
    for id in 1..=300 {
        let params = json!({"textDocument": {"uri": URI}});
        let request =
            json!({"jsonrpc": "2.0", "id": format!("r{id}"), "method": "textDocument/diagnostic", "params": params});
        burst.extend(framed(&request));
    }
    for id in (1..=300).filter(|id| id % 2 == 0) {
        let cancel = json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": format!("r{id}")}});
        burst.extend(framed(&cancel));
    }
    client.raw(&burst);
    for id in 1..=300 {
        let answer = client.until(|message| message["id"] == format!("r{id}"));
        // A request may have been answered before it was cancelled.
        let cancelled = answer["error"]["code"] == -32800;
        assert!(cancelled && id % 2 == 0 || answer["result"]["kind"] == "full", "{id}: {}", answer["error"]);
    }
    client.finish();
}

#[test]
fn a_report_on_a_text_that_has_changed_is_called_off() {
    let mut client = Client::with(capabilities(Columns::Utf16, true));
    client.open(URI, "plaintext", &DRAFT.repeat(2_000));
    let stale = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": URI}}));
    client.change(URI, 2, json!([{"text": DRAFT}]));
    assert_eq!(client.pulled(URI).len(), 1);
    let answer = client.answer(stale);
    let finished_before = answer["result"]["kind"] == "full";
    let called_off = answer["error"]["code"] == -32802 && answer["error"]["data"]["retriggerRequest"] == true;
    assert!(finished_before || called_off, "{}", answer["error"]);
    client.finish();
}

#[test]
fn nonsense_gets_an_error_and_the_server_goes_on() {
    let mut client = Client::start();
    // Before it was introduced, nothing is answered.
    assert_eq!(client.error("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": at(0, 0)})), -32002);
    client.initialize(json!({}));
    let parse = -32700;
    let invalid = -32600;
    let frames: &[(&[u8], i64)] = &[
        (b"Content-Length: 9\r\n\r\n{\"json\": ", parse),
        (b"Content-Length: 4\r\n\r\n\xFF\xFE\x00{", parse),
        (b"Content-Length: 0\r\n\r\n", parse),
        (b"Content-Length: many\r\n\r\n", parse),
        (b"Content-Length: -1\r\n\r\n", parse),
        (b"Content-Type: text/plain\r\n\r\n", parse),
        (b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", parse),
        (b"Content-Length: 2\r\n\r\n{}", invalid),
        (b"Content-Length: 4\r\n\r\nnull", invalid),
        (b"Content-Length: 2\r\n\r\n[]", invalid),
        (b"Content-Length: 14\r\n\r\n{\"method\": 17}", invalid),
        (b"Content-Length: 19\r\n\r\n{\"method\": \"hover\"}", invalid),
    ];
    for (bytes, code) in frames {
        client.raw(bytes);
        let answer = client.until(|message| message.get("error").is_some());
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&Value::Null, &json!(code)), "{}", bytes.escape_ascii());
    }
    // Bytes that belong to nothing, right before a message.
    client.raw(b"}}}\n");
    assert_eq!(client.error("copydesk/unheardOf", json!({})), -32601);
    assert_eq!(client.error("textDocument/hover", json!({"position": "there"})), -32602);
    assert_eq!(client.error("textDocument/codeAction", json!(17)), -32602);
    assert_eq!(client.error("codeAction/resolve", json!({"title": "Do it", "data": {"uri": 1}})), -32602);
    assert_eq!(client.error("textDocument/diagnostic", json!({"textDocument": {"uri": URI}})), -32602);
    assert_eq!(client.error("initialize", json!({"capabilities": {}})), -32600);
    client.notify("$/unheardOf", json!({}));
    client.notify("textDocument/didOpen", json!({"textDocument": {"uri": "not a uri"}}));
    client.notify("textDocument/didChange", json!({"contentChanges": 1}));
    client.send(&json!({"jsonrpc": "2.0", "id": 12345, "result": {"for": "nobody"}}));
    client.send(&json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "never"}}));
    client.change(URI, 2, insert(0, 0, "x"));
    let log = client.until(|message| message["method"] == "window/logMessage");
    assert_eq!(log["params"]["type"], 2);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    // And then it is a server as before.
    client.open(URI, "plaintext", DRAFT);
    assert_eq!(client.pushed(URI, 1).len(), 1);
    client.finish();
}

#[test]
fn a_place_outside_the_text_is_the_nearest_place_in_it() {
    let mut client = Client::with(json!({}));
    client.open(URI, "plaintext", DRAFT);
    let everywhere = json!({"start": at(0, 0), "end": at(i32::MAX as u32, i32::MAX as u32)});
    client.change(URI, 2, json!([{"range": everywhere, "text": ""}]));
    client.change(URI, 3, insert(7, 7, DRAFT));
    let found = client.pushed(URI, 3);
    assert_eq!(found[0]["range"], json!({"start": at(0, 27), "end": at(0, 58)}));
    let beyond = json!({"textDocument": {"uri": URI}, "position": at(99, 99)});
    assert_eq!(client.ok("textDocument/hover", beyond), Value::Null);
    client.finish();
}

#[test]
#[cfg(target_os = "linux")]
fn the_server_ends_when_the_editor_has_gone() {
    let mut editor = std::process::Command::new("sleep").arg("600").spawn().expect("sleep can be run");
    let mut client = Client::start();
    client.ok("initialize", json!({"processId": editor.id(), "capabilities": {}}));
    client.notify("initialized", json!({}));
    editor.kill().and_then(|()| editor.wait()).expect("it runs");
    // The pipes are still open: a child of the editor's may hold them.
    assert_eq!(client.ended(), Some(1));
}

#[test]
fn the_exit_code_tells_whether_the_client_shut_down_first() {
    let mut client = Client::with(json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.ended(), Some(1), "exit without shutdown");

    let mut client = Client::with(json!({}));
    client.hang_up();
    assert_eq!(client.ended(), Some(1), "the client went away");

    let mut client = Client::start();
    client.hang_up();
    assert_eq!(client.ended(), Some(1), "the client never came");

    let mut client = Client::with(json!({}));
    client.ok("shutdown", Value::Null);
    assert_eq!(client.error("shutdown", Value::Null), -32600);
    client.hang_up();
    assert_eq!(client.ended(), Some(0), "shut down, then gone");

    let mut client = Client::with(json!({}));
    client.open(URI, "plaintext", &DRAFT.repeat(3_000));
    client.ok("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.ended(), Some(0), "in the middle of a check");
}

#[test]
fn what_is_done_is_told_to_a_client_that_traces_it() {
    let mut client = Client::start();
    client.ok("initialize", json!({"processId": null, "capabilities": {}, "trace": "messages"}));
    client.notify("initialized", json!({}));
    let checked = |client: &mut Client, version: i64| {
        client.change("untitled:1", version, json!([{"text": "The e-mail came late.\n"}]));
        client.pushed("untitled:1", version);
        let told = client.rest();
        told.into_iter().rfind(|message| message["method"] == "$/logTrace")
    };
    client.open("untitled:1", "plaintext", "");
    let told = checked(&mut client, 2).expect("a message");
    assert_eq!(told["params"], json!({"message": "Checked untitled:1, version 2: 1 found."}));
    client.notify("$/setTrace", json!({"value": "verbose"}));
    let told = checked(&mut client, 3).expect("a message");
    assert!(told["params"]["verbose"].as_str().is_some_and(|it| it.ends_with(" ms for 22 bytes")), "{told}");
    client.notify("$/setTrace", json!({"value": "off"}));
    assert_eq!(checked(&mut client, 4), None);
    client.finish();
}
