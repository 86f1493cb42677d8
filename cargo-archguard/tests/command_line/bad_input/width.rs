//! Many of one kind: code as generators write it. Read whole, without a crash; that it takes time in proportion is measured
//! by hand, since no test may depend on the speed of the machine.

use super::case::Workspace;

/// A library of so many parts, by number.
#[track_caller]
fn is_clean(name: &str, before: &str, count: usize, part: impl Fn(usize) -> String, after: &str) {
    let workspace = Workspace::of("");
    let parts = (0..count).map(part).collect::<Vec<_>>().concat();
    workspace.write("src/lib.rs", format!("{before}{parts}{after}\n"));
    workspace.says(name, 0, "clean");
}

#[test]
fn a_match_of_ten_thousand_arms() {
    let arm = |number| format!("{number} => g({number}),\n");
    is_clean(
        "arms",
        "fn g(_: u32) {}\nfn f(x: u32) { match x {",
        10_000,
        arm,
        "_ => {} } }",
    );
}

#[test]
fn twenty_thousand_fields_or_variants() {
    let field = |number| format!("pub f{number}: u{},\n", 8 << (number % 4));
    is_clean(
        "fields",
        "pub struct S {",
        20_000,
        field,
        "}\npub fn f(s: &S) -> u8 { s.f0 }",
    );
    let use_of = |number| format!("V{number} = {{ let _ = E::V{}; 0 }},\n", number / 2);
    is_clean("variants", "pub enum E {", 20_000, use_of, "}");
}

#[test]
fn five_thousand_impls_of_one_type() {
    let block = |number| format!("impl S {{ pub fn m{number}(&self) {{ self.m{}(); }} }}\n", number / 2);
    is_clean("impls", "pub struct S;\n", 5_000, block, "");
}

#[test]
fn three_thousand_globs_in_a_ring() {
    let module = |number| {
        format!(
            "pub mod m{number} {{ pub use super::m{}::*; pub fn f{number}() {{ f{}(); }} }}\n",
            (number + 1) % 3_000,
            (number + 7) % 3_000
        )
    };
    is_clean("ring", "", 3_000, module, "");
}

#[test]
fn five_thousand_reexports_in_a_row() {
    let named = |number| format!("pub mod m{number} {{ pub use super::m{}::x; }}\n", number + 1);
    let end = "pub mod m5000 { pub fn x() {} }\npub fn f() { m0::x(); }";
    is_clean("by name", "", 5_000, named, end);
    let glob = |number| format!("pub mod m{number} {{ pub use super::m{}::*; }}\n", number + 1);
    is_clean("by globs", "", 5_000, glob, end);
}
