//! Every rule's page is its test suite: `rules/<family>/<rule>.md`. What a draft in a page can say is in `support`.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use copydesk::check;
use copydesk::diagnostic::Diagnostic;
use copydesk::fix;
use copydesk::format::Format;
use copydesk::rules::{self, RULES, Rule};
use copydesk::settings::Settings;
use libtest_mimic::{Arguments, Failed, Trial};
use support::drafts::{Example, examples, without_blocks};
use support::verdict::{compare, difference, fixed};

const HEADINGS: [&str; 5] = ["What it flags", "Why", "Examples", "Settings", "Fix"];

fn main() {
    let arguments = Arguments::from_args();
    let pages = rules::built_in().map(|rule| Trial::test(rule.name, || page(rule).map_err(Failed::from)));
    let others = [
        Trial::test("every page has its rule and every rule its page", || table().map_err(Failed::from)),
        Trial::test("a page with a mistake fails", || mistakes().map_err(Failed::from)),
    ];
    libtest_mimic::run(&arguments, pages.chain(others).collect()).exit();
}

/// The page keeps to its form, its drafts get the diagnostics marked in them, and its own prose passes.
fn page(rule: &Rule) -> Result<(), String> {
    form(rule)?;
    let examples = examples(rule.docs())?;
    let mut flagged = false;
    let mut clean = false;
    let mut offers = None;
    for draft in &examples {
        let place = |failure: String| format!("the draft in line {}:\n{failure}", draft.line);
        let settings = settings(draft, rule);
        let found = of_rule(rule, draft.check(&draft.text, &settings));
        compare(&draft.text, &draft.marks, &found).map_err(place)?;
        each_fix(draft, rule, &settings, &found).map_err(place)?;
        all_fixes(draft, rule, &settings, &found).map_err(place)?;
        flagged |= !found.is_empty();
        clean |= found.is_empty();
        if found.iter().any(|diagnostic| !diagnostic.fixes.is_empty()) {
            offers.get_or_insert(draft.line);
        }
    }
    if !flagged || !clean {
        return Err("the page needs a draft that is flagged and one that is clean".into());
    }
    if let Some(line) = offers
        && examples.iter().all(|draft| draft.fixed.is_none())
    {
        return Err(format!("the draft in line {line} can be fixed: show how in a `fixed` block"));
    }
    prose(rule)
}

/// The rule's settings in a draft: as the draft says, but with rules in preview on.
fn settings(draft: &Example, rule: &Rule) -> Settings {
    let mut settings = draft.settings.clone();
    if rule.preview && settings.level(rule).is_none() {
        settings.levels.insert(rule.name.into(), Some(rule.level));
    }
    settings
}

fn of_rule(rule: &Rule, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.retain(|diagnostic| diagnostic.rule == rule.name);
    diagnostics
}

/// Each fix by itself takes its diagnostic away and brings no new one.
fn each_fix(draft: &Example, rule: &Rule, settings: &Settings, found: &[Diagnostic]) -> Result<(), String> {
    for diagnostic in found {
        for fix in &diagnostic.fixes {
            let (text, applied) = fix::apply(&draft.text, [fix]);
            if applied == 0 {
                return Err(format!("“{}” can't be applied: {:?}", fix.title, fix.edits));
            }
            let left = of_rule(rule, draft.check(&text, settings));
            if left.len() >= found.len() {
                let messages: Vec<_> = left.iter().map(|left| left.message.as_str()).collect();
                let title = &fix.title;
                return Err(format!("“{title}” leaves {} of {}: {messages:#?}\n{text}", left.len(), found.len()));
            }
        }
    }
    Ok(())
}

/// All fixes together give the `fixed` block; what could be fixed is not flagged again, and fixing twice is fixing once.
fn all_fixes(draft: &Example, rule: &Rule, settings: &Settings, found: &[Diagnostic]) -> Result<(), String> {
    let Some(expected) = &draft.fixed else { return Ok(()) };
    let unfixed = found.iter().filter(|diagnostic| diagnostic.fixes.get(expected.pick).is_none()).count();
    if unfixed == found.len() {
        return Err("a `fixed` block, and nothing to fix".into());
    }
    let check = |text: &str| of_rule(rule, draft.check(text, settings));
    let once = fixed(&draft.text, expected.pick, check);
    if let Some(difference) = difference(&expected.text, &once) {
        return Err(format!("fixed it is not the `fixed` block {difference}"));
    }
    let left = check(&once);
    if left.len() > unfixed {
        return Err(format!("flagged again once it is fixed: {left:#?}"));
    }
    let twice = fixed(&once, expected.pick, check);
    difference(&once, &twice).map_or(Ok(()), |difference| Err(format!("fixing twice is not fixing once {difference}")))
}

/// The page's headings, all there, in order and with something to say.
fn form(rule: &Rule) -> Result<(), String> {
    let prose = format!("\n{}", rule.docs());
    let mut parts = prose.split("\n## ");
    let title = parts.next().unwrap_or("").trim();
    if title != format!("# {}", rule.name) {
        return Err(format!("the page is headed “{title}”, not “# {}”", rule.name));
    }
    let sections: Vec<(&str, &str)> = parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect();
    let headings: Vec<&str> = sections.iter().map(|(heading, _)| heading.trim()).collect();
    if headings != HEADINGS {
        return Err(format!("the headings are {headings:?}, not {HEADINGS:?}"));
    }
    match sections.iter().find(|(_, body)| body.trim().is_empty()) {
        Some((heading, _)) => Err(format!("nothing under “{heading}”")),
        None => Ok(()),
    }
}

/// The page's own prose passes all other rules. What it claims is the house's own word, as a leader's is: nobody else is
/// asked for it.
fn prose(rule: &Rule) -> Result<(), String> {
    let prose = without_blocks(rule.docs());
    let mut found = check::check(&prose, Format::Markdown, &Settings::default());
    found.retain(|diagnostic| diagnostic.rule != rule.name && diagnostic.rule != "attribution/unattributed-claim");
    compare(&prose, &[], &found).map_err(|report| format!("the page's own prose:\n{report}"))
}

/// Every page belongs to a rule and is the one that the rule has; names are unique and well formed.
fn table() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut pages = BTreeSet::new();
    for family in entries(&root)? {
        for file in entries(&root.join(&family))?.iter().filter_map(|file| file.strip_suffix(".md")) {
            pages.insert(format!("{family}/{file}"));
        }
    }
    let names: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_string()).collect();
    if names.len() != RULES.len() {
        return Err("two rules have one name".into());
    }
    if pages != names {
        let without_rule: Vec<_> = pages.difference(&names).collect();
        let without_page: Vec<_> = names.difference(&pages).collect();
        return Err(format!("pages without a rule: {without_rule:?}; rules without a page: {without_page:?}"));
    }
    for rule in RULES {
        let name = rule.name;
        let kebab = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if !name.split_once('/').is_some_and(|(family, what)| kebab(family) && kebab(what)) {
            return Err(format!("“{name}” is not family/what-is-wrong"));
        }
        let file = fs::read_to_string(root.join(format!("{name}.md"))).map_err(|error| format!("{name}: {error}"))?;
        if file != rule.page {
            return Err(format!("{name} has the page of another rule"));
        }
        if let Some(unknown) = rule.yields_to.iter().find(|other| !names.contains(**other)) {
            return Err(format!("{name} yields to “{unknown}”, which is no rule"));
        }
    }
    Ok(())
}

/// A page fails for each mistake that can be made in one.
fn mistakes() -> Result<(), String> {
    const PAGE: &str = "# usage/term\n\n## What it flags\n\nIt.\n\n## Why\n\nSo.\n\n## Examples\n\n\
        ```toml copydesk.toml\nterms = { e-mail = \"email\" }\n```\n\n\
        ```draft\nThe e-mail came.\n    ^^^^^^ “email”\n```\n\n```fixed\nThe email came.\n```\n\n\
        ```draft\nThe letter came.\n```\n\n## Settings\n\nNone.\n\n## Fix\n\nNone.\n";
    let rule = copydesk::rules::find("usage/term").ok_or("no such rule")?;
    let verdict = |text: String| page(&Rule { page: text.leak(), ..*rule });
    verdict(PAGE.into())?;
    let cases = [
        ("# usage/term", "# usage/terms", "is headed"),
        ("## Why\n\nSo.", "", "the headings are"),
        ("So.", "", "nothing under “Why”"),
        ("So.", "So it is TK.", "the page's own prose:"),
        ("The letter", "The e-mail", "not expected:"),
        ("The e-mail", "The letter", "missed:"),
        ("    ^", "   ^", "missed:"),
        ("^ “email”", "^ “e-post”", "missed:"),
        ("```draft\nThe letter came.\n```", "", "one that is clean"),
        ("```draft\nThe e-mail came.\n    ^^^^^^ “email”\n```\n\n```fixed\nThe email came.\n```", "", "flagged"),
        ("```draft\nThe letter", "```draft style=tabloid\nThe letter", "no style `tabloid`"),
        ("```fixed\nThe email came.\n```", "", "show how in a `fixed` block"),
        ("The email came.", "The letter came.", "is not the `fixed` block"),
        ("```fixed", "```fixed pick=2", "nothing to fix"),
        ("\"email\"", "1", "This must be"),
    ];
    for (right, wrong, failure) in cases {
        match verdict(PAGE.replace(right, wrong)) {
            Err(report) if report.contains(failure) => {}
            other => return Err(format!("with {wrong:?} for {right:?} the page gives {other:?}, not {failure:?}")),
        }
    }
    Ok(())
}

/// The names in a folder; none if it is a file.
fn entries(folder: &Path) -> Result<Vec<String>, String> {
    let names = |folder: &Path| -> io::Result<Vec<String>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    names(folder).map_err(|error| format!("{}: {error}", folder.display()))
}
