//! Macros that grow: what each invocation makes is bounded, and what lies beyond is named as not examined.

use super::case::{Workspace, all_say};

/// The library, and what is said of it. All end in 2.
const LIBRARIES: [(&str, &str, &str); 5] = [
    (
        "an invocation that makes two of itself",
        "macro_rules! m { () => { m! {} m! {} }; }\n\nm! {}\npub fn after() {}\n",
        "error[unexamined-code]: `m!` expands more than 1024 levels deep: the rest of what it makes was not examined\n  at src/lib.rs:3:1\nincomplete",
    ),
    (
        "an invocation that makes two for each token",
        "macro_rules! m { () => {}; ($a:tt $($x:tt)*) => { m! { $($x)* } m! { $($x)* } }; }\nm! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 }\n",
        "error[unexamined-code]: `m!` expands to more than 10000 invocations: the rest of what it makes was not examined\n  at src/lib.rs:2:1\nincomplete",
    ),
    (
        "arguments that grow",
        "macro_rules! m { ($($x:tt)*) => { m! { a b c d e f g h i j $($x)* } }; }\nm! {}\n",
        "error[unexamined-code]: `m!` expands to more than 2000000 tokens: the rest of what it makes was not examined\n  at src/lib.rs:2:1\nincomplete",
    ),
    (
        "two macros that make each other, among the members of an impl and in a block",
        "macro_rules! a { () => { b! {} b! {} }; }\nmacro_rules! b { () => { a! {} a! {} }; }\npub struct S;\nimpl S {\n    a! {}\n}\nconst _: () = {\n    b! {}\n};\n",
        "error[unexamined-code]: `a!` expands more than 1024 levels deep: the rest of what it makes was not examined\n  at src/lib.rs:5:5\nerror[unexamined-code]: `b!` expands more than 1024 levels deep: the rest of what it makes was not examined\n  at src/lib.rs:8:5\nincomplete",
    ),
    (
        "a macro that makes modules in which it stands again",
        "macro_rules! m { () => { pub mod a { m! {} } pub mod b { m! {} } }; }\nm! {}\n",
        "error[unexamined-code]: `m!` expands more than 1024 levels deep: the rest of what it makes was not examined\n  at src/lib.rs:2:1\nincomplete",
    ),
];

#[test]
fn what_an_invocation_makes_is_bounded() {
    all_say(LIBRARIES.map(|(name, library, expected)| {
        let workspace = Workspace::of("");
        workspace.write("src/lib.rs", library);
        (name, workspace, 2, expected)
    }));
}

#[test]
fn a_macro_that_has_run_away_is_not_followed_again() {
    let workspace = Workspace::of("");
    let calls = "m! {}\n".repeat(300);
    workspace.write(
        "src/lib.rs",
        format!("macro_rules! m {{ () => {{ m! {{}} m! {{}} }}; }}\n{calls}"),
    );
    let (code, said) = workspace.said("many invocations");
    assert_eq!((code, said.matches("error[unexamined-code]: `m!`").count()), (2, 300));
}

#[test]
fn a_file_that_includes_itself_is_named() {
    let workspace = Workspace::of("");
    let library = "include!(\"again.rs\");\n";
    workspace.write("src/lib.rs", library);
    workspace.write("src/again.rs", library.repeat(3));
    workspace.says(
        "three times",
        2,
        "error[unexamined-code]: `include!` includes `src/again.rs` into itself: the rest of what it makes was not examined\n  at src/lib.rs:1:1\nincomplete",
    );
}

#[test]
fn a_long_list_is_taken_apart() {
    let workspace = Workspace::of("");
    let names: Vec<String> = (0..800).map(|number| format!("f{number}")).collect();
    let names = names.join(" ");
    let library = format!(
        "macro_rules! all {{ () => {{}}; ($name:ident $($rest:ident)*) => {{ pub fn $name() {{}} all! {{ $($rest)* }} }}; }}\nall! {{ {names} }}\npub fn last() {{ f799(); }}\n"
    );
    workspace.write("src/lib.rs", library);
    workspace.says("one name at a time", 0, "clean");
}
