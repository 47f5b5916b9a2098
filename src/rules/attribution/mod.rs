//! Who said it.

pub(super) mod unnamed_media;
