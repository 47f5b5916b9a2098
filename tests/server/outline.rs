//! The outline of a draft, and whose word each sentence is.

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{Columns, words};
use crate::{Folder, capabilities};

const URI: &str = "file:///drafts/pier.md";
const DRAFT: &str = "# 😀 Pier is shut\n\nHALDEN, Illinois (AP) — 😀 The *pier* was shut on Monday.\r\n\r\n“É*cole* is 😀 \
    out,” Mayor Bo Dahl said.\n\nIt rained 😀. Critics said it was late. “It was\nnot,” Dahl said. That cannot be mended.\n";

/// Each entry with its detail, the words it stands for and the words that the cursor goes to; those under it further in.
fn tree(symbols: &Value, columns: Columns, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for symbol in symbols.as_array().expect("a list") {
        let [name, detail] = ["name", "detail"].map(|key| symbol[key].as_str().expect("a text"));
        let [range, focus] = ["range", "selectionRange"].map(|key| words(DRAFT, &symbol[key], columns));
        assert!(!name.is_empty() && range.contains(focus), "{symbol}");
        lines.push(format!("{indent}{name} ({detail}): {focus:?}"));
        if let Some(children) = symbol.get("children") {
            lines.extend(tree(children, columns, &format!("{indent}  ")));
        }
    }
    lines
}

fn outline(client: &mut Client, uri: &str) -> Value {
    client.ok("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}))
}

fn hover(client: &mut Client, line: u32, character: u32) -> Value {
    let position = json!({"line": line, "character": character});
    client.ok("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": position}))
}

#[test]
fn the_outline_is_headline_dateline_and_the_sources_with_what_they_say() {
    for columns in Columns::ALL {
        let mut client = Client::with(capabilities(columns, false));
        client.open(URI, "markdown", DRAFT);
        let symbols = outline(&mut client, URI);
        let expected = [
            "😀 Pier is shut (headline): \"😀 Pier is shut\"",
            "HALDEN, Illinois (dateline): \"HALDEN\"",
            "Bo Dahl (named, 2 quotes, 6 words): \"Mayor Bo Dahl\"",
            "  “École is 😀 out,” (quoted): \"“É*cole* is 😀 out,”\"",
            "  “It was not,” (quoted): \"“It was\\nnot,”\"",
            "critics (vague, 3 words): \"Critics\"",
            "  it was late (paraphrased): \"it was late\"",
        ];
        assert_eq!(tree(&symbols, columns, ""), expected, "{columns:?}");
        assert_eq!(words(DRAFT, &symbols[2]["range"], columns), "“É*cole* is 😀 out,” Mayor Bo Dahl said");
        client.finish();
    }
}

#[test]
fn the_outline_is_a_list_where_the_client_takes_no_tree() {
    let mut client = Client::with(json!({"general": {"positionEncodings": ["utf-32"]}}));
    client.open(URI, "markdown", DRAFT);
    let symbols = outline(&mut client, URI);
    let rows = symbols.as_array().expect("a list").iter().map(|symbol| {
        assert_eq!(symbol["location"]["uri"], URI);
        let focus = words(DRAFT, &symbol["location"]["range"], Columns::Utf32);
        (symbol["name"].as_str().expect("a name"), symbol["containerName"].as_str().unwrap_or(""), focus)
    });
    let expected = [
        ("😀 Pier is shut", "", "😀 Pier is shut"),
        ("HALDEN, Illinois", "", "HALDEN"),
        ("Bo Dahl", "", "Mayor Bo Dahl"),
        ("“École is 😀 out,”", "Bo Dahl", "“É*cole* is 😀 out,”"),
        ("“It was not,”", "Bo Dahl", "“It was\nnot,”"),
        ("critics", "", "Critics"),
        ("it was late", "critics", "it was late"),
    ];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
    client.finish();
}

#[test]
fn what_is_no_draft_has_no_outline() {
    let folder = Folder::new("outline");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    let uri = folder.uri("copydesk.toml");
    client.open(&uri, "toml", "style = \"ap\"\n");
    assert_eq!(outline(&mut client, &uri), Value::Null);
    assert_eq!(client.error("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})), -32602);
    client.open(URI, "markdown", "");
    assert_eq!(outline(&mut client, URI), json!([]));
    client.finish();
}

#[test]
fn hover_tells_whose_word_a_sentence_is() {
    for columns in Columns::ALL {
        let mut client = Client::with(capabilities(columns, true));
        client.open(URI, "markdown", DRAFT);
        for (line, character, sentence, word) in [
            (4, 3, "“É*cole* is 😀 out,” Mayor Bo Dahl said.", "Bo Dahl’s word: quoted."),
            (2, 40, "😀 The *pier* was shut on Monday.", "Nobody’s word: the reporter’s own."),
            (7, 2, "“It was\nnot,” Dahl said.", "Bo Dahl’s word: quoted."),
            (7, 30, "That cannot be mended.", "Nobody’s word: the reporter’s own."),
        ] {
            let shown = hover(&mut client, line, character);
            assert_eq!(shown["contents"]["value"], word, "{columns:?} {line}:{character}");
            assert!(words(DRAFT, &shown["range"], columns).ends_with(sentence), "{columns:?} {line}:{character}");
        }
        assert_eq!(hover(&mut client, 0, 8), Value::Null, "a headline is nobody's sentence");
        assert_eq!(hover(&mut client, 1, 0), Value::Null, "between paragraphs there is none");
        client.finish();
    }
}

#[test]
fn above_the_page_of_a_rule_hover_tells_whose_word_it_is() {
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(URI, "markdown", "The pier was shut, multiple media outlets reported.\n");
    let shown = hover(&mut client, 0, 25);
    let text = shown["contents"]["value"].as_str().expect("a text");
    let word = "Multiple media outlets’ word: paraphrased. No name is given.\n\n---\n\n**attribution/unnamed-media**\n";
    assert!(text.starts_with(word), "{text}");
    assert_eq!(shown["range"], client.pushed(URI, 1)[0]["range"]);
    client.finish();
}

#[test]
fn an_outline_of_a_text_that_has_changed_is_called_off() {
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    client.open(URI, "markdown", &DRAFT.repeat(2_000));
    let stale = ["documentSymbol", "hover", "definition", "documentHighlight"].map(|method| {
        let method = &format!("textDocument/{method}");
        client.ask(method, json!({"textDocument": {"uri": URI}, "position": {"line": 4, "character": 3}}))
    });
    client.change(URI, 2, json!([{"text": DRAFT}]));
    assert_eq!(outline(&mut client, URI).as_array().map(Vec::len), Some(4));
    for id in stale {
        let answer = client.answer(id);
        assert!(answer.get("result").is_some() || answer["error"]["code"] == -32801, "{answer}");
    }
    client.finish();
}
