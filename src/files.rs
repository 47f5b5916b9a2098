//! Finds the drafts below a folder, reads files and puts other texts into them: for the command line, and for an editor
//! that wants the whole folder checked.

#![allow(clippy::disallowed_methods)] // Reading files is done here.
#![cfg_attr(not(feature = "cli"), allow(dead_code))] // The server reads no drafts from standard input.

use std::collections::HashSet;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::format::Format;

/// Files above this size are no drafts, and would take the machine's memory.
const MOST: u64 = 64 * 1024 * 1024;

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input, and what to call it.
    Stdin(PathBuf),
    /// A file.
    File(PathBuf),
}

impl Input {
    /// Where it is, or is said to be.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Stdin(path) | Self::File(path) => path,
        }
    }

    /// What reports call it.
    pub(crate) fn name(&self) -> String {
        let path = self.path();
        path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned()
    }

    /// Its text.
    ///
    /// # Errors
    ///
    /// What is wrong with it, if it is no text in UTF-8 of a draft's size.
    pub(crate) fn read(&self) -> Result<String, Problem> {
        let bytes = match self {
            Self::Stdin(_) => read(io::stdin().lock(), 0),
            Self::File(path) => read_file(path),
        };
        bytes.and_then(decode).map_err(|what| Problem { path: self.name(), what })
    }
}

/// Why something can't be read, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where.
    pub path: String,
    /// Why, and what to do.
    pub what: String,
}

impl Problem {
    pub(crate) fn new(path: &str, what: &str) -> Self {
        Self { path: path.into(), what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

/// The drafts at these paths, in the order of the paths and, in a folder, of their names, each once; and what can't
/// be searched. No path at all is the current folder.
pub(crate) fn find(paths: &[PathBuf]) -> (Vec<Input>, Vec<Problem>) {
    let here = [PathBuf::from(".")];
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in if paths.is_empty() { &here } else { paths } {
        if path.is_dir() {
            walk(path, &mut files, &mut problems);
        } else {
            // Whether it is there shows when it is read.
            files.push(path.clone());
        }
    }
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(path.strip_prefix(".").unwrap_or(path).to_owned()));
    (files.into_iter().map(Input::File).collect(), problems)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>, problems: &mut Vec<Problem>) {
    let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_name(|a, b| a.cmp(b)).build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_draft(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => problems.push(unsearched(folder, &error)),
        }
    }
}

/// Whether a file in a folder is a draft, by its name.
fn is_draft(path: &Path) -> bool {
    Format::told_by(&path.to_string_lossy()).is_some()
}

/// A problem with one of a walked folder's entries.
fn unsearched(folder: &Path, error: &ignore::Error) -> Problem {
    let path = at(error).unwrap_or(folder).to_string_lossy().into_owned();
    let what = error.io_error().map_or_else(|| error.to_string(), explain);
    Problem { path, what }
}

fn at(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => at(err),
        _ => None,
    }
}

/// What an error of the operating system means to the user.
pub(crate) fn explain(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file. Check the spelling and the folder.".into(),
        ErrorKind::PermissionDenied => "you may not read this. Ask its owner for permission.".into(),
        ErrorKind::IsADirectory => "this is a folder, not a file.".into(),
        _ => format!("can't be read: {error}."),
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    // A link that leads nowhere is there and is not.
    if path.is_symlink() && !path.exists() {
        return Err("this link leads to a file that is not there. Remove the link or mend it.".into());
    }
    let size = fs::metadata(path).map_err(|error| explain(&error))?.len();
    if size > MOST {
        return Err(too_large(Some(size)));
    }
    read(File::open(path).map_err(|error| explain(&error))?, size as usize)
}

fn read(source: impl Read, size: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(size + 1);
    source.take(MOST + 1).read_to_end(&mut bytes).map_err(|error| explain(&error))?;
    if bytes.len() as u64 > MOST { Err(too_large(None)) } else { Ok(bytes) }
}

fn too_large(size: Option<u64>) -> String {
    let has = size.map_or_else(String::new, |size| format!(" of {} MB", size >> 20));
    format!("too large for a draft{has}: the limit is {} MB. Split it, or leave it out.", MOST >> 20)
}

/// The bytes as text.
fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let utf16 = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => Some("UTF-16LE"),
        Some([0xFE, 0xFF]) => Some("UTF-16BE"),
        _ => None,
    };
    if utf16.is_some() {
        return Err("this is UTF-16, and Copydesk reads UTF-8. Save it as UTF-8, or convert it: \
                    iconv -f UTF-16 -t UTF-8 FILE > NEW"
            .into());
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        let (line, byte) = place(&bytes, at);
        return Err(format!(
            "this is no text: line {line}, byte {byte} is a NUL. If it comes from a word processor, save it as plain text in UTF-8."
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let (bytes, at) = (error.as_bytes(), error.utf8_error().valid_up_to());
        let (line, byte) = place(bytes, at);
        let value = bytes.get(at).copied().unwrap_or_default();
        format!(
            "not UTF-8: line {line}, byte {byte} (0x{value:02X}). Save it as UTF-8, or convert it, for example: \
             iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW"
        )
    })
}

/// Line, and byte of the line, both from 1.
fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = bytes.get(..at).unwrap_or_default();
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    (line, at - memchr::memrchr(b'\n', before).map_or(0, |end| end + 1) + 1)
}

/// Puts `text` into the file at `path`, and makes it if there is none.
///
/// # Errors
///
/// See [`replace`].
pub(crate) fn put(path: &Path, text: &str) -> io::Result<()> {
    if path.exists() { replace(path, text) } else { fs::write(path, text) }
}

/// Puts `text` into the file at `path` all at once: whoever reads it meanwhile, and whatever fails, finds the old
/// text or the new one. A link stays a link; owner and permissions stay as they are.
///
/// # Errors
///
/// Where the file is marked read-only, its folder can't be written to, or its disk is full; the file is then as it was.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let metadata = fs::metadata(&path)?;
    // The folder alone decides whether a file may be replaced, but whoever locked the draft meant its text.
    if metadata.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it is read-only; make it writable first"));
    }
    let (mut file, beside) = beside(&path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| keep_access(&metadata, &file))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // The failure is what matters; what is left lying is not.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A new file in the same folder, so that renaming it does not cross file systems.
fn beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0;
    loop {
        let beside = path.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

fn keep_access(metadata: &Metadata, to: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only root may give files away; anyone else owns the new file, as with any editor.
        let _ = fchown(to, Some(metadata.uid()), Some(metadata.gid()));
    }
    to.set_permissions(metadata.permissions())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_utf_8_and_says_what_else_is() {
        assert_eq!(decode(b"\xEF\xBB\xBFone\r\n".to_vec()), Ok("\u{FEFF}one\r\n".into()));
        assert_eq!(decode(Vec::new()), Ok(String::new()));
        for (bytes, expected) in [
            (&b"one\ntw\x93o\n"[..], "line 2, byte 3 (0x93)"),
            (b"caf\xE9", "line 1, byte 4 (0xE9)"),
            (b"cut \xE2\x80", "line 1, byte 5 (0xE2)"),
            (b"\xFF\xFEo\0n\0", "UTF-16"),
            (b"\xFE\xFF\0o\0n", "UTF-16"),
            (b"one\ntwo\0", "line 2, byte 4 is a NUL"),
        ] {
            let error = decode(bytes.to_vec()).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn reads_no_more_than_the_limit() {
        assert!(read(io::repeat(b'a').take(MOST + 1), 0).unwrap_err().contains("64 MB"));
        assert_eq!(read(io::repeat(b'a').take(3), 0), Ok(b"aaa".to_vec()));
    }
}
