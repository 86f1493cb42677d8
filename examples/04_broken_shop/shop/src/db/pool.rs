//! The connection pool, hidden behind [`Db`] so that nobody else can run a query on it.

use std::str::FromStr;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

/// The shop's database, migrated and ready. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    pool: SqlitePool,
}

impl Db {
    /// The pool itself, for the repositories only.
    pub(super) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// The pool for everybody else: the reports need joins that no repository offers.
    pub fn raw_pool(&self) -> SqlitePool {
        self.pool.clone()
    }

    /// The number that a statement answers with; 0 where it fails.
    pub async fn number(&self, statement: &'static str) -> i64 {
        let answer = sqlx::query_scalar(statement).fetch_one(&self.pool).await;
        answer.unwrap_or_default()
    }
}

/// Opens the database at `url`, creating and migrating it where needed.
pub async fn connect(url: &str) -> Result<Db, sqlx::Error> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .foreign_keys(true);
    let pool = pool_options(url).connect_with(options).await?;
    shop_migrations::apply(&pool).await?;
    Ok(Db { pool })
}

/// A database in memory lives as long as its connection: it gets exactly one, which is never closed.
fn pool_options(url: &str) -> SqlitePoolOptions {
    let options = SqlitePoolOptions::new();
    if url.contains(":memory:") {
        options.max_connections(1).idle_timeout(None).max_lifetime(None)
    } else {
        options.max_connections(8)
    }
}
