//! The macros known by name.

use super::super::{MacroErrorKind, expand_builtin};
use super::{lex, text};

#[track_caller]
fn check(name: &str, arguments: &str, expected: &[(&str, &str)]) {
    let branches = expand_builtin(name, lex(arguments))
        .expect("the name is known")
        .expect("it expands");
    let found: Vec<(String, String)> = branches
        .into_iter()
        .map(|branch| {
            let predicate = branch.predicate.map(text).unwrap_or_default();
            (predicate, text(branch.items))
        })
        .collect();
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(predicate, items)| (text(lex(predicate)), text(lex(items))))
        .collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check_refused(name: &str, arguments: &str) {
    let result = expand_builtin(name, lex(arguments))
        .expect("the name is known")
        .map(drop);
    assert_eq!(
        result.map_err(|error| error.kind()),
        Err(MacroErrorKind::NoMatchingArm),
        "for `{arguments}`"
    );
}

#[test]
fn cfg_if_yields_every_branch_under_its_effective_predicate() {
    check(
        "cfg_if::cfg_if",
        "if #[cfg(unix)] { mod unix; pub use unix::*; } else if #[cfg(all(windows, test))] { mod windows; } else { mod other; }",
        &[
            ("unix", "mod unix; pub use unix::*;"),
            ("all(all(windows, test), not(any(unix)))", "mod windows;"),
            ("not(any(unix, all(windows, test)))", "mod other;"),
        ],
    );
    check("cfg_if", "if #[cfg(test)] { mod a; }", &[("test", "mod a;")]);
    check("cfg_if!", "", &[]);
}

#[test]
fn cfg_if_refuses_what_it_does_not_know() {
    check_refused("cfg_if", "if #[test] { mod a; }");
    check_refused("cfg_if", "if cfg!(test) { mod a; }");
    check_refused("cfg_if", "if #[cfg(test)] mod a;");
    check_refused("cfg_if", "if #[cfg(test)] { } if #[cfg(unix)] { }");
    check_refused("cfg_if", "if #[cfg(test)] { } else { } else { }");
}

#[test]
fn cfg_select_knows_blocks_and_expressions() {
    let arguments = "unix => { mod unix; } any(windows, test) => { mod windows; }, _ => { mod other; }";
    let expected = [
        ("unix", "mod unix;"),
        ("all(any(windows, test), not(any(unix)))", "mod windows;"),
        ("not(any(unix, any(windows, test)))", "mod other;"),
    ];
    check("std::cfg_select", arguments, &expected);
    check(
        "cfg_select",
        "unix => a::b(1), _ => c",
        &[("unix", "a::b(1)"), ("not(any(unix))", "c")],
    );
    check("cfg_select", "_ => { mod a; }", &[("", "mod a;")]);
    check("cfg_match", "cfg(unix) => { mod a; }", &[("unix", "mod a;")]);
    check_refused("cfg_select", "unix { mod a; }");
}

#[test]
fn thread_local_declares_local_keys() {
    check(
        "std::thread_local",
        "/// Text.\n pub(crate) static A: RefCell<Vec<u8>> = RefCell::new(f()); static B: Cell<u8> = const { Cell::new(1) }",
        &[(
            "",
            "#[doc = \" Text.\"] pub(crate) static A: ::std::thread::LocalKey<RefCell<Vec<u8>>> = RefCell::new(f());
             static B: ::std::thread::LocalKey<Cell<u8>> = const { Cell::new(1) };",
        )],
    );
    check(
        "thread_local",
        "static A: Vec<u8>= vec![];",
        &[("", "static A: ::std::thread::LocalKey<Vec<u8>> = vec![];")],
    );
    check_refused("thread_local", "let a = 1;");
}

#[test]
fn what_the_user_wrote_keeps_its_place() {
    let text = "if #[cfg(unix)] { mod unix; }";
    let branches = expand_builtin("cfg_if", lex(text))
        .expect("the name is known")
        .expect("it expands");
    let word = branches[0].items.clone().into_iter().nth(1).expect("two tokens");
    assert_eq!(&text[word.span().byte_range()], "unix");
}

#[test]
fn other_names_are_left_alone() {
    assert!(expand_builtin("vec", lex("1")).is_none());
    assert!(expand_builtin("cfg_if::other", lex("")).is_none());
}
