//! Lists the rules that are written as data, `rules/styles/<family>/<rule>.yml`, so that a new one is one file.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules/styles");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules/styles");
    let mut rules = Vec::new();
    for family in fs::read_dir(&root)? {
        let family = family?;
        for rule in fs::read_dir(family.path())? {
            let path = rule?.path();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            rules.push((format!("{}/{stem}", family.file_name().to_string_lossy()), path));
        }
    }
    rules.sort();
    let mut list = String::from("[\n");
    for (name, path) in rules {
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", path.to_string_lossy());
    }
    list.push(']');
    let out = env::var("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("built_in.rs"), list)
}
