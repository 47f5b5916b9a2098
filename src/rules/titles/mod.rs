//! Who holds which office, and how copy says so.

pub(super) mod abbreviation;
pub(super) mod case_before_name;
pub(super) mod house_style;
pub(super) mod inconsistent;
pub(super) mod not_held;
mod post;

/// `text` with its first letter in lower case where that of `like` is.
fn cased_like(text: &str, like: &str) -> String {
    if like.starts_with(char::is_lowercase) { text.to_lowercase() } else { text.to_owned() }
}

/// The words of `wordings` that say what `wanted` says, in the given form if it has it.
fn in_form<'w>(wordings: &'w [Vec<String>], wanted: &'w str, form: usize) -> &'w str {
    let group = wordings.iter().find(|group| group.iter().any(|wording| wording == wanted));
    group.and_then(|group| group.get(form)).map_or(wanted, String::as_str)
}
