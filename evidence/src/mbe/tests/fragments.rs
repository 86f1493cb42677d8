//! One test per fragment kind: what it takes, what it leaves, what it refuses to begin with.

use proc_macro2::{Delimiter, TokenTree};

use super::super::MacroErrorKind;
use super::{check, check_arm, check_error, define, lex};

/// Whether the only token of the expansion is an invisible group.
fn is_enclosed(body: &str, arguments: &str) -> bool {
    let tokens = define(body).expand(lex(arguments)).expect("the arm matches").tokens;
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    matches!(trees.as_slice(), [TokenTree::Group(group)] if group.delimiter() == Delimiter::None)
}

#[test]
fn ident_takes_any_word_but_the_underscore() {
    check("($x:ident) => { fn $x() {} }", "get", "fn get() {}");
    check("($x:ident) => { fn $x() {} }", "r#type", "fn r#type() {}");
    check_arm("($x:ident) => {}; ($x:tt) => {}", "self", 0);
    check_arm("($x:ident) => {}; ($x:tt) => {}", "_", 1);
    check_arm("($x:ident) => {}; ($x:tt) => {}", "'a", 1);
}

#[test]
fn path_takes_generics_and_comes_out_bare() {
    check(
        "($x:path, $y:path) => { use $x; type A = $y; }",
        "a::b::C, Vec<u8>",
        "use a::b::C; type A = Vec<u8>;",
    );
    check("($x:path) => { $x }", "::std::fmt::Debug", "::std::fmt::Debug");
    assert!(!is_enclosed("($x:path) => { $x }", "Foo"));
}

#[test]
fn ty_takes_a_whole_type_and_is_enclosed() {
    check(
        "($x:ty, $n:ident) => { type $n = $x; }",
        "&'static [Vec<u8>; 2], N",
        "type N = &'static [Vec<u8>; 2];",
    );
    check(
        "($x:ty) => { $x }",
        "dyn Fn(u8) -> u8 + Send",
        "dyn Fn(u8) -> u8 + Send",
    );
    check("(<$x:ty>) => { $x }", "<Vec<Vec<u8>>>", "Vec<Vec<u8>>");
    assert!(is_enclosed("($x:ty) => { $x }", "Foo"));
    check_arm("($x:ty) => {}; ($x:tt) => {}", "5", 1);
}

#[test]
fn expr_takes_a_whole_expression_and_is_enclosed() {
    check(
        "($x:expr, $y:expr) => { f($x * 2, $y) }",
        "a + b, |x| S { x }",
        "f(a + b * 2, |x| S { x })",
    );
    assert!(is_enclosed("($x:expr) => { $x }", "a + b"));
    assert!(is_enclosed("($x:expr) => { $x }", "a"));
    assert!(!is_enclosed("($x:expr) => { $x }", "5"));
    assert!(!is_enclosed("($x:expr) => { $x }", "{ a(); }"));
    assert!(!is_enclosed("($x:expr) => { $x }", "match a { b => c }"));
    assert!(is_enclosed("($x:expr) => { $x }", "match a { b => c } + 1"));
    check_arm("($x:expr) => {}; ($($x:tt)*) => {}", "let x = 1", 1);
    check_arm("($x:expr) => {}; ($($x:tt)*) => {}", "pub fn", 1);
    check_arm("($x:expr) => {}; ($($x:tt)*) => {}", "_", 0);
    check_arm("($x:expr_2021) => {}; ($($x:tt)*) => {}", "_", 1);
    check_arm("($x:expr_2021) => {}; ($($x:tt)*) => {}", "const { 1 }", 1);
}

#[test]
fn pat_takes_alternatives_and_pat_param_does_not() {
    check(
        "($x:pat => $y:expr) => { match z { $x => $y } }",
        "Some(1..=2) | None => 3",
        "match z { Some(1..=2) | None => 3 }",
    );
    check("($x:pat) => { $x }", "| A | B", "| A | B");
    // Before the edition of 2021, `pat` was what `pat_param` is now, and only then could `|` follow it.
    check("(|$x:pat| $y:expr) => { ($x, $y) }", "|mut i| i + 1", "(mut i, i + 1)");
    check(
        "($($x:pat_param)|+) => { [$($x),+] }",
        "A(_) | B { .. } | 'c'",
        "[A(_), B { .. }, 'c']",
    );
}

#[test]
fn stmt_leaves_the_semicolon() {
    check(
        "($($x:stmt;)*) => { $($x;)* }",
        "let a: u8 = 1; b(); c = 2;",
        "let a: u8 = 1; b(); c = 2;",
    );
    check(
        "($x:stmt) => { { $x; } }",
        "let Some(a) = b else { return }",
        "{ let Some(a) = b else { return }; }",
    );
    // A captured `let` is whole for the compiler; as tokens it needs its end.
    check(
        "($($x:stmt;)*) => { { $($x)* } }",
        "let a = 1; let b = 2;",
        "{ let a = 1; let b = 2; }",
    );
    check("($x:stmt) => { { $x } }", "use a::b;", "{ use a::b; }");
    check(
        "($x:stmt) => { { $x } }",
        "#[cfg(test)] struct S;",
        "{ #[cfg(test)] struct S; }",
    );
    check("($x:stmt; $y:expr) => { { $x, $y } }", "vec![1]; 2", "{ vec![1], 2 }");
}

#[test]
fn statements_in_a_row_split_as_the_compiler_splits_them() {
    let body = "($($x:stmt)*) => { $([$x])* }";
    check(
        body,
        "a(); let x = 1; struct S; ;",
        "[a()] [;] [let x = 1;] [;] [struct S;] [;]",
    );
    check(
        body,
        "if a {} b(); {} match c {} vec!{} x!(); y",
        "[if a {}] [b()] [;] [{}] [match c {}] [vec!{}] [x!()] [;] [y]",
    );
}

#[test]
fn block_takes_braces_only() {
    check("($x:block) => { fn f() $x }", "{ a::b(); }", "fn f() { a::b(); }");
    check_arm("($x:block) => {}; ($x:tt) => {}", "(a)", 1);
}

#[test]
fn item_takes_attributes_and_visibility() {
    check(
        "($($x:item)*) => { $(#[cfg(unix)] $x)* }",
        "#[doc = \"d\"] pub mod x; pub(crate) use y::{z, w}; fn f() {} impl A for B {} inner! { a }",
        "#[cfg(unix)] #[doc = \"d\"] pub mod x; #[cfg(unix)] pub(crate) use y::{z, w}; #[cfg(unix)] fn f() {}
         #[cfg(unix)] impl A for B {} #[cfg(unix)] inner! { a }",
    );
    check_error("($x:item) => {}", "5", MacroErrorKind::InvalidFragment);
}

#[test]
fn meta_takes_the_inside_of_an_attribute() {
    let body = "($(#[$m:meta])* $n:ident) => { $(#[cfg_attr(all(), $m)])* struct $n; }";
    check(
        body,
        "#[derive(Debug, Clone)] #[doc = concat!(\"a\", \"b\")] #[a::b] #[unsafe(no_mangle)] S",
        "#[cfg_attr(all(), derive(Debug, Clone))] #[cfg_attr(all(), doc = concat!(\"a\", \"b\"))] #[cfg_attr(all(), a::b)]
         #[cfg_attr(all(), unsafe(no_mangle))] struct S;",
    );
    check(
        "($(#[$m:meta])* $n:ident) => { $(#[$m])* struct $n; }",
        "/// Text.\nS",
        "#[doc = \" Text.\"] struct S;",
    );
}

#[test]
fn tt_takes_one_token_of_the_language() {
    check(
        "($($x:tt)*) => { $([$x])* }",
        "a => b::<'c> {d e} >>= -1",
        "[a] [=>] [b] [::] [<] ['c] [>] [{d e}] [>>=] [-] [1]",
    );
}

#[test]
fn vis_may_be_empty() {
    let body = "($v:vis struct $n:ident) => { $v struct $n; }";
    check(body, "pub struct S", "pub struct S;");
    check(body, "pub(in a::b) struct S", "pub(in a::b) struct S;");
    check(body, "struct S", "struct S;");
    check(
        "($($v:vis $n:ident),*) => { $($v $n;)* }",
        "a, pub b, pub(crate) c",
        "a; pub b; pub(crate) c;",
    );
    // At the very end there is no token that an empty visibility could stand before.
    check_error("($v:vis) => {}", "", MacroErrorKind::NoMatchingArm);
}

#[test]
fn literal_takes_a_sign_and_the_booleans() {
    check(
        "($($x:literal)*) => { [$($x),*] }",
        "1 -2 \"a\" 'b' true -false 1.5",
        "[1, -2, \"a\", 'b', true, -false, 1.5]",
    );
    check_arm("($x:literal) => {}; ($x:expr) => {}", "x", 1);
}

#[test]
fn lifetime_is_one_token() {
    check("($($x:lifetime),*) => { <$($x),*> }", "'a, 'static", "<'a, 'static>");
    check_arm("($x:lifetime) => {}; ($x:tt) => {}", "a", 1);
}

#[test]
fn a_capture_forwarded_to_another_macro_is_opaque() {
    let outer = define("($x:expr) => { $x }");
    let forwarded = |arguments: &str| outer.expand(lex(arguments)).expect("it matches").tokens;
    let inner = define("($x:ident) => {}; ([$($x:tt)*]) => {}; (-1) => {}; ($x:literal) => {}; ($x:expr) => { $x }");
    let arm = |arguments: &str| inner.expand(forwarded(arguments)).expect("it matches").arm;
    assert_eq!(["a", "[1]", "-1", "2", "a + b"].map(arm), [4, 4, 3, 3, 4]);
}

#[test]
fn a_fragment_that_does_not_parse_ends_the_search() {
    check_error(
        "($x:expr) => {}; ($($x:tt)*) => {}",
        "a +",
        MacroErrorKind::InvalidFragment,
    );
    check_error("($x:ty) => {}; ($($x:tt)*) => {}", "&", MacroErrorKind::InvalidFragment);
}
