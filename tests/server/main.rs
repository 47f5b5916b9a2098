//! The language server, spoken to as an editor speaks to it.

mod actions;
mod cast;
mod client;
mod commands;
mod configuration;
mod edits;
mod folder;
mod house_style;
mod model;
mod outline;
mod protocol;
mod silence;
#[path = "../support/mod.rs"]
mod support;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use model::Columns;

/// What a client says that counts columns so and can do all that the server makes use of.
fn capabilities(columns: Columns, pulls: bool) -> Value {
    let mut capabilities = json!({
        "general": {"positionEncodings": [columns.name()]},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "dataSupport": true},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}},
                "isPreferredSupport": true,
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
        "workspace": {},
    });
    if pulls {
        capabilities["textDocument"]["diagnostic"] = json!({});
        capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    }
    capabilities
}

/// A folder for one test's files, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("copydesk-server-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        Self(folder)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(&path, text).expect("a file can be written");
        path
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("it can be read")
    }

    fn uri(&self, name: &str) -> String {
        uri(&self.0.join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
