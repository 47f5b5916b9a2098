mod from_vale;
mod ini;

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::args::Init;
use super::table::count;
use crate::config::discover::Found;
use crate::config::{EXAMPLE, FILE};
use crate::files;
use crate::report::{Checked, Format, Look, Piece};
use from_vale::Vale;

/// What Vale calls its configuration.
const VALE: [&str; 4] = [".vale.ini", "_vale.ini", "vale.ini", ".vale"];

/// `copydesk init`.
pub(super) fn run(args: &Init) -> anyhow::Result<u8> {
    let path = args.folder.join(FILE);
    let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
    let Some(from_vale) = &args.from_vale else {
        write(&path, &shown, EXAMPLE)?;
        writeln!(anstream::stdout(), "Wrote {shown}. Set your house's style in it, then run `copydesk check`.")?;
        return Ok(0);
    };
    let ini = from_vale.clone().map_or_else(|| vale_in(&args.folder), Ok)?;
    let name = ini.strip_prefix(".").unwrap_or(&ini).display().to_string();
    let text = fs::read_to_string(&ini).map_err(|error| anyhow!("{name}: {}", files::explain(&error)))?;
    let mut vale = Vale::read(&text);
    vale.path = styles_path(&ini, &args.folder, &vale.path);
    let absolute = std::path::absolute(&path)?;
    let styles = Found::of(absolute.clone(), vale.styles_table());
    let rules: Vec<_> = styles.config.words.rules().iter().map(|rule| (rule.name, rule.level)).collect();
    let (toml, left) = vale.toml(&name, &rules);
    write(&path, &shown, &toml)?;
    let mut out = anstream::stdout();
    writeln!(out, "Wrote {shown} from {name}.")?;
    if left > 0 {
        let stand = if left == 1 { "has no counterpart; it stands" } else { "have no counterpart; they stand" };
        writeln!(out, "{} {stand} at its end, with what to do.", count(left, "setting"))?;
    }
    let found = Found::of(absolute, toml);
    let checked = Checked::new(&shown, &found.file.text, &found.file.mistakes);
    if let Piece::Text(mistakes) = Format::Concise.piece(&checked, Look { color: false, width: usize::MAX }) {
        out.write_all(mistakes.as_bytes())?;
    }
    Ok(0)
}

/// Writes the file, if there is none yet.
fn write(path: &Path, shown: &str, text: &str) -> anyhow::Result<()> {
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{shown} is there already, and is left as it is. Edit it, or move it away first.")
        }
        Err(error) => return Err(error).with_context(|| format!("{shown} can't be written")),
    };
    file.write_all(text.as_bytes()).with_context(|| format!("{shown} can't be written"))
}

/// Vale's configuration in a folder.
fn vale_in(folder: &Path) -> anyhow::Result<PathBuf> {
    let there = VALE.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    there.ok_or_else(|| anyhow!("no .vale.ini is in {}. Say where it is: --from-vale FILE.", folder.display()))
}

/// The folder of the styles as `copydesk.toml` must name it: from its own folder, where Vale's configuration is beside it.
fn styles_path(ini: &Path, folder: &Path, path: &str) -> String {
    let beside = ini.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if fs::canonicalize(beside).ok() == fs::canonicalize(folder).ok() {
        return path.into();
    }
    let joined = beside.join(path);
    std::path::absolute(&joined).unwrap_or(joined).to_string_lossy().into_owned()
}
