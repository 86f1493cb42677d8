//! Persistence: the one place that speaks SQL. What others may use of it is [`Db`], [`connect`] and [`repo`].

mod pool;
pub mod repo;

pub use pool::{Db, connect};
// Handy where a whole repository function would be too much.
pub use sqlx::query as raw_query;
