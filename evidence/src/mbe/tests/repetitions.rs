//! Repetitions: operators, separators, nesting, and what decides where they end.

use super::super::MacroErrorKind;
use super::{check, check_arm, check_error, expand};

#[test]
fn each_operator_has_its_bounds() {
    check("($($x:ident)*) => { [$($x)*] }", "", "[]");
    check("($($x:ident)*) => { [$($x)*] }", "a b", "[a b]");
    check("($($x:ident)?) => { [$($x)?] }", "a", "[a]");
    check("($($x:ident)?) => { [$($x)?] }", "", "[]");
    check_error("($($x:ident)?) => {}", "a b", MacroErrorKind::NoMatchingArm);
    check_error("($($x:ident)+) => {}", "", MacroErrorKind::NoMatchingArm);
    check("($($x:ident)+) => { [$($x)+] }", "a", "[a]");
}

#[test]
fn a_separator_may_be_any_token() {
    check("($($x:ident),*) => { $($x;)* }", "a, b, c", "a; b; c;");
    check("($($x:ident)=>+) => { $($x)=>+ }", "a => b => c", "a => b => c");
    check("($($x:ident)::+) => { $($x)::+ }", "a::b", "a::b");
    check("($($x:ident)and*) => { $($x)&&* }", "a and b", "a && b");
    check("($($x:lifetime)+) => { $($x)'b* }", "'a 'c", "'a 'b 'c");
    check("($($x:ident)||+) => { $($x)|+ }", "a || b", "a | b");
    check_error("($($x:ident),*) => {}", "a, b,", MacroErrorKind::NoMatchingArm);
    check("($($x:ident),* $(,)?) => { $($x)* }", "a, b,", "a b");
}

#[test]
fn repetitions_nest() {
    let body = "($($k:ident: [$($v:ident),*]),*) => { $(mod $k { $(pub use super::$v as $k;)* })* }";
    check(
        body,
        "a: [x, y], b: [], c: [z]",
        "mod a { pub use super::x as a; pub use super::y as a; } mod b {} mod c { pub use super::z as c; }",
    );
    let deep = "($($($($x:ident)* ;)* |)*) => { $([$(($($x)*))*])* }";
    check(deep, "a b; c; | ; | |", "[(a b)(c)] [()] []");
}

#[test]
fn an_outer_variable_repeats_along() {
    check("($t:ident: $($x:ident)*) => { $($t::$x)* }", "T: a b", "T::a T::b");
    check(
        "($($x:ident)*; $($y:ident)*) => { $($x = $y,)* }",
        "a b; c d",
        "a = c, b = d,",
    );
    check_error(
        "($($x:ident)*; $($y:ident)*) => { $($x $y)* }",
        "a b; c",
        MacroErrorKind::RepetitionMismatch,
    );
}

#[test]
fn depth_is_checked() {
    check_error("($($x:ident)*) => { $x }", "a", MacroErrorKind::RepetitionMismatch);
    check_error("($x:ident) => { $($x)* }", "a", MacroErrorKind::RepetitionMismatch);
    check_error("($($x:ident)*) => { $($x)+ }", "", MacroErrorKind::RepetitionMismatch);
    // Published crates hold such arms; they are wrong only once they are used.
    check_error("() => { $(a)* }", "", MacroErrorKind::RepetitionMismatch);
}

#[test]
fn the_token_after_next_may_decide() {
    // After a block, `else` either separates or begins what follows: both ways stay open until the next token.
    let body = "($(if $c:ident $b:block)else+ else $d:block) => { $($c $b)* $d }";
    check(body, "if a {1} else if b {2} else {3}", "a {1} b {2} {3}");
    let trailing = "($($x:ident),+ , last) => {}; ($($x:ident),+) => {}";
    // The compiler too refuses to guess between a variable and the word it could be.
    check_error(trailing, "a, last", MacroErrorKind::Ambiguous);
    check_arm("($($x:literal),+ , last) => {}; ($($x:ident),+) => {}", "1, last", 0);
}

#[test]
fn a_repetition_of_repetitions_over_one_token_is_ambiguous_not_slow() {
    let tokens = "a ".repeat(5_000);
    check_error("($($(a)+)*) => {}", &tokens, MacroErrorKind::Ambiguous);
}

#[test]
fn operators_do_not_grow_together() {
    // The printer keeps apart what is no operator; read again, nothing has become `&&`, `=&` or `&=`.
    let tokens = expand("($x:tt $y:tt) => { &$x $y a =$x b }", "&= &");
    assert_eq!(tokens.to_string(), "& &= & a = &= b");
    let tokens = expand("($($x:tt)*) => { $($x)=* }", "+-+");
    assert_eq!(tokens.to_string(), "+ = - = +");
}
