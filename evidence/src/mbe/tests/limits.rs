//! Hostile input: an error each time, never an overflow. These run on the small stack of a test thread.

use super::super::{MAX_NESTING, MacroDefinition, MacroErrorKind};
use super::{check_error, define, lex};

fn nested(open: &str, depth: usize, inside: &str, close: &str) -> String {
    format!("{}{inside}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn delimiters_nest_to_the_limit_and_no_further() {
    for kind in ["expr", "ty", "pat", "tt", "stmt"] {
        let body = format!("($x:{kind}) => {{ $x }}");
        let within = nested("(", MAX_NESTING, "a", ")");
        assert!(define(&body).expand(lex(&within)).is_ok(), "{kind}");
        check_error(
            &body,
            &nested("(", MAX_NESTING + 1, "a", ")"),
            MacroErrorKind::LimitExceeded,
        );
        check_error(&body, &nested("(", 100_000, "a", ")"), MacroErrorKind::LimitExceeded);
    }
    let definition = format!("() => {{ {} }}", nested("(", 100_000, "a", ")"));
    let kind = MacroDefinition::parse(lex(&definition))
        .map(drop)
        .map_err(|error| error.kind());
    assert_eq!(kind, Err(MacroErrorKind::LimitExceeded));
}

#[test]
fn nesting_without_delimiters_is_bounded_for_parsed_fragments() {
    let hostile = [
        ("expr", "!", "a"),
        ("expr", "-", "a"),
        ("expr", "&", "a"),
        ("expr", "a = ", "a"),
        ("expr", "a += ", "a"),
        ("expr", "|a| ", "a"),
        ("expr", "|| ", "a"),
        ("expr", "return ", "a"),
        ("expr", "a + ", "a"),
        ("expr", "a::<", "a"),
        ("expr", "if a {} else ", "{}"),
        ("expr", "if ", "a"),
        ("expr", "match ", "a"),
        ("expr", "..", "a"),
        ("ty", "&", "a"),
        ("ty", "*const ", "a"),
        ("ty", "A<", "a"),
        ("ty", "A<u8, ", "a"),
        ("ty", "A<<", "a"),
        ("ty", "fn() -> ", "a"),
        ("ty", "impl Fn() -> ", "a"),
        ("pat", "&", "a"),
        ("pat", "a @ ", "a"),
        ("item", "impl !", "a"),
    ];
    // What each group allows, a hundred groups must not add up to.
    let added_up = format!("{}a{}", format!("({}", "!".repeat(100)).repeat(100), ")".repeat(100));
    check_error("($x:expr) => {}", &added_up, MacroErrorKind::LimitExceeded);
    for (kind, prefix, inside) in hostile {
        let text = format!("{}{inside}", prefix.repeat(20_000));
        check_error(&format!("($x:{kind}) => {{}}"), &text, MacroErrorKind::LimitExceeded);
    }
}

#[test]
fn what_is_allowed_to_nest_fits_the_stack() {
    let largest = [
        ("expr", "!", "a", "", 190),
        ("expr", "a = ", "a", "", 190),
        ("expr", "|a| ", "a", "", 95),
        ("expr", "if a {} else ", "{}", "", 90),
        ("expr", "a::<", "a", ">::b", 95),
        ("expr", "(!!a::<{", "a", "}>)", 42),
        ("expr", "{ match x { _ => ", "a", "}}", 60),
        ("ty", "&", "a", "", 190),
        ("ty", "A<", "a", ">", 190),
        ("ty", "(A<", "a", ">)", 126),
        ("ty", "fn() -> ", "a", "", 95),
        ("pat", "&", "a", "", 190),
        ("item", "mod a { ", "", "}", 126),
        ("item", "fn a() { ", "", "}", 126),
        ("item", "fn a() { if b { ", "", "}}", 60),
    ];
    for (kind, open, inside, close, depth) in largest {
        let text = nested(open, depth, inside, close);
        let result = define(&format!("($x:{kind}) => {{}}")).expand(lex(&text));
        assert!(result.is_ok(), "{kind} `{open}`: {:?}", result.err());
    }
}

#[test]
fn ordinary_long_input_passes() {
    let sum = format!("{}0", "a::b(x) | ".repeat(500));
    let flags = "FLAG = 1 << 31, ".repeat(500);
    let logic = format!("{}true", "a.b == c && !d || ".repeat(60));
    let items = "pub fn f(x: Vec<u8>) -> Option<u8> { x.first() } impl A for B {} ".repeat(500);
    let cases = [
        ("($x:expr) => {}", sum),
        ("($($n:ident = $x:expr,)*) => {}", flags),
        ("($x:expr) => {}", logic),
        ("($($x:item)*) => {}", items),
        ("($($x:tt)*) => {}", "! ".repeat(20_000)),
    ];
    for (body, arguments) in cases {
        let result = define(body).expand(lex(&arguments));
        assert!(result.is_ok(), "{body}: {:?}", result.err());
    }
}

#[test]
fn an_expansion_may_not_grow_without_bound() {
    let definition = define("($($x:tt)*) => { $($x)* ($($x)*) }");
    // Six tokens, the group, and six iterations.
    assert!(definition.expand_within(lex("a b c"), 13).is_ok());
    let error = definition
        .expand_within(lex("a b c"), 12)
        .map(drop)
        .map_err(|error| error.kind());
    assert_eq!(error, Err(MacroErrorKind::LimitExceeded));
    // Captured groups count with their content: doubling is seen although the tokens are shared.
    let mut tokens = lex("(a a)");
    let doubling = define("($x:tt) => { ($x $x) }");
    let end = (0..MAX_NESTING).find_map(|_| match doubling.expand(tokens.clone()) {
        Ok(expansion) => {
            tokens = expansion.tokens;
            None
        }
        Err(error) => Some(error.kind()),
    });
    assert_eq!(end, Some(MacroErrorKind::LimitExceeded));
}

#[test]
fn repeating_nothing_is_bounded_too() {
    let body = "($($x:tt)*) => { $(${ignore($x)})* }";
    let error = define(body)
        .expand_within(lex(&"a ".repeat(100)), 50)
        .map(drop)
        .map_err(|error| error.kind());
    assert_eq!(error, Err(MacroErrorKind::LimitExceeded));
}
