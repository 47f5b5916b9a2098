//! `copydesk.toml`.
