//! Adds to the house's files what an editor was told to add: a term, an acronym. All else in the file stays as it is.

use csv_core::Writer;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use super::{read, sheet, word_list};
use crate::diagnostic::Diagnostic;
use crate::style::Term;

/// Why nothing is added to a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    /// What it says can't be told.
    #[error("it has mistakes in it. Mend them first.")]
    Broken,
    /// It says so already.
    #[error("{0}")]
    Known(String),
    /// It would be a mistake there.
    #[error("{0}")]
    Mistake(String),
}

/// The text of a `copydesk.toml` with one term more.
///
/// # Errors
///
/// See [`NotAdded`].
pub fn term(text: &str, term: &Term) -> Result<String, NotAdded> {
    added(text, |file| {
        let terms = file.entry("terms").or_insert_with(|| Table::new().into());
        let terms = terms.as_table_like_mut().ok_or(NotAdded::Broken)?;
        if let Some(known) = terms.get(&term.wrong) {
            let right = known.as_str().or_else(|| known.get("use")?.as_str()).unwrap_or_default();
            return Err(known_as(term, right));
        }
        let value = match &term.why {
            Some(why) => InlineTable::from_iter([("use", &term.right), ("why", why)]).into(),
            None => Value::from(&term.right),
        };
        terms.insert(&term.wrong, Item::Value(value));
        Ok(())
    })
}

/// The text of a `copydesk.toml` with one acronym more that the house's readers know.
///
/// # Errors
///
/// See [`NotAdded`].
pub fn acronym(text: &str, acronym: &str) -> Result<String, NotAdded> {
    added(text, |file| {
        let acronyms = file.entry("acronyms").or_insert_with(|| Table::new().into());
        let acronyms = acronyms.as_table_like_mut().ok_or(NotAdded::Broken)?;
        let holds = |item: &Value| item.as_str() == Some(acronym);
        if let Some(explained) = acronyms.get_mut("explain").and_then(Item::as_array_mut) {
            explained.retain(|item| !holds(item));
        }
        let known = acronyms.entry("known").or_insert_with(|| Array::new().into());
        let known = known.as_array_mut().ok_or(NotAdded::Broken)?;
        if known.iter().any(holds) {
            return Err(NotAdded::Known(format!("“{acronym}” is among the acronyms that its readers know already.")));
        }
        known.push(acronym);
        Ok(())
    })
}

/// What `add` makes of the configuration in `text`, if there are no mistakes in it then that were not in it before.
fn added(text: &str, add: impl FnOnce(&mut DocumentMut) -> Result<(), NotAdded>) -> Result<String, NotAdded> {
    let mut file: DocumentMut = text.parse().map_err(|_| NotAdded::Broken)?;
    add(&mut file)?;
    let after = file.to_string();
    // It comes back with the line breaks of Unix.
    let after = if text.contains("\r\n") { after.replace('\n', "\r\n") } else { after };
    sound(text, after, |text| read(text).1)
}

/// The text of a word list with one term more, in a line of its own at the end.
///
/// # Errors
///
/// See [`NotAdded`].
pub fn row(text: &str, term: &Term) -> Result<String, NotAdded> {
    if term.wrong.contains(';') {
        return Err(NotAdded::Mistake("A semicolon divides terms there, so no term can have one in it.".into()));
    }
    let rows = sheet::table(text, &word_list::KIND).0;
    let lists = |row: &&sheet::Row| row.one("wrong").is_some_and(|wrong| wrong.parts().any(|part| part == term.wrong));
    if let Some(row) = rows.iter().find(lists) {
        return Err(known_as(term, &row.one("right").map(sheet::Field::words).unwrap_or_default()));
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut after = text.to_owned();
    if text.trim().is_empty() {
        after.push_str(&word_list::KIND.columns.join(","));
    }
    if !after.ends_with('\n') {
        after.push_str(line_break);
    }
    let value = |column: Option<&str>| match column {
        Some("wrong") => field(&term.wrong),
        Some("right") => field(&term.right),
        Some("why") => field(term.why.as_deref().unwrap_or_default()),
        _ => String::new(),
    };
    let columns = sheet::columns(&after, &word_list::KIND);
    after.push_str(&columns.into_iter().map(value).collect::<Vec<_>>().join(","));
    after.push_str(line_break);
    sound(text, after, |text| word_list(text).1)
}

/// A field as a table has it.
fn field(value: &str) -> String {
    match Writer::new().should_quote(value.as_bytes()) {
        true => format!("\"{}\"", value.replace('"', "\"\"")),
        false => value.into(),
    }
}

fn known_as(term: &Term, right: &str) -> NotAdded {
    NotAdded::Known(format!("it has “{}” already, for which the house writes “{right}”. Change that.", term.wrong))
}

/// The text `after`, if it has no mistakes that were not there `before`.
fn sound(before: &str, after: String, mistakes: impl Fn(&str) -> Vec<Diagnostic>) -> Result<String, NotAdded> {
    let known = mistakes(before);
    let new = mistakes(&after).into_iter().find(|new| known.iter().all(|known| known.message != new.message));
    match new {
        Some(mistake) => Err(NotAdded::Mistake(mistake.message)),
        None => Ok(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::EXAMPLE;

    fn of(wrong: &str, right: &str, why: Option<&str>) -> Term {
        Term { wrong: wrong.into(), right: right.into(), why: why.map(Into::into) }
    }

    fn refused(added: Result<String, NotAdded>) -> String {
        added.expect_err("a reason").to_string()
    }

    #[test]
    fn a_term_is_added_and_all_else_stays() {
        let email = of("e-mail", "email", None);
        for (before, after) in [
            ("", "[terms]\ne-mail = \"email\"\n"),
            ("# ours\nstyle = 'ap' # as ever\n", "# ours\nstyle = 'ap' # as ever\n\n[terms]\ne-mail = \"email\"\n"),
            (
                "[terms]\n# a\n\"web site\"   = 'website'\n\n# b\n[levels]\nusage = \"off\"\n",
                "[terms]\n# a\n\"web site\"   = 'website'\ne-mail = \"email\"\n\n# b\n[levels]\nusage = \"off\"\n",
            ),
            ("terms = { zine = \"paper\" }\n", "terms = { zine = \"paper\" , e-mail = \"email\" }\n"),
            ("terms.zine = \"paper\"\n", "terms.zine = \"paper\"\nterms.e-mail = \"email\"\n"),
            ("[terms]\r\nzine = \"paper\"\r\n", "[terms]\r\nzine = \"paper\"\r\ne-mail = \"email\"\r\n"),
        ] {
            assert_eq!(term(before, &email).as_deref(), Ok(after));
        }
        let added = term(EXAMPLE, &of("a \"b\"", "c", Some("d\\e"))).unwrap();
        let (config, mistakes) = read(&added);
        assert_eq!(mistakes, []);
        assert_eq!(*config.terms, crate::style::Terms::new([of("a \"b\"", "c", Some("d\\e"))]));
        assert_eq!(added.lines().count(), EXAMPLE.lines().count() + 1);
    }

    #[test]
    fn a_term_that_would_be_a_mistake_is_not_added() {
        let told = refused(term("[terms]\ne-mail = { use = \"email\" }\n", &of("e-mail", "mail", None)));
        assert!(told.contains("already") && told.contains("“email”"), "{told}");
        assert!(refused(term("[terms\n", &of("e-mail", "email", None))).contains("Mend them first"));
        assert!(refused(term("terms = 1\n", &of("e-mail", "email", None))).contains("Mend them first"));
        assert!(refused(term("", &of("war", "civil war", None))).contains("has “war” in it"));
        assert!(refused(term("", &of("", "email", None))).contains("needs both wordings"));
        assert!(refused(row("wrong,right\n", &of("old", "old", None))).contains("Both wordings are the same"));
        assert!(refused(row("wrong,right\na; e-mail,b\n", &of("e-mail", "email", None))).contains("“b”"));
        assert!(refused(row("wrong,right\n", &of("a; b", "c", None))).contains("semicolon"));
        // What is wrong elsewhere is no reason.
        assert!(term("stile = \"ap\"\n", &of("e-mail", "email", None)).is_ok());
        assert!(row("wrong,right\na,a\n", &of("e-mail", "email", None)).is_ok());
    }

    #[test]
    fn a_row_is_added_under_its_columns() {
        let email = of("e-mail", "email", Some("one word, \"always\""));
        for (before, after) in [
            ("", "wrong,right,why\ne-mail,email,\"one word, \"\"always\"\"\"\n"),
            ("Right,wrong", "Right,wrong\nemail,e-mail\n"),
            ("wrong,,right\r\na,x,b\r\n", "wrong,,right\r\na,x,b\r\ne-mail,,email\r\n"),
        ] {
            assert_eq!(row(before, &email).as_deref(), Ok(after));
        }
    }

    #[test]
    fn an_acronym_is_added_to_those_that_are_known() {
        for (before, after) in [
            ("", "[acronyms]\nknown = [\"HPW\"]\n"),
            ("[acronyms]\nknown = [\"NBC\"] # ours\n", "[acronyms]\nknown = [\"NBC\", \"HPW\"] # ours\n"),
            ("[acronyms]\nexplain = [\"HPW\", \"NATO\"]\n", "[acronyms]\nexplain = [ \"NATO\"]\nknown = [\"HPW\"]\n"),
        ] {
            assert_eq!(acronym(before, "HPW").as_deref(), Ok(after));
        }
        assert!(refused(acronym("[acronyms]\nknown = [\"HPW\"]\n", "HPW")).contains("already"));
        assert!(refused(acronym("", "Hpw")).contains("two to six capitals"));
    }
}
