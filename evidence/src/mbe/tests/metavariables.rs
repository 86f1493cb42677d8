//! Metavariable expressions.

use super::super::MacroErrorKind;
use super::{check, check_error};

#[test]
fn count_counts_captures_or_iterations() {
    check("($($x:ident)*) => { [u8; ${count($x)}] }", "a b c", "[u8; 3]");
    check(
        "($($($x:ident)*;)*) => { ${count($x)} ${count($x, 0)} ${count(x, 1)} }",
        "a b; c; ;",
        "3 3 3",
    );
    check("($($($x:ident)*;)*) => { $(${count($x)})* }", "a b; c; ;", "2 1 0");
    check_error(
        "($x:ident) => { ${count($x)} }",
        "a",
        MacroErrorKind::RepetitionMismatch,
    );
}

#[test]
fn ignore_repeats_without_a_trace() {
    check("($($x:ident)*) => { $(${ignore($x)} 0,)* }", "a b", "0, 0,");
}

#[test]
fn index_and_len_know_the_repetition() {
    check(
        "($($x:ident)*) => { $($x = ${index()} / ${len()},)* }",
        "a b",
        "a = 0 / 2, b = 1 / 2,",
    );
    check(
        "($($($x:ident)*;)*) => { $($($x ${index(1)} ${index()} ${length(1)})*)* }",
        "a b; c;",
        "a 0 0 2 b 0 1 2 c 1 0 2",
    );
    check_error("($x:ident) => { ${index()} }", "a", MacroErrorKind::RepetitionMismatch);
}

#[test]
fn concat_makes_an_identifier() {
    check(
        "($($x:ident)*) => { $(fn ${concat(get_, $x, \"_by\", 1)}() {})* }",
        "a b",
        "fn get_a_by1() {} fn get_b_by1() {}",
    );
    check_error(
        "($x:literal) => { ${concat($x, a)} }",
        "1",
        MacroErrorKind::MalformedDefinition,
    );
}
