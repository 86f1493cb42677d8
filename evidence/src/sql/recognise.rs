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

/// What an unfinished text may go on with: `WHERE` with a condition, `VALUES (` with a value.
const ENDINGS: [&str; 9] = [
    " 1",
    " x = 1",
    " VALUES (1)",
    " (1)",
    "1)",
    " 1)",
    " FROM x",
    " x)",
    ") VALUES (1)",
];

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

/// The deepest parentheses that are parsed: the parser tries each several ways, so that its work doubles with every level.
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
    texts.iter().any(|text| parses(text)) || is_cut_off(&words) && texts.iter().any(|text| goes_on(text))
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

/// Whether the text stops where more must follow, as the beginning of a statement that is put together does.
fn is_cut_off(words: &[Token<'_>]) -> bool {
    let shouted = words[0]
        .word()
        .is_some_and(|word| word.chars().all(|letter| letter.is_ascii_uppercase()));
    let open = words.iter().filter(|word| **word == Token::Mark('(')).count();
    let closed = words.iter().filter(|word| **word == Token::Mark(')')).count();
    let ends_open = match words.last() {
        Some(Token::Mark('=' | ',' | '(' | '<' | '>')) => true,
        Some(word) => word.is_any(&CUT_OFF_BEHIND),
        None => false,
    };
    let inserts = words[0].is_any(&["INSERT", "REPLACE"]);
    shouted && (ends_open || open > closed || inserts)
}

fn goes_on(text: &str) -> bool {
    ENDINGS
        .iter()
        .any(|ending| parses(&format!("{}{ending}", text.trim_end())))
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
