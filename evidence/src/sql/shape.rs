//! The words that a statement cannot do without. A text that lacks them is no SQL, whatever a lenient parser makes of it;
//! some statements have words so much their own that no parser need be asked.

use super::words::Token;

/// What the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The words of no statement.
    None,
    /// Those of a statement, if it parses.
    Possible,
    /// Those of a statement that a parser may not know: dialects differ most in these.
    Certain,
}

/// What can be created, altered and dropped.
const OBJECTS: [&str; 19] = [
    "TABLE",
    "INDEX",
    "VIEW",
    "TRIGGER",
    "SCHEMA",
    "DATABASE",
    "SEQUENCE",
    "TYPE",
    "EXTENSION",
    "FUNCTION",
    "PROCEDURE",
    "ROLE",
    "USER",
    "DOMAIN",
    "POLICY",
    "MATERIALIZED",
    "COLUMN",
    "CONSTRAINT",
    "AGGREGATE",
];

/// What may stand between `CREATE` and what is created.
const MODIFIERS: [&str; 13] = [
    "OR",
    "REPLACE",
    "TEMP",
    "TEMPORARY",
    "UNIQUE",
    "VIRTUAL",
    "UNLOGGED",
    "GLOBAL",
    "LOCAL",
    "EXTERNAL",
    "RECURSIVE",
    "CLUSTERED",
    "FULLTEXT",
];

/// What may stand between `INSERT` and `INTO`.
const CONFLICTS: [&str; 8] = [
    "OR",
    "REPLACE",
    "IGNORE",
    "ABORT",
    "FAIL",
    "ROLLBACK",
    "LOW_PRIORITY",
    "DELAYED",
];

/// What the words of a text say; `first` is written in capitals.
pub(super) fn shape(tokens: &[Token<'_>]) -> Shape {
    let Some((first, rest)) = tokens.split_first() else {
        return Shape::None;
    };
    let Some(word) = first.word() else { return Shape::None };
    let possible = |holds: bool| if holds { Shape::Possible } else { Shape::None };
    let shouted = word.chars().all(|letter| letter.is_ascii_uppercase());
    match word.to_ascii_uppercase().as_str() {
        "SELECT" => possible(!starts(rest, &["FROM"]) && (has(rest, &["FROM"]) || selects_a_value(rest, shouted))),
        "INSERT" => possible(leads_to(rest, &CONFLICTS, &["INTO"])),
        "REPLACE" | "MERGE" => possible(starts(rest, &["INTO"])),
        "UPDATE" => possible(has(rest, &["SET"])),
        "DELETE" => possible(has(rest, &["FROM"])),
        "CREATE" => creates(rest, shouted),
        "DROP" | "ALTER" => possible(starts(rest, &OBJECTS)),
        "WITH" => names_a_query(rest, shouted),
        "EXPLAIN" => shape(behind(rest, &["ANALYZE", "VERBOSE", "QUERY", "PLAN"])),
        "PRAGMA" => pragma(rest, shouted),
        "DO" => certain(rest.starts_with(&[Token::Mark('$'), Token::Mark('$')])),
        "TRUNCATE" => possible(starts(rest, &["TABLE"]) || shouted),
        "GRANT" | "REVOKE" => possible(shouted && has(rest, &["ON", "TO", "FROM"])),
        "COPY" => possible(shouted && has(rest, &["FROM", "TO"])),
        "LOCK" => possible(starts(rest, &["TABLE", "TABLES"])),
        "COMMENT" => possible(shouted && starts(rest, &["ON"])),
        "REFRESH" => certain(starts(rest, &["MATERIALIZED"])),
        "ATTACH" => possible(starts(rest, &["DATABASE"])),
        "BEGIN" | "COMMIT" | "ROLLBACK" => possible(shouted && starts(rest, &TRANSACTIONS)),
        "SET" => possible(shouted && (has_mark(rest, '=') || has(rest, &["TO"]) || starts(rest, &SETTINGS))),
        "CALL" | "DECLARE" | "LISTEN" | "NOTIFY" | "SAVEPOINT" => possible(shouted && !rest.is_empty()),
        _ => Shape::None,
    }
}

/// What follows the words that open and close transactions.
const TRANSACTIONS: [&str; 8] = [
    "TRANSACTION",
    "WORK",
    "IMMEDIATE",
    "EXCLUSIVE",
    "DEFERRED",
    "CONCURRENT",
    "TO",
    "ISOLATION",
];

/// What `SET` may begin with instead of a name.
const SETTINGS: [&str; 4] = ["TRANSACTION", "SESSION", "LOCAL", "TIME"];

fn certain(holds: bool) -> Shape {
    if holds { Shape::Certain } else { Shape::None }
}

fn has(tokens: &[Token<'_>], keywords: &[&str]) -> bool {
    tokens.iter().any(|token| token.is_any(keywords))
}

fn has_mark(tokens: &[Token<'_>], mark: char) -> bool {
    tokens.contains(&Token::Mark(mark))
}

fn starts(tokens: &[Token<'_>], keywords: &[&str]) -> bool {
    tokens.first().is_some_and(|token| token.is_any(keywords))
}

fn behind<'s, 't>(tokens: &'s [Token<'t>], skipped: &[&str]) -> &'s [Token<'t>] {
    let skip = tokens.iter().take_while(|token| token.is_any(skipped)).count();
    &tokens[skip..]
}

fn leads_to(tokens: &[Token<'_>], skipped: &[&str], keywords: &[&str]) -> bool {
    starts(behind(tokens, skipped), keywords)
}

/// `SELECT 1`, `SELECT version()`: without `FROM` a value, not words.
fn selects_a_value(rest: &[Token<'_>], shouted: bool) -> bool {
    match rest {
        [Token::Word(word), after @ ..] if word.starts_with(|letter: char| letter.is_ascii_digit()) => {
            shouted || after.is_empty()
        }
        [Token::Word(_), Token::Mark('('), ..] | [Token::Mark('$' | '?' | '('), ..] => true,
        _ => {
            shouted
                && rest
                    .iter()
                    .any(|token| matches!(token, Token::Mark('(' | '$' | '?' | ':')))
        }
    }
}

fn creates(rest: &[Token<'_>], shouted: bool) -> Shape {
    let object = behind(rest, &MODIFIERS);
    if !starts(object, &OBJECTS) {
        return Shape::None;
    }
    let own_words = match object[0].word().unwrap_or_default().to_ascii_uppercase().as_str() {
        "TABLE" => starts(rest, &["VIRTUAL"]) && has(object, &["USING"]),
        "TRIGGER" => has(object, &["BEFORE", "AFTER", "INSTEAD"]) && has(object, &["BEGIN", "EXECUTE"]),
        "FUNCTION" | "PROCEDURE" => has(object, &["RETURNS", "AS"]) && object.len() > 6,
        _ => false,
    };
    if shouted && own_words {
        Shape::Certain
    } else {
        Shape::Possible
    }
}

/// `WITH name AS (`: also where the rest is put together elsewhere.
fn names_a_query(rest: &[Token<'_>], shouted: bool) -> Shape {
    let rest = behind(rest, &["RECURSIVE"]);
    let opens = match rest {
        [Token::Word(_), name @ ..] => {
            starts(name, &["AS"]) && behind(name, &["AS", "NOT", "MATERIALIZED"]).first() == Some(&Token::Mark('('))
        }
        _ => false,
    };
    let queries = has(rest, &["AS"]) && has(rest, &["SELECT", "INSERT", "UPDATE", "DELETE", "VALUES"]);
    match (opens && shouted, queries) {
        (true, _) => Shape::Certain,
        (false, true) => Shape::Possible,
        (false, false) => Shape::None,
    }
}

/// `PRAGMA name`, `PRAGMA name = value`, `PRAGMA name(value)`: a parser wants to know the values.
fn pragma(rest: &[Token<'_>], shouted: bool) -> Shape {
    match rest {
        [Token::Word(_)] => certain(shouted),
        [Token::Word(_), Token::Mark('=' | '(' | ';' | '.'), ..] => Shape::Certain,
        _ => Shape::None,
    }
}
