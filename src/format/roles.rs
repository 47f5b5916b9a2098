//! Roles by newsroom convention: what a paragraph is by how it reads and where it stands.
