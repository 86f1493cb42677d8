//! Places and identity: what people and later runs rely on.

use super::*;
use crate::problem::ProblemCode;

#[test]
fn positions_count_characters_from_one() {
    let text = "ab\nä日c\r\nx";
    let at = |byte| {
        let Position { line, column } = position(text, byte);
        (line, column)
    };
    assert_eq!(at(0), (1, 1));
    assert_eq!(at(2), (1, 3));
    assert_eq!(at(3), (2, 1));
    assert_eq!(at(text.find('c').unwrap()), (2, 3));
    assert_eq!(at(text.find('x').unwrap()), (3, 1));
    assert_eq!(at(text.len()), (3, 2));
    assert_eq!(at(text.len() + 9), (3, 2), "past the end is the end");
    assert_eq!(
        at(text.find('日').unwrap() + 1),
        (2, 2),
        "inside a character is its beginning"
    );
}

#[test]
fn a_byte_order_mark_is_no_column() {
    assert_eq!(position("\u{feff}abc", 4), Position { line: 1, column: 2 });
}

#[test]
fn an_identity_is_rule_item_and_definition() {
    let one = fingerprint("raw-sql", "shop::list", Some("sqlx::query"));
    assert_eq!(one.len(), 64);
    assert_eq!(one, fingerprint("raw-sql", "shop::list", Some("sqlx::query")));
    let others = [
        fingerprint("sql", "shop::list", Some("sqlx::query")),
        fingerprint("raw-sql", "shop::lists", Some("sqlx::query")),
        fingerprint("raw-sql", "shop::list", Some("sqlx::query_as")),
        fingerprint("raw-sql", "shop::list", None),
        fingerprint("raw-sqlshop", "::list", Some("sqlx::query")),
        fingerprint("raw-sql", "shop::listsqlx::query", None),
    ];
    assert!(others.iter().all(|other| *other != one));
}

#[test]
fn problems_are_placed_by_what_they_speak_of() {
    let place = |place| {
        let problem = Problem {
            code: ProblemCode::UnknownKey,
            message: "m".to_owned(),
            place,
            suggestion: None,
        };
        let entry = super::problem(problem, "archguard.toml", Some("version = 1\nkey = 2\n"));
        (entry.file, entry.line, entry.column, entry.end_line, entry.end_column)
    };
    let policy = Some("archguard.toml".to_owned());
    assert_eq!(
        place(ProblemPlace::Policy(TextSpan { start: 12, end: 15 })),
        (policy.clone(), Some(2), Some(1), Some(2), Some(4))
    );
    assert_eq!(
        place(ProblemPlace::File {
            file: "a.rs".into(),
            start: Some((3, 4))
        }),
        (Some("a.rs".to_owned()), Some(3), Some(4), Some(3), Some(4))
    );
    let somewhere = ProblemPlace::File {
        file: "a.rs".into(),
        start: None,
    };
    assert_eq!(place(somewhere), (Some("a.rs".to_owned()), None, None, None, None));
    assert_eq!(place(ProblemPlace::None), (None, None, None, None, None));
}
