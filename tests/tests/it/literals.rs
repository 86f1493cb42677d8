//! `literal:sql`: where SQL stands as text, in every way of writing text, and what is no SQL or not there to be judged.

use crate::harness::{judge, judged};

/// A crate whose module `db` alone may hold SQL, with more in `web`.
fn shop(web: &str) -> String {
    with_rule("use = \"literal:sql\"", web)
}

fn with_rule(rule: &str, web: &str) -> String {
    format!(
        r#"
//- archguard.toml
version = 1
[policy]
undeclared = "allow"
[components]
root = "shop::self"
web = "shop::web"
db = "shop::db"
[[forbid]]
id = "f"
except = "db"
{rule}
//- Cargo.toml
[package]
name = "shop"
edition = "2024"
//- src/lib.rs
pub mod db;
pub mod web;
pub fn run(_: &str) {{}}
//- src/db.rs
pub fn all() {{ crate::run("SELECT id FROM orders"); }}
//- src/web.rs
{web}
"#
    )
}

#[test]
fn every_way_of_writing_text() {
    judge(&shop(
        r#"
const PLAIN: &str = "SELECT id FROM orders";
//                  ^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
static RAW: &str = r"DELETE FROM orders";
//                 ^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn bytes() -> &'static [u8] { b"INSERT INTO orders VALUES (1)" }
//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn c_text() { let _ = c"UPDATE orders SET id = 1"; }
//                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn lower() { crate::run("select * from orders") }
//                          ^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn commented() { crate::run("-- orders\nSELECT id FROM orders") }
//                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn with() { crate::run("WITH a AS (SELECT 1) SELECT * FROM a") }
//                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn matched(text: &str) -> bool { matches!(text, "DROP TABLE orders") }
//                                                  ^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub struct Held { pub text: &'static str }
pub fn held() -> Held { Held { text: "TRUNCATE TABLE orders" } }
//                                   ^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn owned() { let mut text = String::from("SELECT id "); text.push_str("SELECT 1"); }
//                                                                        ^^^^^^^^^^ error[f/forbidden-use]
"#,
    ));
}

#[test]
fn of_several_lines_the_first_is_shown() {
    let text = "pub fn raw() { crate::run(r#\"\n  SELECT id\n  FROM orders\"#); }\n\
                pub fn continued() { crate::run(\"SELECT id \\\n  FROM orders\"); }\n";
    let rule = "error[f/forbidden-use]";
    assert_eq!(
        judged(&shop(text)).sites(),
        [
            format!("src/web.rs:1:27..30 {rule}"),
            format!("src/web.rs:4:33..45 {rule}")
        ]
    );
}

#[test]
fn texts_that_macros_put_together() {
    judge(&shop(
        r#"
pub fn joined() { crate::run(concat!("SELECT id ", "FROM orders")) }
//                                   ^^^^^^^^^^^^ error[f/forbidden-use]
pub fn spelled() { crate::run(stringify!(SELECT id FROM orders)) }
//                                       ^^^^^^ error[f/forbidden-use]
pub fn made(id: u8) { crate::run(&format!("SELECT {id} FROM orders")) }
//                                        ^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn unknown_macro() { some::query!("SELECT id FROM orders WHERE id = $1", 1); }
//                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
"#,
    ));
}

#[test]
fn a_macro_s_body_is_the_macro_s() {
    let judged = judge(&shop(
        r#"
macro_rules! orders { () => { crate::run("SELECT id FROM orders") }; }
//                                       ^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
macro_rules! joined { ($x:expr) => { concat!("SELECT id ", "FROM orders") }; }
//                                           ^^^^^^^^^^^^ error[f/forbidden-use]
pub fn first() { orders!() }
//               ^^^^^^ error[f/forbidden-use]
pub fn second() { orders!() }
//                ^^^^^^ error[f/forbidden-use]
"#,
    ));
    assert_eq!(judged.findings.len(), 2, "one for each macro, with its invocations");
}

#[test]
fn what_is_no_sql_and_what_is_not_judged() {
    judge(&shop(
        r#"
//! SELECT id FROM orders
/// "SELECT id FROM orders"
#[doc = "SELECT id FROM orders"]
#[deprecated(note = "SELECT id FROM orders")]
pub fn quiet() {
    // "SELECT id FROM orders"
    crate::run("Select one from the list");
    crate::run("SELECT");
    crate::run("delete from the cache");
    macro_rules! documented { () => { #[doc = "SELECT id FROM orders"] struct A; }; }
}
#[cfg(test)]
mod tests {
    #[test]
    fn stored() { crate::run("SELECT id FROM orders"); }
}
"#,
    ));
}

#[test]
fn a_constant_is_where_it_stands() {
    let judged = judge(&shop(
        r#"
pub const ALL: &str = "SELECT id FROM orders";
//                    ^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn used() { crate::run(ALL); crate::run(ALL) }
"#,
    ));
    assert_eq!(
        judged.findings[0].message,
        "`shop::web::ALL` holds SQL as text (`literal:sql`), which only `db` may use"
    );
}

#[test]
fn values_formatted_into_sql() {
    judge(&with_rule(
        "use = \"literal:sql-formatted\"",
        r#"
const COLUMNS: &str = "id";
pub fn inline(id: u8) { crate::run(&format!("SELECT id FROM orders WHERE id = {id}")) }
//                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn given(id: u8) { let text = format!("DELETE FROM orders WHERE id = {}", id); crate::run(&text) }
//                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn constant() { crate::run(&format!("SELECT {COLUMNS} FROM orders")) }
pub fn constants() { crate::run(&format!("SELECT {} FROM orders", COLUMNS)) }
pub fn bound() { crate::run("SELECT id FROM orders WHERE id = $1") }
"#,
    ));
}

/// A driver of the pack's, as far as these tests call it; its own code is a dependency's.
fn with_driver(web: &str) -> String {
    let text = with_rule("use = \"literal:sql-formatted\"", web);
    let text = text.replace(
        "edition = \"2024\"\n",
        "edition = \"2024\"\n[dependencies]\nsqlx = \"1\"\nrusqlite = \"1\"\n",
    );
    text + r#"
//- registry/sqlx/Cargo.toml
[package]
name = "sqlx"
edition = "2024"
//- registry/sqlx/src/lib.rs
pub struct AssertSqlSafe<T>(pub T);
pub fn query<T>(_: T) {}
pub fn bind<T>(_: T) {}
//- registry/rusqlite/Cargo.toml
[package]
name = "rusqlite"
edition = "2024"
//- registry/rusqlite/src/lib.rs
pub struct Connection;
impl Connection {
    pub fn execute<P>(&self, _: &str, _: P) {}
}
"#
}

#[test]
fn values_formatted_into_what_a_driver_is_given() {
    judge(&with_driver(
        r#"
use sqlx::AssertSqlSafe as Safe;
pub fn direct(id: u8, base: &str) { sqlx::query(&format!("{base} WHERE id = {id}")) }
//                                                       ^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn wrapped(base: &str) { sqlx::query(Safe(format!("{base} LIMIT 1"))) }
//                                                    ^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn bound_first(base: &str) {
    let text = format!("{base} LIMIT 2");
//                     ^^^^^^^^^^^^^^^^ error[f/forbidden-use]
    let unused = 1;
    sqlx::query(text.as_str());
}
pub fn method(connection: &rusqlite::Connection, base: &str) { connection.execute(&format!("{base} LIMIT 3"), []) }
//                                                                                         ^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn sql_too(id: u8) { sqlx::query(&format!("SELECT {id} FROM orders")) }
//                                            ^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
pub fn values_that_are_bound(name: &str) {
    sqlx::query("SELECT 1");
    sqlx::bind(format!("%{name}%"));
    let text = format!("%{name}%");
    let text = "SELECT 2";
    sqlx::query(text);
}
pub fn elsewhere(name: &str) { crate::run(&format!("{name} LIMIT 4")) }
"#,
    ));
}

#[test]
fn kinds_and_mandates_speak_of_literals() {
    judge(&with_rule(
        "use = \"literal:sql\"\nas = \"literal\"",
        "pub fn a() { crate::run(\"SELECT 1\") }\n//                      ^^^^^^^^^^ error[f/forbidden-use]\n",
    ));
    judge(&with_rule(
        "use = [\"literal:sql\", \"std::fs\"]\nas = \"call\"",
        "pub fn a() { crate::run(\"SELECT 1\") }\n",
    ));
}

#[test]
fn without_a_rule_there_are_no_such_references() {
    let judged = judged(&with_rule(
        "use = \"std::fs\"",
        "pub fn a() { crate::run(\"SELECT 1\") }\n",
    ));
    let paths = judged.graph.references().map(|link| &*judged.graph.item(link.to).path);
    assert_eq!(paths.filter(|path| path.starts_with("literal")).count(), 0);
}

#[test]
fn what_stands_under_a_listed_feature_is_development_code() {
    let text = shop(
        "pub fn rows() {
    #[cfg(any(test, feature = \"testing\"))]
    crate::run(\"SELECT id FROM orders WHERE id = 1\");
    #[cfg(feature = \"other\")]
    crate::run(\"SELECT id FROM orders WHERE id = 2\");
    //         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[f/forbidden-use]
}",
    );
    judge(&text.replacen("[policy]", "[policy]\ndev_code = \"feature:testing\"", 1));
}

#[test]
fn a_driver_without_sources_is_known_by_what_is_written() {
    let text = with_rule(
        "use = \"pack:sql\"",
        "pub fn rows() { sqlx::query(\"\"); }\n//              ^^^^^^^^^^^ error[f/forbidden-use]",
    );
    judge(&text.replacen(
        "edition = \"2024\"",
        "edition = \"2024\"\n[dependencies]\nsqlx = \"1\"",
        1,
    ));
}
