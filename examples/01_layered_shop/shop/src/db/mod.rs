//! Persistence: the one place that speaks SQL. What others may use of it is [`Db`], [`connect`] and [`repo`].

mod pool;
pub mod repo;

pub use pool::{Db, connect};
