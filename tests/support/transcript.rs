use std::path::Path;
use std::process::Command;

use super::drafts::blocks;

/// The page with what the program `binary` really says in each of its transcripts (```` ```console ````), run in
/// `folder`. A transcript is a command after `$ `, and then its output.
///
/// # Errors
///
/// A transcript that does not begin with a command, a command that is not ours, or one that fails to run; with its line.
pub fn rerun(page: &str, binary: &Path, folder: &Path) -> Result<String, String> {
    let mut real = String::new();
    let mut done = 0;
    for block in blocks(page).into_iter().filter(|block| block.info == "console") {
        let start = block.span.start + page[block.span.start..].find(&block.text).unwrap_or(0);
        let commands: Vec<&str> = block.text.lines().filter(|line| line.starts_with("$ ")).collect();
        if !block.text.starts_with("$ ") {
            return Err(format!("line {}: a transcript begins with `$ ` and a command", block.line));
        }
        real.push_str(&page[done..start]);
        for command in commands {
            let output = run(&command[2..], binary, folder).map_err(|error| format!("line {}: {error}", block.line))?;
            real.push_str(&format!("{command}\n{output}"));
        }
        done = start + block.text.len();
    }
    Ok(real + &page[done..])
}

/// What a command says, with no blank at the end of a line and no blank line at the end, as people paste it.
fn run(line: &str, binary: &Path, folder: &Path) -> Result<String, String> {
    let ours = ["copydesk ", "cargo run --release -- "].iter().find_map(|name| line.strip_prefix(name));
    let arguments = ours.ok_or_else(|| format!("`{line}` is not a command of Copydesk"))?;
    let mut command = Command::new(binary);
    command.args(arguments.split_whitespace()).current_dir(folder);
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(variable);
    }
    let output = command.output().map_err(|error| format!("`{line}` can't be run: {error}"))?;
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    let lines: Vec<&str> = said.trim_end().lines().map(str::trim_end).collect();
    Ok(lines.join("\n") + "\n")
}
