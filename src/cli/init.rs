use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use anyhow::{Context, bail};

use super::args::Init;
use crate::config;

/// `copydesk init`.
pub(super) fn run(args: &Init) -> anyhow::Result<u8> {
    let path = args.folder.join(config::FILE);
    let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{shown} is there already, and is left as it is. Edit it, or move it away first.")
        }
        Err(error) => return Err(error).with_context(|| format!("{shown} can't be written")),
    };
    file.write_all(config::EXAMPLE.as_bytes()).with_context(|| format!("{shown} can't be written"))?;
    writeln!(anstream::stdout(), "Wrote {shown}. Set your house's style in it, then run `copydesk check`.")?;
    Ok(0)
}
