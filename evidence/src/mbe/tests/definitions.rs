//! Definitions: what is read, what is refused, and tokens that look like metavariables and are none.

use super::super::{CRATE_ROOT_IDENT, MacroDefinition, MacroErrorKind};
use super::{check, check_arm, check_malformed, define, lex, text};

#[test]
fn any_delimiters_serve_and_the_last_semicolon_is_optional() {
    check_arm("[a] => [x]; {b} => (y); (c) => {z}", "a", 0);
    check_arm("[a] => [x]; {b} => (y); (c) => {z};", "c", 2);
}

#[test]
fn malformed_definitions_are_refused() {
    check_malformed("");
    check_malformed("(a) -> {}");
    check_malformed("(a) => x");
    check_malformed("a => {}");
    check_malformed("(a) => {} (b) => {}");
    check_malformed("($x) => {}");
    check_malformed("($x:) => {}");
    check_malformed("($x:expression) => {}");
    check_malformed("($x:ident $x:ident) => {}");
    check_malformed("($(a)) => {}");
    check_malformed("($(a) b) => {}");
    check_malformed("($(a),?) => {}");
    check_malformed("($()*) => {}");
    check_malformed("($($v:vis)*) => {}");
    check_malformed("($($(a)*)*) => {}");
    check_malformed("($x:ident) => { $($x) }");
    check_malformed("($x:ident) => { ${frobnicate($x)} }");
    check_malformed("($x:ident) => { ${count($y)} }");
}

#[test]
fn dollar_crate_is_recognisable() {
    check("() => { $crate::a::b!() }", "", &format!("{CRATE_ROOT_IDENT}::a::b!()"));
    check("() => { { $crate } }", "", &format!("{{ {CRATE_ROOT_IDENT} }}"));
}

#[test]
fn a_dollar_that_means_nothing_stays() {
    check("($x:ident) => { $y $x $ + { $ } }", "a", "$y a $ + { $ }");
    check(
        "($d:tt $n:ident) => { macro_rules! $n { ($d x:expr) => { $d x } } }",
        "$ m",
        "macro_rules! m { ($ x:expr) => { $ x } }",
    );
    check("() => { $$x }", "", "$ x");
}

#[test]
fn a_macro_that_defines_a_macro_yields_a_usable_definition() {
    let outer = define("($n:ident, $t:ty) => { ($x:ident) => { static $x: $t = $n; } }");
    let inner = MacroDefinition::parse(outer.expand(lex("N, Vec<u8>")).expect("it matches").tokens).expect("it parses");
    assert_eq!(
        text(inner.expand(lex("S")).expect("it matches").tokens),
        text(lex("static S: Vec<u8> = N;"))
    );
}

#[test]
fn keywords_and_raw_names_are_variables() {
    check("($type:ty, $r#fn:ident) => { $type $r#fn }", "u8, f", "u8 f");
}

#[test]
fn declarative_macros_have_two_forms() {
    let short = MacroDefinition::parse_decl_macro(lex("($x:ident) { mod $x; }")).expect("it parses");
    assert_eq!(
        short.expand(lex("a")).expect("it matches").tokens.to_string(),
        "mod a ;"
    );
    let long = MacroDefinition::parse_decl_macro(lex("{ (a) => { 1 }, ($x:ident) => { 2 }, }")).expect("it parses");
    assert_eq!((long.arms(), long.expand(lex("b")).expect("it matches").arm), (2, 1));
    for wrong in ["", "($x:ident)", "a {}", "{}", "(a) { b } c"] {
        let result = MacroDefinition::parse_decl_macro(lex(wrong))
            .map(drop)
            .map_err(|error| error.kind());
        assert_eq!(result, Err(MacroErrorKind::MalformedDefinition), "for `{wrong}`");
    }
}

#[test]
fn arms_for_attributes_and_derives_are_not_called() {
    let body =
        "attr($($a:tt)*) ($x:ident) => {}; unsafe attr() ($x:ident) => {}; derive() ($x:ident) => {}; ($x:ident) => {}";
    check_arm(body, "a", 3);
}
