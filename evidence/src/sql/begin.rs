//! The first look at a text: whether its first word begins a statement of SQL. Cheap: most literals end here.

/// Words that begin a statement.
pub(super) const FIRST: [&str; 30] = [
    "ALTER",
    "ATTACH",
    "BEGIN",
    "CALL",
    "COMMENT",
    "COMMIT",
    "COPY",
    "CREATE",
    "DECLARE",
    "DELETE",
    "DO",
    "DROP",
    "EXPLAIN",
    "GRANT",
    "INSERT",
    "LISTEN",
    "LOCK",
    "MERGE",
    "NOTIFY",
    "PRAGMA",
    "REFRESH",
    "REPLACE",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "TRUNCATE",
    "UPDATE",
    "WITH",
];

/// The text behind white space, comments and opening parentheses.
pub(super) fn without_opening(mut text: &str) -> &str {
    loop {
        text =
            text.trim_start_matches(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ';' | '\u{feff}'));
        text = if let Some(comment) = text.strip_prefix("--") {
            comment.split_once('\n').map_or("", |(_, rest)| rest)
        } else if let Some(comment) = text.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, rest)| rest)
        } else {
            return text;
        };
    }
}

/// The letters that a text begins with.
pub(super) fn first_word(text: &str) -> &str {
    let end = text
        .find(|letter: char| !letter.is_ascii_alphabetic())
        .unwrap_or(text.len());
    &text[..end]
}

/// Whether a text may be SQL: its first word begins a statement, and more follows.
pub(crate) fn may_begin(text: &str) -> bool {
    let text = without_opening(text);
    let word = first_word(text);
    let known = word.len() > 1 && word.len() <= 9 && FIRST.iter().any(|first| first.eq_ignore_ascii_case(word));
    // A name that goes on (`select_box`, `create-user`, `update.log`) is none of them.
    known
        && text[word.len()..]
            .starts_with(|next: char| next.is_whitespace() || matches!(next, '(' | '*' | '"' | '`' | '['))
}
