//! Examples in Markdown pages: drafts in fenced blocks, with what is expected marked under the text.
//!
//! ````markdown
//! ```draft style=reuters date=2025-12-11 format=markdown
//! Officials said on Monday, Dec. 6, that the road was closed.
//!                   ^^^^^^^^^^^^^^ was a Saturday
//! ```
//!
//! ```fixed pick=2
//! Officials said on Saturday, Dec. 6, that the road was closed.
//! ```
//! ````
//!
//! - A line of carets marks the characters above it; words after the carets must be in the message or the rule's
//!   name. More marks for one line follow on that line or on further lines of carets.
//! - `^^^>` goes on in the next mark, so that a mark can cover several lines.
//! - A draft without a mark is clean. `fixed` is the text once the first fix (or the one that `pick` says) of every
//!   diagnostic is made.
//! - ```` ```toml copydesk.toml ```` is the configuration of the drafts after it, ```` ```csv terms.csv ```` its word list,
//!   any other table its roster. A draft with `format=copydesk.toml`
//!   is one itself, and what is expected are its mistakes.
//! - ```` ```console ```` is a transcript: a command after `$ `, and then what it says.

#![allow(dead_code)] // Each test uses its part of this.

pub mod drafts;
pub mod transcript;
pub mod verdict;
