use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::Checked;
use crate::diagnostic::{Diagnostic, Severity};

/// The file as a test suite: a failed test for each error and warning, a skipped one for each suggestion; a passed
/// one if there are none.
pub(super) fn suite(checked: &Checked<'_>) -> TestSuite {
    let mut suite = TestSuite::new(checked.path);
    for diagnostic in checked.diagnostics {
        suite.add_test_case(case(checked, diagnostic));
    }
    if checked.diagnostics.is_empty() {
        suite.add_test_case(TestCase::new("copydesk", TestCaseStatus::success()));
    }
    suite
}

/// A file that could not be read, as a test suite with an error.
pub(super) fn failed(path: &str, why: &str) -> TestSuite {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(why).set_type("error").set_description(format!("{path}: {why}"));
    let mut case = TestCase::new("copydesk", status);
    case.set_classname(path);
    case.extra.insert("file".into(), path.into());
    let mut suite = TestSuite::new(path);
    suite.add_test_case(case);
    suite
}

fn case(checked: &Checked<'_>, diagnostic: &Diagnostic) -> TestCase {
    let at = checked.at(diagnostic.span.start);
    let mut status = match diagnostic.severity {
        Severity::Error | Severity::Warning => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Severity::Suggestion => TestCaseStatus::skipped(),
    };
    status.set_message(diagnostic.message.as_str()).set_type(diagnostic.severity.name());
    status.set_description(format!("{}:{}:{}: {}", checked.path, at.line, at.column, diagnostic.message));
    let mut case = TestCase::new(format!("{} (line {}, column {})", diagnostic.rule, at.line, at.column), status);
    case.set_classname(checked.path);
    case.extra.insert("file".into(), checked.path.into());
    case.extra.insert("line".into(), at.line.to_string().into());
    case
}
