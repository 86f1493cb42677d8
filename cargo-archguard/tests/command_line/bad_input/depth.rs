//! Code that nests or chains deeper than anybody writes: read, or named as not examined; never a crash.

use super::case::Workspace;
use crate::process::{exit_of, text};

/// What stands before, what opens, what stands inside, what closes, what stands after; how often, and how it ends.
struct Deep(&'static str, [&'static str; 5], usize, i32);

const EXPRESSIONS: [(&str, &str, &str, &str, usize, i32); 21] = [
    ("parentheses", "(", "1", ")", 10_000, 0),
    ("brackets", "[", "1", "]", 10_000, 0),
    ("blocks", "{", "1", "}", 10_000, 0),
    ("negations", "!", "true", "", 10_000, 0),
    ("minus signs", "- ", "1", "", 10_000, 0),
    ("references", "&", "1", "", 10_000, 0),
    ("sums", "a+", "a", "", 20_000, 0),
    ("assignments", "a=", "a", "", 10_000, 0),
    ("method calls", "", "a", ".b()", 10_000, 0),
    ("calls", "f(", "1", ")", 10_000, 0),
    ("questions", "", "a", "?", 10_000, 0),
    ("closures", "|| ", "1", "", 10_000, 0),
    ("casts", "", "1", " as u8", 10_000, 0),
    ("returns", "return ", "1", "", 10_000, 0),
    ("conditions", "if a { 1 } else ", "{ 2 }", "", 5_000, 0),
    ("matches", "match a { _ => ", "1", "}", 5_000, 0),
    ("struct literals", "S { a: ", "1", "}", 5_000, 0),
    ("generic arguments", "a::<", "u8", ">", 5_000, 0),
    ("macro arguments", "m!(", "1", ")", 10_000, 0),
    ("vectors", "vec![", "1", "]", 10_000, 0),
    ("far too many parentheses", "(", "1", ")", 100_000, 2),
];

const ITEMS: [Deep; 12] = [
    Deep("qualified paths", ["type T = ", "<", "A", ">::B", ";"], 10_000, 0),
    Deep("functions", ["", "fn a() { struct S; ", "", "}", ""], 3_000, 0),
    Deep("macro calls", ["", "m! {", "", "}", ""], 10_000, 0),
    Deep("types", ["type T = ", "Vec<", "u8", ">", ";"], 10_000, 0),
    Deep("bounds", ["type T = ", "Box<dyn Fn() -> ", "u8", ">", ";"], 2_000, 0),
    Deep("reference types", ["type T = ", "&'static ", "u8", "", ";"], 10_000, 0),
    Deep("tuples", ["type T = ", "(", "u8", ")", ";"], 10_000, 0),
    Deep("patterns", ["fn f(", "(", "x", ")", ": u8) {}"], 10_000, 0),
    Deep("modules", ["", "mod a { ", "", "}", ""], 3_000, 0),
    Deep("imports", ["use a::", "{b::", "c", "}", ";"], 10_000, 0),
    Deep("paths", ["use a", "::b", "", "", ";"], 3_000, 0),
    Deep("attributes", ["#[cfg(", "not(", "a", ")", ")] fn f() {}"], 10_000, 0),
];

impl Deep {
    #[track_caller]
    fn ends(&self) {
        let Self(name, [before, open, core, close, after], count, exit) = self;
        let (open, close) = (open.repeat(*count), close.repeat(*count));
        let workspace = Workspace::of("//- src/lib.rs\nmod a;\n");
        workspace.write("src/a.rs", format!("{before}{open}{core}{close}{after}\n"));
        let output = workspace.run(&["--quiet"]);
        let said = (exit_of(&output), text(&output.stderr));
        assert_eq!(said, (*exit, String::new()), "{name}: {}", text(&output.stdout));
    }
}

#[test]
fn expressions() {
    for (name, open, core, close, times, code) in EXPRESSIONS {
        let after = if name == "generic arguments" { "(); }" } else { "; }" };
        Deep(name, ["fn f(a: u8) { let _ = ", open, core, close, after], times, code).ends();
    }
}

#[test]
fn items() {
    for deep in ITEMS {
        deep.ends();
    }
}

#[test]
fn what_is_too_deep_is_named() {
    let workspace = Workspace::of("//- src/lib.rs\nmod a;\n");
    workspace.write("src/a.rs", "(".repeat(50_000));
    let expected = "error[unexamined-code]: `src/a.rs` nests 50001 levels deep: too deep to be read\nincomplete";
    workspace.says("too deep", 2, expected);
}
