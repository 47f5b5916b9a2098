//! Ways to mend a draft, and applying them.

use crate::text::Edit;

/// Whether a fix may be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Applicability {
    /// May be applied unseen, by `--fix` and on save.
    Safe,
    /// A person looks first.
    Unsafe,
}

impl Applicability {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A way to mend what a diagnostic reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a menu entry: "Write “Defense Secretary”".
    pub title: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// The edits, in bytes of the file, that belong together.
    pub edits: Vec<Edit>,
}
