use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::diagnostic::Diagnostic;
use crate::fix;

/// The draft with all fixes applied that may be, and how many were. `check` tells what there is to fix in a text.
pub(super) fn mend(text: &str, also_unsafe: bool, check: impl Fn(&str) -> Vec<Diagnostic>) -> (String, usize) {
    fix::until_settled(text, |text| {
        check(text).iter().filter_map(|diagnostic| fix::choose(&diagnostic.fixes, also_unsafe)).cloned().collect()
    })
}

/// What was changed, as a unified diff.
pub(super) fn diff(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

/// Puts `text` into the file at `path` all at once: whoever reads it meanwhile, and whatever fails, finds the old
/// text or the new one. A link stays a link; owner and permissions stay as they are.
///
/// # Errors
///
/// Where the file is marked read-only, its folder can't be written to, or its disk is full; the file is then as it was.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
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
