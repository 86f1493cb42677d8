//! The whole answer: first word, shape, prose, and then a parser, in several dialects.

use sqlparser::dialect::{Dialect, GenericDialect, MsSqlDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token as SqlToken;

use super::begin::{may_begin, without_opening};
use super::placeholders::{filled, placeholders};
use super::prose::is_prose;
use super::shape::{Shape, shape};
use super::words::{Token, tokens};

/// What is put in for a placeholder: a name, a number, a list, nothing.
const FILLINGS: [&str; 4] = ["ph", "1", "(1)", ""];

/// Of how many places each is tried without.
const MOST_OPTIONAL: usize = 8;

/// What an unfinished text may go on with: `WHERE` with a condition, `VALUES (` with a value. Open parentheses are closed.
const ENDINGS: [&str; 7] = [" 1", " x = 1", " VALUES (1)", " (1)", " FROM x", " x", ") VALUES (1)"];

/// Words and marks that a text can be cut off behind.
const CUT_OFF_BEHIND: [&str; 17] = [
    "WHERE",
    "AND",
    "OR",
    "SET",
    "VALUES",
    "FROM",
    "BY",
    "ON",
    "IN",
    "LIMIT",
    "OFFSET",
    "INTO",
    "JOIN",
    "HAVING",
    "NOT",
    "RETURNING",
    "AS",
];

/// The deepest parentheses that are parsed. No sentence nests so deep, and the parser gives up at a depth of its own, so
/// that what goes deeper is told by its words.
const DEEPEST: usize = 12;

/// The longest text that is parsed; what is longer goes by its first statement's beginning alone.
const LONGEST: usize = 100_000;

/// Whether a text is a statement of SQL, or the beginning of one. Of several statements the first decides.
pub(crate) fn is_sql(text: &str) -> bool {
    if !may_begin(text) {
        return false;
    }
    let (whole, text) = (text, without_opening(text));
    let plain = filled(text, &placeholders(text), |_| "ph");
    let words = tokens(&plain);
    let shape = shape(&words);
    if shape == Shape::None || is_prose(&words) {
        return false;
    }
    if shape == Shape::Certain || nesting(&words) > DEEPEST || text.len() > LONGEST {
        return true;
    }
    let texts = variants(whole, text);
    let open = open_parentheses(&words);
    texts.iter().any(|text| parses(text)) || is_cut_off(&words, open) && texts.iter().any(|text| goes_on(text, open))
}

/// What the text may be once its places are filled: all alike, or one of them with nothing, as an optional clause is.
fn variants(whole: &str, text: &str) -> Vec<String> {
    // A parenthesis around the statement is part of it.
    let whole = whole.trim_start();
    let text = if whole.starts_with('(') { whole } else { text };
    let places = placeholders(text);
    if places.is_empty() {
        return vec![text.to_owned()];
    }
    let alike = FILLINGS.iter().map(|filling| filled(text, &places, |_| filling));
    let optional = (0..places.len().min(MOST_OPTIONAL)).rev();
    let without = optional.map(|left_out| filled(text, &places, |at| if at == left_out { "" } else { "ph" }));
    alike.chain(without).collect()
}

/// How deep parentheses stand inside each other.
fn nesting(words: &[Token<'_>]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for word in words {
        match word {
            Token::Mark('(') => depth += 1,
            Token::Mark(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// How many parentheses are not closed.
fn open_parentheses(words: &[Token<'_>]) -> usize {
    let count = |mark| words.iter().filter(|word| **word == Token::Mark(mark)).count();
    count('(').saturating_sub(count(')'))
}

/// Whether the text stops where more must follow, as the beginning of a statement that is put together does.
fn is_cut_off(words: &[Token<'_>], open: usize) -> bool {
    let shouted = words[0]
        .word()
        .is_some_and(|word| word.chars().all(|letter| letter.is_ascii_uppercase()));
    let last = words.last();
    let behind_mark = matches!(last, Some(Token::Mark('=' | ',' | '(' | '<' | '>')));
    let behind_word = last.is_some_and(|word| word.is_any(&CUT_OFF_BEHIND));
    // `DELETE FROM` alone is a keyword, not yet the beginning of anything.
    let says_something = words.len() > 2;
    let inserts = words[0].is_any(&["INSERT", "REPLACE"]);
    says_something && (open > 0 || behind_mark || shouted && (behind_word || inserts))
}

fn goes_on(text: &str, open: usize) -> bool {
    let mut endings = ENDINGS.iter();
    endings.any(|ending| {
        let closed = ending.matches(')').count().saturating_sub(ending.matches('(').count());
        let closing = ")".repeat(open.saturating_sub(closed));
        parses(&format!("{}{ending}{closing}", text.trim_end()))
    })
}

/// Whether some dialect reads a whole statement, up to its end or a semicolon.
fn parses(text: &str) -> bool {
    let dialects: [&dyn Dialect; 5] = [
        &GenericDialect {},
        &PostgreSqlDialect {},
        &SQLiteDialect {},
        &MySqlDialect {},
        &MsSqlDialect {},
    ];
    dialects.into_iter().any(|dialect| parses_as(dialect, text))
}

fn parses_as(dialect: &dyn Dialect, text: &str) -> bool {
    let Ok(mut parser) = Parser::new(dialect).try_with_sql(text) else {
        return false;
    };
    let statement = parser.parse_statement();
    statement.is_ok() && matches!(parser.peek_token().token, SqlToken::EOF | SqlToken::SemiColon)
}
