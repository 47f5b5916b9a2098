//! Who and what the words under the cursor name: first mention, all mentions, and renaming them.

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{self, Columns, words};
use crate::{Folder, capabilities};

const URI: &str = "file:///drafts/harbor.md";
/// A surname in the headline, markup within a name, three kinds of line ends, letters of two and four bytes.
const DRAFT: &str = "# 😀 Quill is out\r\n\r\nHALDEN, Ill. (AP) — 😀 War Secretary *Dan* Quill’s 😀 fleet stayed in port, \
    Quill said.\n\n“Dan Quill is 😀 late, and the war secretary knows it,” Mayor Ana Muñoz said.\r\rIt is 😀 Quill’s \
    fleet, said Muñoz, 54. Dan Quill, the secretary of war, had no\r\nanswer. The war secretary left before Ana\r\nMuñoz \
    did.\n\n> Quill 😀 is late.\n\nThe World Fund for Oceans 😀 paid. The WFO’s money is gone.\n";

/// What a client says that can be asked about changes.
fn asking(columns: Columns) -> Value {
    let mut capabilities = capabilities(columns, false);
    capabilities["workspace"]["workspaceEdit"] =
        json!({"documentChanges": true, "changeAnnotationSupport": {"groupsOnLabel": true}});
    capabilities["textDocument"]["rename"] = json!({"prepareSupport": true, "honorsChangeAnnotations": true});
    capabilities
}

fn desk(capabilities: Value, draft: &str) -> Client {
    let mut client = Client::with(capabilities);
    client.open(URI, "markdown", draft);
    client
}

/// What to ask about the words that begin `into` bytes into the first place where `draft` has `words`.
fn at(draft: &str, words: &str, into: usize, columns: Columns) -> Value {
    let offset = draft.find(words).unwrap_or_else(|| panic!("no “{words}”")) + into;
    json!({"textDocument": {"uri": URI}, "position": model::position(draft, offset, columns)})
}

/// Each range as its line and words.
fn shown(ranges: &[Value], columns: Columns) -> Vec<String> {
    let line = |range: &Value| range["start"]["line"].as_u64().expect("a number") + 1;
    ranges.iter().map(|range| format!("{}: {}", line(range), words(DRAFT, range, columns))).collect()
}

fn ranges(found: &Value, key: &str) -> Vec<Value> {
    let found = found.as_array().expect("a list").iter();
    found.map(|one| one.pointer(key).expect("a range").clone()).collect()
}

#[test]
fn a_name_a_title_and_an_acronym_lead_to_the_first_mention() {
    for columns in Columns::ALL {
        let mut client = desk(asking(columns), DRAFT);
        for (words, into, expected) in [
            ("Quill is out", 0, "3: Dan* Quill"),
            ("Quill is out", 5, "3: Dan* Quill"),
            ("Quill said", 2, "3: Dan* Quill"),
            ("Dan* Quill", 0, "3: Dan* Quill"),
            ("Quill is 😀 late", 0, "3: Dan* Quill"),
            ("War Secretary", 5, "3: Dan* Quill"),
            ("secretary of war", 11, "3: Dan* Quill"),
            ("The war secretary", 6, "3: Dan* Quill"),
            ("Muñoz did", 6, "5: Ana Muñoz"),
            ("Mayor", 0, "5: Ana Muñoz"),
            ("WFO", 1, "13: World Fund for Oceans"),
            ("Fund for", 0, "13: World Fund for Oceans"),
        ] {
            let found = client.ok("textDocument/definition", at(DRAFT, words, into, columns));
            assert_eq!(found["uri"], URI, "{words}: {found}");
            assert_eq!(shown(&[found["range"].clone()], columns), [expected], "{columns:?} {words}");
        }
        for words in ["fleet", "😀 is late", "\r\n\r\nHALDEN", "paid"] {
            for method in ["definition", "references", "documentHighlight", "prepareRename"] {
                let mut params = at(DRAFT, words, 0, columns);
                params["context"] = json!({"includeDeclaration": true});
                assert_eq!(client.ok(&format!("textDocument/{method}"), params), Value::Null, "{method} {words}");
            }
        }
        client.finish();
    }
}

#[test]
fn all_mentions_are_found_and_highlighted() {
    for columns in Columns::ALL {
        let mut client = desk(asking(columns), DRAFT);
        let quill = ["1: Quill", "3: Dan* Quill", "3: Quill", "5: Dan Quill", "7: Quill", "7: Dan Quill", "11: Quill"];
        let title = ["3: War Secretary", "5: war secretary", "7: secretary of war", "8: war secretary"];
        for (words, into, all) in [
            ("Quill said", 5, &quill[..]),
            ("War Secretary", 0, &title),
            ("The war secretary", 4, &title),
            ("Muñoz, 54", 2, &["5: Ana Muñoz", "7: Muñoz", "8: Ana\r\nMuñoz"]),
            ("WFO", 3, &["13: World Fund for Oceans", "13: WFO"]),
        ] {
            let mut params = at(DRAFT, words, into, columns);
            params["context"] = json!({"includeDeclaration": true});
            let found = client.ok("textDocument/references", params.clone());
            assert_eq!(shown(&ranges(&found, "/range"), columns), all, "{columns:?} {words}");
            let highlights = client.ok("textDocument/documentHighlight", params.clone());
            assert_eq!(ranges(&highlights, "/range"), ranges(&found, "/range"));
            // The first mention is another kind than those after it.
            let first = client.ok("textDocument/definition", params.clone())["range"].take();
            for highlight in highlights.as_array().expect("a list") {
                assert_eq!(highlight["kind"], if highlight["range"] == first { 3 } else { 2 });
            }
            params["context"] = json!({"includeDeclaration": false});
            let others = client.ok("textDocument/references", params);
            let expected: Vec<Value> = ranges(&found, "/range").into_iter().filter(|range| *range != first).collect();
            assert_eq!(ranges(&others, "/range"), expected);
        }
        client.finish();
    }
}

/// The edits of an answer to rename: those made unseen, and those that are asked about with the label they bear.
fn edits(answer: &Value) -> (Value, Vec<(String, Value)>) {
    let change = &answer["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 1}), "{answer}");
    let edits = change["edits"].as_array().expect("a list").iter().cloned();
    let (asked, unseen): (Vec<Value>, Vec<Value>) = edits.partition(|edit| edit.get("annotationId").is_some());
    let asked = asked.into_iter().map(|edit| {
        let note = &answer["changeAnnotations"][edit["annotationId"].as_str().expect("a text")];
        assert_eq!(note["needsConfirmation"], true);
        (note["label"].as_str().expect("a text").to_owned(), edit)
    });
    (unseen.into(), asked.collect())
}

fn rename(client: &mut Client, draft: &str, words: &str, new: &str, columns: Columns) -> Value {
    let mut params = at(draft, words, 0, columns);
    params["newName"] = json!(new);
    client.ok("textDocument/rename", params)
}

#[test]
fn what_is_said_is_asked_about() {
    for columns in Columns::ALL {
        let mut client = desk(asking(columns), DRAFT);
        for (words, into, placeholder) in [
            ("Quill is out", 5, "Quill"),
            ("Dan* Quill", 5, "Dan Quill"),
            ("Ana\r\nMuñoz", 4, "Ana Muñoz"),
            ("War Secretary", 0, "War Secretary"),
            ("The war secretary", 4, "war secretary"),
        ] {
            let found = client.ok("textDocument/prepareRename", at(DRAFT, words, into, columns));
            assert_eq!(found["placeholder"], placeholder);
            assert!(words.contains(model::words(DRAFT, &found["range"], columns)), "{columns:?} {words}: {found}");
        }
        assert_eq!(client.ok("textDocument/prepareRename", at(DRAFT, "WFO", 0, columns)), Value::Null);

        let (unseen, asked) = edits(&rename(&mut client, DRAFT, "Dan Quill, the", "Désiré Röss", columns));
        let left = DRAFT
            .replace("*Dan* Quill", "*Désiré* Röss")
            .replace("Dan Quill,", "Désiré Röss,")
            .replace("# 😀 Quill", "# 😀 Röss")
            .replace("Quill said", "Röss said")
            .replace("😀 Quill’s", "😀 Röss’s");
        assert_eq!(model::edited(DRAFT, &unseen, columns), left, "{columns:?}");
        let labels: Vec<&str> = asked.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(labels, ["In quotation marks"; 3]);
        let all: Value =
            unseen.as_array().into_iter().flatten().chain(asked.iter().map(|(_, edit)| edit)).cloned().collect();
        let renamed = left.replace("“Dan Quill", "“Désiré Röss").replace("> Quill", "> Röss");
        assert_eq!(model::edited(DRAFT, &all, columns), renamed, "{columns:?}");

        let (unseen, asked) = edits(&rename(&mut client, DRAFT, "War Secretary", "Defense Secretary", columns));
        let left = DRAFT.replace("War Sec", "Defense Sec").replace("secretary of war", "secretary of defense");
        assert_eq!(model::edited(DRAFT, &unseen, columns), left, "{columns:?}");
        let asked: Vec<(&str, &str)> =
            asked.iter().map(|(label, edit)| (&**label, edit["newText"].as_str().expect("a text"))).collect();
        assert_eq!(asked, [("In quotation marks", "defense secretary"), ("Title by itself", "defense secretary")]);
        assert!(client.rest().iter().all(|message| message["method"] != "window/showMessage"));
        client.finish();
    }
}

#[test]
fn where_nothing_can_be_asked_what_is_said_is_left_alone_and_told() {
    for columns in Columns::ALL {
        let mut client = desk(capabilities(columns, false), DRAFT);
        let answer = rename(&mut client, DRAFT, "Quill said", "Moss", columns);
        let expected = DRAFT.replace("Quill", "Moss").replace("“Dan Moss", "“Dan Quill").replace("> Moss", "> Quill");
        assert_eq!(model::edited(DRAFT, &answer["changes"][URI], columns), expected, "{columns:?}");
        let told =
            |client: &mut Client| client.until(|message| message["method"] == "window/showMessage")["params"].take();
        let message = "Not renamed: lines 5 and 11 (in quotation marks). Look for yourself.";
        assert_eq!(told(&mut client), json!({"type": 3, "message": message}));
        let answer = rename(&mut client, DRAFT, "war secretary left", "defense secretary", columns);
        let expected = DRAFT.replace("War Sec", "Defense Sec").replace("secretary of war", "secretary of defense");
        assert_eq!(model::edited(DRAFT, &answer["changes"][URI], columns), expected, "{columns:?}");
        let message = "Not renamed: line 5 (in quotation marks), line 8 (title by itself). Look for yourself.";
        assert_eq!(told(&mut client)["message"], message);
        client.finish();
    }
}

#[test]
fn a_name_changes_in_each_of_its_forms() {
    for (draft, words, new, expected) in [
        // Full names and parts of them, initials, bare given names and surnames.
        (
            "Joseph Q. Quill came. J. Quill left. Joseph Quill stayed, and Quill slept. Joseph Q. Quill Jr. woke.\n",
            "Joseph Q. Quill came",
            "Anton Q. Moss",
            "Anton Q. Moss came. A. Moss left. Anton Moss stayed, and Moss slept. Anton Q. Moss Jr. woke.\n",
        ),
        ("Ann Roe came. Ann left, and Roe slept.\n", "Ann Roe", "Eve Doe", "Eve Doe came. Eve left, and Doe slept.\n"),
        ("Ann Roe came. Ann left, and Roe slept.\n", "Ann left", "Eve", "Eve Roe came. Eve left, and Roe slept.\n"),
        ("Ann Roe came. Ann left, and Roe slept.\n", "Ann Roe", "Doe", "Ann Doe came. Ann left, and Doe slept.\n"),
        ("Ann Roe came. Roe slept.\n", "Ann Roe", "Ann Doe Jr.", "Ann Doe Jr. came. Doe slept.\n"),
        ("Martin Roe Jr. came. Roe slept.\n", "Martin", "Martin Doe", "Martin Doe Jr. came. Doe slept.\n"),
        // Particles, capitals, accents.
        (
            "Mayor Bo de Roe came. De Roe slept, Bo De Roe said.\n",
            "Bo de Roe",
            "Bo van Moss",
            "Mayor Bo van Moss came. Van Moss slept, Bo Van Moss said.\n",
        ),
        ("Mayor Bo Ng came.\n\nNG: Yes.\n", "Ng", "Moss", "Mayor Bo Moss came.\n\nMOSS: Yes.\n"),
        ("Mayor Bo Ng came.\n\nNG: Yes.\n", "NG", "VAN MOSS", "Mayor Bo Van Moss came.\n\nVAN MOSS: Yes.\n"),
        ("Ana Muñoz came. Munoz slept.\n", "Munoz", "Müller", "Ana Müller came. Müller slept.\n"),
        // Possessives.
        ("Ann Ross came. Ross’ car did not.\n", "Ross’", "Quill", "Ann Quill came. Quill’s car did not.\n"),
        ("Ann Quill came. Quill's car did not.\n", "Ann", "Ann Ross", "Ann Ross came. Ross's car did not.\n"),
        // Namesakes, and what only looks like the name.
        (
            "Ann Roe met Bill Roe. Bill Roe left Roe County, and Roes are many.\n",
            "Bill Roe",
            "Bill Doe",
            "Ann Roe met Bill Doe. Bill Doe left Roe County, and Roes are many.\n",
        ),
        ("Ann Roe left Roe County.\n", "Ann Roe", "Ann Doe", "Ann Doe left Roe County.\n"),
        // Titles.
        (
            "Gov. Ann Roe met Sen. Bo Dahl. Bo Dahl, the senator, left. Sens. Cy Poe and Di Fox did not.\n",
            "Sen.",
            "Rep.",
            "Gov. Ann Roe met Rep. Bo Dahl. Bo Dahl, the representative, left. Sens. Cy Poe and Di Fox did not.\n",
        ),
        ("Mayor Ann Roe met Mayor Bo Dahl.\n", "Mayor Bo", "Sheriff", "Mayor Ann Roe met Sheriff Bo Dahl.\n"),
        (
            "Ann Roe, the mayor, met Mayor Roe.\n",
            "Mayor",
            "French President",
            "Ann Roe, the French president, met French President Roe.\n",
        ),
    ] {
        let mut client = desk(capabilities(Columns::Utf8, false), draft);
        let answer = rename(&mut client, draft, words, new, Columns::Utf8);
        assert_eq!(model::edited(draft, &answer["changes"][URI], Columns::Utf8), expected);
        let told = client.rest().into_iter().filter(|message| message["method"] == "window/showMessage");
        assert_eq!(told.collect::<Vec<_>>(), [] as [Value; 0], "{draft}");
        client.finish();
    }
}

#[test]
fn what_can_not_be_changed_is_told() {
    let draft = "Joseph Quill came.\n\nJoe Quill left.\n\nJoseph *Q*uill slept.\n";
    let mut client = desk(asking(Columns::Utf16), draft);
    let (unseen, asked) = edits(&rename(&mut client, draft, "Joseph Quill", "Anton Moss", Columns::Utf16));
    let expected = "Anton Moss came.\n\nJoe Moss left.\n\nAnton *Q*uill slept.\n";
    assert_eq!(model::edited(draft, &unseen, Columns::Utf16), expected);
    assert_eq!(asked, []);
    let told = client.until(|message| message["method"] == "window/showMessage");
    let message = "Not renamed: line 3 (another form of the name), line 5 (markup in the words). Look for yourself.";
    assert_eq!(told["params"]["message"], message);

    let other =
        "QUILL QUITS\n\nJoseph Quill came.\n\nThe Quills are no pro-Quill camp, Mayor Bo Moss said.\n\nQUILL-LED\n";
    client.change(URI, 2, json!([{"text": other}]));
    for (new, message) in [
        ("Eve Doe", "Not renamed: lines 1, 5 and 7 (another form of the name). Look for yourself."),
        ("Eve Quill", ""),
        (
            "Bo Moss",
            "Not renamed: lines 1, 5 and 7 (another form of the name). Look for yourself. Bo Moss is somebody else in \
             this story: if these two are not one, undo this.",
        ),
    ] {
        let mut params = at(other, "Joseph Quill", 0, Columns::Utf16);
        params["newName"] = json!(new);
        client.ok("textDocument/rename", params);
        if message.is_empty() {
            continue;
        }
        let told = client.until(|message| message["method"] == "window/showMessage");
        assert_eq!(told["params"]["message"], message);
    }

    client.change(URI, 3, json!([{"text": draft}]));
    let mut params = at(draft, "came", 0, Columns::Utf16);
    params["newName"] = json!("Moss");
    assert_eq!(client.error("textDocument/rename", params.clone()), -32602, "nothing to rename");
    params["position"] = json!({"line": 0, "character": 0});
    params["newName"] = json!(" \n");
    assert_eq!(client.error("textDocument/rename", params.clone()), -32602, "no name");
    params["newName"] = json!("Moss");
    params["textDocument"]["uri"] = json!("file:///drafts/other.md");
    assert_eq!(client.error("textDocument/rename", params), -32602, "not open");
    client.finish();
}

#[test]
fn what_is_no_draft_names_nobody() {
    let folder = Folder::new("cast");
    let mut client = Client::with(capabilities(Columns::Utf16, false));
    let uri = folder.uri("copydesk.toml");
    client.open(&uri, "toml", "style = \"ap\"\n");
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 1}});
    assert_eq!(client.ok("textDocument/definition", params), Value::Null);
    client.finish();
}

#[test]
fn mentions_follow_the_text_as_it_is_typed() {
    for columns in Columns::ALL {
        let mut client = desk(asking(columns), DRAFT);
        let end = model::position(DRAFT, DRAFT.len(), columns);
        client.change(URI, 2, json!([{"range": {"start": end, "end": end}, "text": "\n😀 Quill came back.\n"}]));
        let draft = format!("{DRAFT}\n😀 Quill came back.\n");
        let mut params = at(&draft, "Quill came back", 0, columns);
        params["context"] = json!({"includeDeclaration": true});
        let found = client.ok("textDocument/references", params);
        assert_eq!(ranges(&found, "/range").len(), 8);
        let last = &ranges(&found, "/range")[7];
        assert_eq!(words(&draft, last, columns), "Quill");
        client.finish();
    }
}
