//! Copydesk reads a news draft the way a good copy editor does: who said it, who is who, where it was filed.
//!
//! The text goes one way through the rooms: [`text`] → [`format`](mod@format) → [`prose`] → [`story`] → [`rules`] →
//! [`check`] → [`suppress`]; then out through `report` and `cli`, or through `server`. Nothing earlier names
//! anything later. Everything up to [`suppress`] is pure: no files, no clock, no LSP types, and no text on which
//! it fails.
//!
//! ```
//! use copydesk::{check, format::Format, settings::Settings};
//!
//! let draft = "The jets flew Wednesday over the sea, multiple media outlets reported.\n";
//! let found = check::check(draft, Format::Plain, &Settings::default());
//! assert_eq!(found[0].rule, "attribution/unnamed-media");
//! ```

// No files and no clock, except where the command line and the server say so.
#![cfg_attr(not(test), warn(clippy::disallowed_methods))]
#![warn(missing_docs)]

pub mod baseline;
pub mod check;
pub mod config;
pub mod diagnostic;
pub mod fix;
pub mod format;
pub mod lexicon;
pub mod nearest;
pub mod prose;
pub mod rules;
pub mod settings;
pub mod story;
pub mod style;
pub mod styles;
pub mod suppress;
pub mod text;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(any(feature = "cli", feature = "server"))]
mod files;
#[cfg(feature = "cli")]
pub mod report;
#[cfg(feature = "server")]
pub mod server;
