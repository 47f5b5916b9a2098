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
