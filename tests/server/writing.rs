//! What the server offers to who writes: sources and their figures, folds, colors, hints, names to complete.

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{Columns, words};
use crate::{Folder, capabilities};

const URI: &str = "file:///drafts/pier.txt";
const DRAFT: &str = "HALDEN, Ill. (AP) — The 😀 pier will be shut in May, Mayor Ada Quill said Tuesday.\n\n\
    “We waited for years,” Quill said. She said that it was “rotten.” A source said it had failed two inspections.\n\n\
    The council mismanaged the fund for years.\n";

fn opened(columns: Columns) -> Client {
    let mut client = Client::with(capabilities(columns, false));
    client.open(URI, "plaintext", DRAFT);
    client
}

fn document(uri: &str) -> Value {
    json!({"textDocument": {"uri": uri}})
}

#[test]
fn the_sources_are_told_with_what_each_of_them_says() {
    for columns in Columns::ALL {
        let mut client = opened(columns);
        let sources = client.ok("copydesk/sources", document(URI));
        assert_eq!(sources["version"], 1);
        assert_eq!(sources["tally"], json!({"named": 1, "unnamed": 1, "quotes": 2, "words": 42}));
        let shown = |entry: &Value, key: &str| words(DRAFT, &entry[key], columns).to_owned();
        let [quill, source] = [0, 1].map(|nth| sources["sources"][nth].clone());
        assert_eq!(
            (&quill["name"], &quill["detail"], &quill["named"]),
            (&"Ada Quill".into(), &"Mayor".into(), &true.into())
        );
        assert_eq!((quill["quotes"].as_i64(), shown(&quill, "range")), (Some(2), "Mayor Ada Quill".into()));
        let said: Vec<String> =
            quill["words"].as_array().expect("a list").iter().map(|it| shown(it, "range")).collect();
        assert_eq!(said, ["The 😀 pier will be shut in May", "“We waited for years,”", "that it was “rotten.”"]);
        let kinds: Vec<&str> =
            quill["words"].as_array().expect("a list").iter().filter_map(|it| it["kind"].as_str()).collect();
        assert_eq!(kinds, ["indirect", "direct", "mixed"]);
        assert_eq!((&source["kind"], &source["named"]), (&"anonymous".into(), &false.into()));
        let nobodys = &sources["unattributed"][0];
        assert_eq!(shown(nobodys, "range"), "The council mismanaged the fund for years.");
        client.finish();
    }
}

#[test]
fn what_is_no_draft_has_no_sources() {
    let folder = Folder::new("sources");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    let uri = folder.uri("copydesk.toml");
    client.open(&uri, "toml", "style = \"ap\"\n");
    assert_eq!(client.ok("copydesk/sources", document(&uri)), Value::Null);
    assert_eq!(client.error("copydesk/sources", document("file:///nowhere.txt")), -32602);
    client.open(URI, "plaintext", "");
    assert_eq!(client.ok("copydesk/sources", document(URI))["sources"], json!([]));
    assert_eq!(client.ok("textDocument/codeLens", document(URI)), json!([]));
    client.finish();
}

#[test]
fn the_figures_stand_above_the_first_paragraph() {
    for (able, command) in [(false, ""), (true, "copydesk.showSources")] {
        let mut can = capabilities(Columns::Utf16, false);
        can["experimental"] = json!({"copydesk": {"showSources": able}});
        let mut client = Client::with(can);
        client.open(URI, "markdown", &format!("# Pier is shut\n\nBy Bo Dahl\n\n{DRAFT}"));
        let lenses = client.ok("textDocument/codeLens", document(URI));
        assert_eq!(lenses[0]["range"]["start"], json!({"line": 4, "character": 0}));
        assert_eq!(lenses[0]["command"]["title"], "1 source named, 1 unnamed · 2 quotes · 42 words");
        assert_eq!(lenses[0]["command"]["command"], command);
        assert_eq!(lenses[0]["command"]["arguments"], if able { json!([URI]) } else { Value::Null });
        client.finish();
    }
}

#[test]
fn sections_front_matter_and_tail_fold() {
    let text = "---\ntitle: Pier\ndate: 2025-12-11\n---\n\nThe pier is shut.\n\n## Cost\n\nIt is old.\n\nIt fell.\n\n### Rent\n\n\
        It is late.\n\n## Time\n\nIt is May.\n";
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open("file:///a.md", "markdown", text);
    let folds = client.ok("textDocument/foldingRange", document("file:///a.md"));
    let lines = |fold: &Value| (fold["startLine"].as_i64(), fold["endLine"].as_i64());
    let lines: Vec<_> = folds.as_array().expect("a list").iter().map(lines).collect();
    assert_eq!(lines, [(0, 3), (7, 15), (13, 15), (17, 19)].map(|(start, end)| (Some(start), Some(end))));
    client.finish();
}

/// The tokens of a draft, or of some of its lines: the words of each, and its type.
fn colored(client: &mut Client, lines: Option<[usize; 2]>, columns: Columns) -> Option<Vec<(String, u64)>> {
    let tokens = match lines {
        None => client.ok("textDocument/semanticTokens/full", document(URI)),
        Some([from, to]) => {
            let [start, end] = [from, to].map(|line| json!({"line": line, "character": 0}));
            let params = json!({"textDocument": {"uri": URI}, "range": {"start": start, "end": end}});
            client.ok("textDocument/semanticTokens/range", params)
        }
    };
    let data: Vec<u64> = tokens["data"].as_array()?.iter().filter_map(Value::as_u64).collect();
    let (mut line, mut column) = (0, 0);
    let token = |token: &[u64]| {
        column = if token[0] > 0 { token[1] } else { column + token[1] };
        line += token[0];
        let at = |character: u64| json!({"line": line, "character": character});
        let range = json!({"start": at(column), "end": at(column + token[2])});
        (words(DRAFT, &range, columns).to_owned(), token[3])
    };
    Some(data.chunks(5).map(token).collect())
}

#[test]
fn quotations_sources_and_cues_have_colors_where_the_settings_ask_for_them() {
    for columns in Columns::ALL {
        let mut client = opened(columns);
        assert_eq!(colored(&mut client, None, columns), None);
        assert_eq!(colored(&mut client, Some([0, 1]), columns), None);
        client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"semanticTokens": true}}}));
        let tokens = colored(&mut client, None, columns).expect("tokens");
        let expected = [
            ("Mayor Ada Quill", 1),
            ("said", 2),
            ("“We waited for years,”", 0),
            ("Quill", 1),
            ("said", 2),
            ("She", 1),
            ("said", 2),
            ("“rotten.”", 0),
            ("A source", 1),
            ("said", 2),
            ("The council mismanaged the fund for years.", 3),
        ];
        assert_eq!(tokens, expected.map(|(words, kind)| (words.to_owned(), kind)), "{columns:?}");
        let of_line = |line| colored(&mut client, Some([line, line + 1]), columns).expect("tokens");
        let by_line: Vec<Vec<(String, u64)>> = (0..DRAFT.lines().count()).map(of_line).collect();
        assert!(by_line.iter().filter(|line| !line.is_empty()).count() > 1, "{by_line:?}");
        assert_eq!(by_line.concat(), tokens, "{columns:?}");
        client.finish();
    }
}

#[test]
fn what_has_changed_in_the_colors_makes_the_new_ones_of_the_old() {
    let numbers = |data: &Value| -> Vec<u64> { serde_json::from_value(data.clone()).expect("numbers") };
    let mut client = opened(Columns::Utf16);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"semanticTokens": true}}}));
    let mut given = client.ok("textDocument/semanticTokens/full", document(URI));
    let mut had = numbers(&given["data"]);
    let lines = DRAFT.lines().count();
    let texts = [
        format!("\n{DRAFT}"),
        DRAFT.to_owned(),
        DRAFT.replacen("said", "was", 1),
        String::new(),
        format!("{DRAFT}\n{DRAFT}"),
        format!("{DRAFT}\n{DRAFT}"),
        DRAFT.lines().take(lines - 1).collect::<Vec<_>>().join("\n"),
    ];
    for (version, text) in (2..).zip(&texts) {
        client.change(URI, version, json!([{"text": text}]));
        let asked = json!({"textDocument": {"uri": URI}, "previousResultId": given["resultId"]});
        let delta = client.ok("textDocument/semanticTokens/full/delta", asked);
        for edit in delta["edits"].as_array().expect("edits").iter().rev() {
            let at = |key: &str| edit[key].as_u64().expect("a number") as usize;
            had.splice(at("start")..at("start") + at("deleteCount"), numbers(&edit["data"]));
        }
        given = client.ok("textDocument/semanticTokens/full", document(URI));
        assert_eq!(numbers(&given["data"]), had, "{text}");
        assert_eq!(given["resultId"], delta["resultId"]);
    }
    // The one line that changed is all that goes out.
    client.change(URI, 20, json!([{"text": format!("{}\nBo Dahl said so.\n", texts[6])}]));
    let delta = |id: &Value| json!({"textDocument": {"uri": URI}, "previousResultId": id});
    let changed = client.ok("textDocument/semanticTokens/full/delta", delta(&given["resultId"]));
    assert_eq!(changed["edits"][0]["data"].as_array().map(Vec::len), Some(10), "{changed}");
    // Whoever had others gets all.
    assert!(client.ok("textDocument/semanticTokens/full/delta", delta(&json!("1")))["data"].is_array());
    client.finish();
}

#[test]
fn a_pronoun_that_speaks_is_followed_by_a_name_where_the_settings_ask_for_it() {
    let mut client = opened(Columns::Utf16);
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let asked = json!({"textDocument": {"uri": URI}, "range": range});
    assert_eq!(client.ok("textDocument/inlayHint", asked.clone()), Value::Null);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"inlayHints": true}}}));
    let hints = client.ok("textDocument/inlayHint", asked);
    assert_eq!(hints.as_array().map(Vec::len), Some(1), "{hints}");
    assert_eq!((&hints[0]["label"], &hints[0]["position"]), (&"(Quill)".into(), &json!({"line": 2, "character": 38})));
    client.finish();
}

/// What is offered behind the last word of a draft.
fn completed(client: &mut Client, text: &str) -> Vec<String> {
    client.change(URI, 2, json!([{"text": text}]));
    let line = text.lines().count().saturating_sub(1);
    let character = text.lines().last().unwrap_or("").encode_utf16().count();
    let position = json!({"line": line, "character": character});
    let items = client.ok("textDocument/completion", json!({"textDocument": {"uri": URI}, "position": position}));
    let items = items.as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["textEdit"]["newText"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn names_titles_states_and_datelines_are_completed_and_small_letters_are_not() {
    let mut client = opened(Columns::Utf16);
    for (begun, expected) in [
        ("Later Qu", &["Ada Quill", "Mayor Ada Quill", "Quill"][..]),
        ("Then Ma", &["Mayor Ada Quill"]),
        ("Then qu", &[]),
        ("Mayor Ada Q", &["Quill"]),
        ("Later Ada Qu", &["Quill"]),
        ("Then Mayor Qu", &["Ada Quill", "Quill"]),
        ("Then Ada Quill ", &[]),
        ("She was born in Salem, Or", &["Oregon"]),
        ("She was born in Tucson, ", &["Arizona"]),
    ] {
        assert_eq!(completed(&mut client, &format!("{DRAFT}\n{begun}")), expected, "{begun}");
    }
    assert_eq!(completed(&mut client, "PHILAD"), ["PHILADELPHIA (AP) — "]);
    assert_eq!(completed(&mut client, "TUCS"), ["TUCSON, Ariz. (AP) — "]);
    client.finish();
}

#[test]
fn nothing_is_offered_in_the_middle_of_a_word() {
    let mut client = opened(Columns::Utf16);
    // "Qu|ill said", and "Quill| said".
    for (character, expected) in [(25, 0), (28, 2)] {
        let position = json!({"line": 2, "character": character});
        let items = client.ok("textDocument/completion", json!({"textDocument": {"uri": URI}, "position": position}));
        assert_eq!(items.as_array().map(Vec::len), Some(expected), "{character}: {items}");
    }
    client.finish();
}

#[test]
fn hover_on_a_name_tells_who_that_is() {
    let mut client = opened(Columns::Utf16);
    let at = json!({"textDocument": {"uri": URI}, "position": {"line": 2, "character": 25}});
    let hover = client.ok("textDocument/hover", at);
    let text = hover["contents"]["value"].as_str().expect("a text");
    assert!(text.starts_with("Ada Quill: Mayor. First named in line 1, quoted 2 times."), "{text}");
    client.finish();
}

#[test]
fn colors_and_hints_are_asked_for_again_when_the_settings_turn_them_on_or_off() {
    let mut can = capabilities(Columns::Utf16, false);
    can["workspace"]["semanticTokens"] = json!({"refreshSupport": true});
    can["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    let mut client = Client::with(can);
    client.open(URI, "plaintext", DRAFT);
    for on in [true, false] {
        let section = json!({"semanticTokens": on, "inlayHints": on});
        client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": section}}));
        for method in ["workspace/semanticTokens/refresh", "workspace/inlayHint/refresh"] {
            client.until(|message| message["method"] == method);
        }
    }
    client.finish();
}

#[test]
fn a_typing_delay_puts_the_check_off_and_loses_nothing() {
    let mut client = opened(Columns::Utf16);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"typingDelay": 50}}}));
    for version in 2..12 {
        let start = json!({"line": 0, "character": 0});
        client.change(URI, version, json!([{"range": {"start": start, "end": start}, "text": "e-mail "}]));
    }
    let found = client.pushed(URI, 11);
    assert_eq!(found.iter().filter(|found| found["code"] == "usage/compound").count(), 10);
    // What nobody types in is not put off.
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"copydesk": {"typingDelay": 65535}}}));
    client.open("untitled:other", "plaintext", "The e-mail came late.\n");
    assert_eq!(client.pushed("untitled:other", 1).len(), 1);
    client.finish();
}
