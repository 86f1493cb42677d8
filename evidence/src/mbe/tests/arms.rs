//! The choice of the arm.

use super::super::MacroErrorKind;
use super::{check, check_arm, check_error};

#[test]
fn the_first_arm_that_matches_wins() {
    let body = "() => {}; (a) => {}; ($x:ident) => {}; ($($x:tt)*) => {}";
    check_arm(body, "", 0);
    check_arm(body, "a", 1);
    check_arm(body, "b", 2);
    check_arm(body, "a b", 3);
}

#[test]
fn nothing_left_over_and_nothing_missing() {
    check_error("(a b) => {}", "a", MacroErrorKind::NoMatchingArm);
    check_error("(a) => {}", "a b", MacroErrorKind::NoMatchingArm);
    check_error("(a (b)) => {}", "a (b c)", MacroErrorKind::NoMatchingArm);
    check_error("(a (b)) => {}", "a [b]", MacroErrorKind::NoMatchingArm);
    check_error("(a (b) c) => {}", "a (b)", MacroErrorKind::NoMatchingArm);
}

#[test]
fn tokens_compare_whole() {
    check_error("(>) => {}", ">>", MacroErrorKind::NoMatchingArm);
    check_error("(= >) => {}", "=>", MacroErrorKind::NoMatchingArm);
    check_arm("(a => 'b 1 \"c\" r#d) => {}", "a => 'b 1 \"c\" r#d", 0);
    check_error("(d) => {}", "r#d", MacroErrorKind::NoMatchingArm);
    check_error("(1) => {}", "1u8", MacroErrorKind::NoMatchingArm);
}

#[test]
fn groups_are_matched_from_inside() {
    check(
        "([$($a:ident)*] { $b:expr }) => { $b; $($a)* }",
        "[x y] { 1 + 2 }",
        "1 + 2; x y",
    );
    check("((($a:ident)) $b:ident) => { $a $b }", "((x)) y", "x y");
}
