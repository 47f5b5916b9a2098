//! `docs/house-style.md`: its files are written, its commands run, and the editor told of its drafts.
//!
//! `UPDATE=1 cargo test --test server house_style` writes what the commands say into it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{self, Columns};
use crate::support::drafts::{Block, blocks};
use crate::support::transcript::rerun;
use crate::support::verdict::difference;
use crate::{Folder, capabilities};

const BINARY: &str = env!("CARGO_BIN_EXE_copydesk");

#[test]
fn the_walk_through_is_true_in_the_terminal_and_in_the_editor() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/house-style.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let folder = Folder::new("house-style");
    let (mut real, mut done) = (String::new(), 0);
    let mut drafts: BTreeSet<String> = BTreeSet::new();
    for Block { info, text, line, span } in blocks(&page) {
        let mut said = page[span.start..span.end].to_string();
        match info.split_once(' ') {
            None if info == "console" => {
                said = rerun(&said, Path::new(BINARY), &folder.0)
                    .unwrap_or_else(|mistake| panic!("line {line}: {mistake}"));
            }
            Some(("diff", rest)) => {
                let (name, title) = rest.split_once(' ').expect("a draft and a quick fix");
                drafts.iter().for_each(|draft| in_the_editor(&folder, draft));
                assert_eq!(quick_fix(&folder, name, title), text, "line {line}");
            }
            Some((_, name)) => {
                folder.write(name, &text);
                if name.ends_with(".txt") || name.ends_with(".md") {
                    drafts.insert(name.to_string());
                }
            }
            None => panic!("line {line}: nothing is done with this block"),
        }
        real += &page[done..span.start];
        real += &said;
        done = span.end;
    }
    real += &page[done..];
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, real).expect("it can be written");
    } else if let Some(difference) = difference(&page, &real) {
        panic!("`UPDATE=1 cargo test --test server house_style` mends it {difference}");
    }
    // At the end, when all files are there.
    drafts.iter().for_each(|draft| in_the_editor(&folder, draft));
}

/// The diagnostics that the editor shows of a draft, which must be those of the terminal.
fn in_the_editor(folder: &Folder, name: &str) {
    let output = Command::new(BINARY).args(["check", "--format", "json", name]).current_dir(&folder.0).output();
    let report: Value = serde_json::from_slice(&output.expect("it runs").stdout).expect("a report");
    let expected = report["files"][0]["diagnostics"].as_array().expect("a list").clone();
    let mut client = Client::with(capabilities(Columns::Utf32, false));
    let found = shown(&mut client, folder, name);
    let place = |at: &Value, line: &str, column: &str, first: u64| {
        (at[line].as_u64().map(|line| line + first), at[column].as_u64().map(|column| column + first))
    };
    let expected: Vec<_> =
        expected.iter().map(|it| (&it["rule"], &it["message"], place(&it["start"], "line", "column", 0))).collect();
    let found: Vec<_> = found
        .iter()
        .map(|it| (&it["code"], &it["message"], place(&it["range"]["start"], "line", "character", 1)))
        .collect();
    assert_eq!(found, expected, "{name}");
    client.finish();
}

fn shown(client: &mut Client, folder: &Folder, name: &str) -> Vec<Value> {
    let language = if name.ends_with(".md") { "markdown" } else { "plaintext" };
    client.open(&folder.uri(name), language, &text(folder, name));
    client.pushed(&folder.uri(name), 1)
}

fn text(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.0.join(name)).expect("the draft is there")
}

/// What the quick fix of that title changes in a draft: its lines before and after.
fn quick_fix(folder: &Folder, name: &str, title: &str) -> String {
    let mut client = Client::with(capabilities(Columns::Utf32, false));
    shown(&mut client, folder, name);
    let (uri, before) = (folder.uri(name), text(folder, name));
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": before.lines().count(), "character": 0}});
    let context = json!({"diagnostics": [], "only": ["quickfix"]});
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
    let actions = client.ok("textDocument/codeAction", params);
    let action = actions.as_array().expect("a list").iter().find(|action| action["title"] == title);
    let action = action.unwrap_or_else(|| panic!("no quick fix is called {title}: {actions}"));
    let after = model::edited(&before, &action["edit"]["changes"][&uri], Columns::Utf32);
    client.finish();
    let diff = similar::TextDiff::from_lines(&before, &after);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    changes.map(|change| format!("{}{change}", change.tag())).collect()
}
