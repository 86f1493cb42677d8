//! The words alone: driver::query("select 1"), [`driver::query`].
//!
//! ```
//! driver::query("select 1");
//! ```

// use driver::query;
/* driver::query("select 1"); */

/// See [`driver::Pool::exec`] and `driver::query!("select 1")`.
#[doc = "driver::query"]
pub fn words(query: &str) -> String {
    let driver = "driver::query(\"select 1\")";
    let raw = r#"use driver::query; sqlite3_exec();"#;
    let stringified = stringify!(driver::query("select 1"));
    println!("driver::query {driver} {query}");
    format!("{driver}{raw}{stringified}{}", Query::driver())
}

struct Query;

impl Query {
    fn driver() -> usize {
        0
    }
}

/// A module of that name, and a function.
pub mod driver {
    pub fn query(text: &str) -> usize {
        text.len()
    }
}

pub fn own() -> usize {
    driver::query("select 1")
}
