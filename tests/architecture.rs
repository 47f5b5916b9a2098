//! Holds what the house is built on: one direction, a pure core, rules that are where they say.
//!
//! That the core builds alone is for `cargo check --no-default-features` in CI.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use copydesk::rules::RULES;

/// The rooms in order: each may name those before it, and none after it.
const ROOMS: [&str; 20] = [
    "text",
    "lexicon",
    "format",
    "prose",
    "story",
    "fix",
    "diagnostic",
    "nearest",
    "style",
    "styles",
    "rules",
    "settings",
    "suppress",
    "check",
    "baseline",
    "config",
    "files",
    "report",
    "server",
    "cli",
];

/// The first room that is not of the core.
const OUTSIDE: &str = "files";

/// Files in the core's rooms that are not of the core: they are built for the command line and the server only.
const DOORS: [&str; 3] = ["config/discover.rs", "config/renewal.rs", "config/rule_files.rs"];

/// What the core does not do: files, environment, clock, output, giving up.
const IMPURE: [&str; 24] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "SystemTime",
    "Instant",
    "Zoned::now",
    "Timestamp::now",
    "print!(",
    "println!(",
    "eprint!(",
    "eprintln!(",
    "dbg!(",
    "panic!(",
    "todo!(",
    "unimplemented!(",
    "unreachable!(",
    "assert!(",
    ".unwrap()",
    ".expect(",
];

/// What is embedded in the binary was read by a test; it can't fail later.
const EMBEDDED: &str = ".expect(\"the embedded ";

/// Libraries that only one room knows.
const LIBRARIES: [(&str, &str); 2] = [("tower_lsp", "server"), ("tokio", "server")];

#[test]
fn nothing_earlier_names_anything_later() {
    let mut stairs = Vec::new();
    for (path, code) in sources() {
        let Some(floor) = floor(&path) else { continue };
        for named in rooms_named(&code) {
            match ROOMS.iter().position(|room| *room == named) {
                Some(other) if other > floor => stairs.push(format!("{path} names {named}, which comes after it")),
                Some(_) => {}
                None => stairs.push(format!("{path} names {named}, which is no room")),
            }
        }
    }
    assert!(stairs.is_empty(), "{stairs:#?}");
}

#[test]
fn every_room_has_its_place() {
    let unplaced: Vec<String> =
        sources().into_keys().filter(|path| floor(path).is_none() && path != "lib.rs" && path != "main.rs").collect();
    assert!(unplaced.is_empty(), "not in the order of rooms: {unplaced:?}");
    let rooms: Vec<String> = sources().keys().map(|path| room(path).to_string()).collect();
    for room in ROOMS {
        assert!(rooms.iter().any(|known| known == room), "there is no room {room}");
    }
}

#[test]
fn the_core_is_pure() {
    let outside = ROOMS.iter().position(|room| *room == OUTSIDE);
    let mut impure = Vec::new();
    for (path, code) in sources() {
        let is_core = path == "lib.rs" || floor(&path).is_some() && floor(&path) < outside;
        if !is_core || DOORS.contains(&path.as_str()) {
            continue;
        }
        impure.extend(impurities(&code).into_iter().map(|what| format!("{path}: {what}")));
    }
    assert!(impure.is_empty(), "{impure:#?}");
}

#[test]
fn libraries_stay_in_their_rooms() {
    for (path, code) in sources() {
        for (library, home) in LIBRARIES {
            let named = [format!("{library}::"), format!("use {library}")].iter().any(|name| code.contains(name));
            assert!(!named || room(&path) == home, "{path} names {library}, which only {home} does");
        }
    }
}

#[test]
fn a_rule_is_a_file_a_line_and_a_page() {
    let table = fs::read_to_string(root().join("src/rules/mod.rs")).unwrap();
    let mut files = Vec::new();
    for (path, code) in sources() {
        if !path.starts_with("rules/") || !code.contains("const RULE: Rule") {
            continue;
        }
        let module = path.trim_start_matches("rules/").trim_end_matches(".rs").trim_end_matches("/mod");
        let name = module.replace('_', "-");
        let rule = RULES.iter().find(|rule| rule.name == name);
        assert!(rule.is_some(), "{path} is no rule of the table; its rule would be {name}");
        assert!(code.contains(&format!("name: \"{name}\"")), "{path} is not {name}");
        assert!(table.contains(&format!("{}::RULE", module.replace('/', "::"))), "{name} has no line in the table");
        assert!(root().join(format!("rules/{name}.md")).is_file(), "{name} has no page");
        files.push(name);
    }
    let without: Vec<&str> =
        RULES.iter().map(|rule| rule.name).filter(|name| !files.contains(&(*name).into())).collect();
    assert!(without.is_empty(), "rules without a file of their own: {without:?}");
}

#[test]
fn mistakes_are_seen() {
    let named = |code: &str| rooms_named(&bare(code)).join(" ");
    assert_eq!(
        named("use crate::text::Span;\nuse crate::{check, fix::Fix, text::{self, Span}};"),
        "text check fix text"
    );
    assert_eq!(named("// crate::cli\nlet a = crate::cli::run(); // crate::server"), "cli");
    assert_eq!(named("use crate::text;\n#[cfg(test)]\nmod tests {\n    use crate::check;\n}\n"), "text");
    for (code, impure) in [
        ("use std::fs;", true),
        ("use std::{borrow::Cow, fs};", true),
        ("use std::{\n    io,\n    process::exit,\n};", true),
        ("let x = y.unwrap();", true),
        ("let x = y\n    .expect(\"it is there\");", true),
        ("fn x() { panic!(\"no\") }", true),
        ("let now = Instant::now();", true),
        ("let x = y.unwrap_or_default();", false),
        ("toml::from_str(T).expect(\"the embedded lexicon is well formed\")", false),
        ("// std::fs is not for us\n/// panic!(\nfn x() {}", false),
        ("fn x() {}\n#[cfg(test)]\nmod tests {\n    fn y() { z.unwrap() }\n}\n", false),
        ("use std::{borrow::Cow, offset};", false),
    ] {
        assert_eq!(!impurities(&bare(code)).is_empty(), impure, "{code}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The code of every file under `src`, by its path there, without comments and tests.
fn sources() -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
            let is_test = name.ends_with("/tests.rs") || name.contains("/tests/");
            if name.ends_with(".rs") && !is_test {
                sources.insert(name, bare(&fs::read_to_string(path).unwrap()));
            }
        }
    }
    sources
}

/// The code without comments and without its tests, which stand at its end.
fn bare(code: &str) -> String {
    let end = ["#[cfg(test)]\nmod tests {", "#[cfg(test)]\npub mod tests {"].iter().find_map(|tests| code.find(tests));
    let code = &code[..end.unwrap_or(code.len())];
    let lines = code.lines().map(|line| {
        let comment = line.find("//").filter(|at| line[..*at].trim_end().len() < *at || *at == 0);
        comment.map_or(line, |at| &line[..at])
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The room of a file: the folder or the file at the top.
fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

fn floor(path: &str) -> Option<usize> {
    ROOMS.iter().position(|known| *known == room(path))
}

/// The rooms that code names, whether one by one or in braces.
fn rooms_named(code: &str) -> Vec<String> {
    code.match_indices("crate::").flat_map(|(at, start)| heads(&code[at + start.len()..])).collect()
}

/// The first parts of the paths that `code` opens with: one, or several in braces.
fn heads(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = code.strip_prefix('{') else { return vec![word(code)] };
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut fresh = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && depth == 0 && c.is_alphabetic() => {
                heads.push(word(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

/// What code does that the core must not do.
fn impurities(code: &str) -> Vec<String> {
    let code = code.replace(EMBEDDED, "");
    let grouped = code.match_indices("std::{").flat_map(|(at, start)| heads(&code[at + start.len() - 1..]));
    let grouped: Vec<String> = grouped.map(|head| format!("std::{head}")).collect();
    let is_there = |what: &&str| {
        // A whole word, so that `print!` is not found in `eprint!` and `Instant` not in `Instantly`.
        let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let mut places = code.match_indices(what);
        places.any(|(at, _)| {
            (what.starts_with('.') || edge(code[..at].chars().next_back()))
                && (what.ends_with(['(', ')']) || edge(code[at + what.len()..].chars().next()))
        }) || grouped.iter().any(|head| head == what)
    };
    IMPURE.into_iter().filter(is_there).map(Into::into).collect()
}
