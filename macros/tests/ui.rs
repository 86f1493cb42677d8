//! What the annotations accept in every position that stable Rust allows, and what they say where they refuse.
//!
//! `TRYBUILD=overwrite` rewrites the expected messages; read the difference before you keep it.

#[test]
fn annotations_accept_and_refuse_as_written_down() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
}
