use std::io::Write;

use super::desk;
use crate::config::schema;

/// `copydesk schema`.
pub(super) fn run() -> anyhow::Result<u8> {
    let schema = serde_json::to_string_pretty(&schema::schema(&desk::here()))?;
    writeln!(anstream::stdout(), "{schema}")?;
    Ok(0)
}
