//! Sentences that a parser takes for SQL: "Select one from the list", "delete from cache failed". Whoever writes SQL
//! writes its keywords in capitals, or uses marks that prose does not have; what has neither must look like nothing else.

use super::words::Token;

/// Words of sentences that are no names of tables and columns.
const OF_SENTENCES: [&str; 26] = [
    "a", "an", "and", "are", "because", "but", "cannot", "could", "failed", "for", "here", "instead", "its", "must",
    "please", "should", "that", "the", "their", "this", "those", "to", "was", "which", "with", "your",
];

/// Words that lead a clause, or stand where no sentence has them.
const CLAUSES: [&str; 12] = [
    "where",
    "join",
    "group",
    "order",
    "limit",
    "values",
    "set",
    "returning",
    "union",
    "having",
    "offset",
    "exists",
];

/// Whether a text that has the words of a statement is rather a sentence.
pub(super) fn is_prose(tokens: &[Token<'_>]) -> bool {
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    let Some(first) = words.first() else { return true };
    if first.chars().all(|letter| letter.is_ascii_uppercase()) {
        // "SELECT the rows from": keywords in capitals, among words of a sentence.
        return !has_marks(tokens) && words[1..].iter().filter(|word| is_of_sentences(word)).count() > 1;
    }
    if words[1..].iter().any(|word| is_of_sentences(word) && !is_joining(word)) {
        return true;
    }
    if has_marks(tokens) {
        return false;
    }
    let capital = first.starts_with(|letter: char| letter.is_ascii_uppercase());
    let clauses = words
        .iter()
        .filter(|word| CLAUSES.iter().any(|clause| word.eq_ignore_ascii_case(clause)));
    // `from schema.orders` is one name.
    let dots = tokens.iter().filter(|token| **token == Token::Mark('.')).count();
    capital || !(is_whole(&words[..words.len().saturating_sub(dots.min(1))]) || clauses.count() > 0)
}

/// `select id from orders`, `delete from orders`, `drop table orders`: what has more words has a clause.
fn is_whole(words: &[&str]) -> bool {
    match words {
        ["select" | "delete" | "truncate", rest @ ..] => rest.len() < 4,
        ["drop", "table" | "index" | "view" | "trigger", rest @ ..] => rest.len() < 3,
        _ => false,
    }
}

/// `a`, `and`, `for`, `to`, `with` are words of both languages.
fn is_joining(word: &str) -> bool {
    ["a", "and", "for", "to", "with"]
        .iter()
        .any(|joining| word.eq_ignore_ascii_case(joining))
}

fn is_of_sentences(word: &str) -> bool {
    OF_SENTENCES.contains(&word)
}

/// Marks that SQL is full of. A comma or a quotation alone is no such mark: sentences have those too.
fn has_marks(tokens: &[Token<'_>]) -> bool {
    tokens.windows(2).any(|pair| {
        let mark = matches!(pair[1], Token::Mark('*' | '=' | '<' | '>' | '$' | ';' | '?'));
        // A call or a list of columns: the parenthesis follows a word.
        mark || matches!(pair, [Token::Word(_), Token::Mark('(')])
    })
}
