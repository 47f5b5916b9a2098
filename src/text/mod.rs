//! The text as the file has it: spans, edits, the rope, and the one place that knows UTF-8, UTF-16 and UTF-32 columns.

mod case;
mod document;
mod edit;
mod position;
mod span;

pub use case::{lower_first, upper_first};
pub use document::Document;
pub use edit::{Edit, apply};
pub use position::{Encoding, Position, Range};
pub use span::{Span, SpanSet, one_line};
