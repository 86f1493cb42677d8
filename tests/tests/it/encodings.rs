//! Files as they come: line ends, byte order marks, other encodings, depth, length; what cannot be read is named.

use crate::harness::{Checked, Fixture, check};

#[test]
fn crlf_does_not_shift_lines_or_columns() {
    check(
        "
//- src/lib.rs crlf
mod a;
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
//- src/a.rs crlf
/* one
   two */ fn g() { std::fs::write(0); }
//                 ^^^^^^^^^^^^^^ call std::fs::write
",
    );
}

#[test]
fn a_byte_order_mark_does_not_shift_columns() {
    check(
        "
//- src/lib.rs bom
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
",
    );
}

#[test]
fn columns_count_characters() {
    check(
        r#"
//- src/lib.rs
fn f() { let größe = "äöü – 漢字 🎉"; std::fs::read(größe); }
//                                 ^^^^^^^^^^^^^ call std::fs::read
"#,
    );
}

#[test]
fn a_shebang_is_no_code() {
    check(
        "
//- src/main.rs
#!/usr/bin/env run
fn main() { std::fs::read(0); }
//          ^^^^^^^^^^^^^ call std::fs::read
//- src/lib.rs
#![allow(unused)]
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
",
    );
}

#[test]
fn empty_files_and_files_of_comments_are_modules() {
    let checked = check(
        "
//- src/lib.rs
mod empty;
mod comments;
//- src/empty.rs
//- src/comments.rs
// nothing
",
    );
    checked.modules_are(&["shop", "shop::comments", "shop::empty"]);
    assert_eq!(checked.graph.examined().files, 3);
}

#[test]
fn a_file_that_is_not_utf8_is_a_problem_and_the_rest_is_examined() {
    let fixture = Fixture::of(
        "
//- src/lib.rs
mod latin;
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
//- src/latin.rs latin1
// größe
",
    );
    Checked::of(&fixture).problems_are(&["src/latin.rs: `src/latin.rs` is not UTF-8: the first bad byte is number 6"]);
}

#[test]
fn a_file_that_does_not_parse_is_a_problem_and_the_rest_is_examined() {
    let fixture = Fixture::of(
        "
//- src/lib.rs
mod broken;
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
//- src/broken.rs
fn f() { let = ; }
",
    );
    let checked = Checked::of(&fixture);
    assert_eq!(checked.problems.len(), 1);
    assert!(
        checked.problems[0].message.contains("does not parse"),
        "{:?}",
        checked.problems
    );
}

#[test]
fn a_deep_expression_is_read() {
    let deep = format!("{}1{}", "(".repeat(3000), ")".repeat(3000));
    check(&format!(
        "//- src/lib.rs\nfn f() {{ std::fs::read(0); }}\n//       ^^^^^^^^^^^^^ call std::fs::read\nfn g() -> u8 {{ {deep} }}\n"
    ));
}

#[test]
fn a_file_that_nests_too_deep_is_a_problem_not_a_crash() {
    let deep = format!("{}1{}", "(".repeat(40_000), ")".repeat(40_000));
    let fixture = Fixture::of(&format!(
        "//- src/lib.rs\nmod deep;\nfn f() {{ std::fs::read(0); }}\n//       ^^^^^^^^^^^^^ call std::fs::read\n//- src/deep.rs\nfn g() -> u8 {{ {deep} }}\n"
    ));
    let checked = Checked::of(&fixture);
    assert_eq!(checked.problems.len(), 1);
    assert!(
        checked.problems[0].message.contains("too deep to be read"),
        "{:?}",
        checked.problems
    );
}

#[test]
fn a_file_of_forty_thousand_lines() {
    let lines = "const _: u8 = 0;\n".repeat(40_000);
    let checked = check(&format!(
        "//- src/lib.rs\n{lines}fn f() {{ std::fs::read(0); }}\n//       ^^^^^^^^^^^^^ call std::fs::read\n"
    ));
    assert_eq!(checked.graph.examined().lines, 40_002);
}

#[test]
fn spaces_and_letters_of_other_alphabets_in_paths() {
    check(
        r#"
//- Cargo.toml
[package]
name = "shop"
[lib]
path = "my_code/größe.rs"
//- my_code/größe.rs
#[path = "länge.rs"]
mod a;
//- my_code/länge.rs
fn f() { std::fs::read(0); }
//       ^^^^^^^^^^^^^ call std::fs::read
"#,
    );
}
