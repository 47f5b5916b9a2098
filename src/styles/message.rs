/// A message with its `%s` filled in, in order; `%[2]s` names one by its number. What is left over stays away.
pub(super) fn fill(message: &str, words: &[&str]) -> String {
    let mut out = String::with_capacity(message.len() + 16);
    let mut next = 0;
    let mut rest = message;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        if let Some(tail) = after.strip_prefix('%') {
            out.push('%');
            rest = tail;
        } else if let Some(tail) = after.strip_prefix('s') {
            out.push_str(words.get(next).copied().unwrap_or_default());
            next += 1;
            rest = tail;
        } else if let Some((number, tail)) = numbered(after) {
            out.push_str(words.get(number).copied().unwrap_or_default());
            next = number + 1;
            rest = tail;
        } else {
            out.push('%');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// What follows a `%` that names its word: `[2]s`.
fn numbered(after: &str) -> Option<(usize, &str)> {
    let (number, tail) = after.strip_prefix('[')?.split_once(']')?;
    Some((number.parse::<usize>().ok()?.checked_sub(1)?, tail.strip_prefix('s')?))
}

/// Choices as a message names them: 'a', 'a' or 'b'; more, with commas.
pub(super) fn choices(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("'{one}'"),
        [one, other] => format!("'{one}' or '{other}'"),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(|word| format!("'{word}'")).collect();
            format!("{}, or '{last}'", most.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_where_the_message_wants_them() {
        for (message, filled) in [
            ("Use '%s' instead of '%s'.", "Use 'a' instead of 'b'."),
            ("'%[2]s' is '%[1]s'", "'b' is 'a'"),
            ("100%% of %s", "100% of a"),
            ("5 % more", "5 % more"),
            ("%s %s %s", "a b "),
            ("nothing", "nothing"),
            ("%", "%"),
        ] {
            assert_eq!(fill(message, &["a", "b"]), filled, "{message}");
        }
    }

    #[test]
    fn choices_read_as_a_list() {
        let words = |list: &str| list.split(' ').map(String::from).collect::<Vec<_>>();
        assert_eq!(choices(&words("a")), "'a'");
        assert_eq!(choices(&words("a b")), "'a' or 'b'");
        assert_eq!(choices(&words("a b c")), "'a', 'b', or 'c'");
    }
}
