//! Lists the rules that are written as data, `rules/styles/<family>/<rule>.yml`, so that a new one is one file. They are
//! embedded as JSON: that is read at start in a tenth of the time.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules/styles");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("rules/styles");
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
        // “on” is a word.
        let options = serde_saphyr::options! { strict_booleans: true };
        let rule: Value = serde_saphyr::from_str_with_options(&fs::read_to_string(&path)?, options)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        writeln!(list, "    ({name:?}, {:?}),", rule.to_string())?;
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("built_in.rs"), list)?;
    Ok(())
}
