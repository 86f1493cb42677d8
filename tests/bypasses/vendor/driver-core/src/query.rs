//! Queries.

/// A query.
#[derive(Debug)]
pub struct Query;

/// Makes a query.
pub fn query(_text: &str) -> Query {
    Query
}

impl Query {
    /// Runs the query.
    pub fn execute(&self, _pool: &crate::Pool) -> usize {
        0
    }
}
