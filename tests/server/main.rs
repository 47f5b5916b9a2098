//! The language server, spoken to as an editor speaks to it.

mod client;
mod edits;
mod model;
mod protocol;

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
        },
        "workspace": {},
    });
    if pulls {
        capabilities["textDocument"]["diagnostic"] = json!({});
        capabilities["workspace"]["diagnostics"] = json!({"refreshSupport": true});
    }
    capabilities
}
