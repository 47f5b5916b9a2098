use super::Class;

/// The classes of a word, in whatever case it is written.
pub fn class_of(word: &str) -> Class {
    let _ = word;
    Class::NONE
}
