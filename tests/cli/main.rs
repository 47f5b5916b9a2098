//! The command `copydesk`, run as a user runs it.

mod baseline;
mod commands;
mod config;
mod errors;
mod fix;
mod formats;
mod styles;
mod support;
mod test;
mod walk;
