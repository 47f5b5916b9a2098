use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

/// A sentence that one rule has one thing to say about, in the columns 39 to 70.
pub const FAULTY: &str = "The jets flew Wednesday over the sea, multiple media outlets reported.\n";
/// That rule.
pub const RULE: &str = "attribution/unnamed-media";
/// A sentence that no rule has anything to say about.
pub const CLEAN: &str = "The jets flew Wednesday over the sea, NHK reported.\n";

/// A folder of drafts that is gone after the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("copydesk-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir(&folder.0).unwrap();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs `copydesk` in the folder, with the arguments that stand in `line` between blanks.
    pub fn run(&self, line: &str) -> Run {
        self.run_with(line, "")
    }

    /// As [`run`](Self::run), with a text on standard input.
    pub fn run_with(&self, line: &str, input: &str) -> Run {
        finish(self.command(line), input)
    }

    pub fn command(&self, line: &str) -> Command {
        command(Path::new(env!("CARGO_BIN_EXE_copydesk")), &self.0, line)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn command(binary: &Path, folder: &Path, line: &str) -> Command {
    let mut command = Command::new(binary);
    command.args(line.split_whitespace()).current_dir(folder);
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RAYON_NUM_THREADS"] {
        command.env_remove(variable);
    }
    command
}

pub fn finish(mut command: Command, input: &str) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = loop {
        match command.spawn() {
            // A copied binary is busy while another test's new process still holds the file it was written through.
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            outcome => break outcome.unwrap(),
        }
    };
    // A run that fails early reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What a run said.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn complains(self, of: &str) -> Self {
        assert!(self.err.contains(of), "{}", self.err);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// The files of a JSON report, each with the number of its diagnostics.
    #[track_caller]
    pub fn found(&self) -> Vec<(String, usize)> {
        let report = self.json();
        let files = report["files"].as_array().unwrap().iter();
        files.map(|f| (f["path"].as_str().unwrap().into(), f["diagnostics"].as_array().unwrap().len())).collect()
    }
}
