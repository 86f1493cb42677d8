//! The schema of the shop's database, step by step. Knows no shop, only tables.

mod step;

use std::str::FromStr;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

use step::{STEPS, Step};

/// Brings the database at `url` up to date, creating it where there is none. Returns how many steps it took.
pub async fn run(url: &str) -> Result<usize, sqlx::Error> {
    let options = SqliteConnectOptions::from_str(url)?.create_if_missing(true);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await?;
    let taken = apply(&pool).await;
    pool.close().await;
    taken
}

/// Brings the database behind `pool` up to date. Returns how many steps it took.
///
/// For `shop::db`, which holds a pool anyway; everybody else has [`run`].
pub async fn apply(pool: &SqlitePool) -> Result<usize, sqlx::Error> {
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
        .execute(pool)
        .await?;
    let mut taken = 0;
    for step in STEPS {
        taken += usize::from(take(pool, step).await?);
    }
    Ok(taken)
}

/// Takes one step, whole or not at all. False if it was taken before.
async fn take(pool: &SqlitePool, step: &Step) -> Result<bool, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let noted = sqlx::query("INSERT INTO migrations (name) VALUES (?) ON CONFLICT DO NOTHING")
        .bind(step.name)
        .execute(&mut *transaction)
        .await?;
    if noted.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::raw_sql(step.sql).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_step_is_taken_once() {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect("sqlite::memory:")
            .await
            .unwrap();
        assert_eq!(apply(&pool).await.unwrap(), STEPS.len());
        assert_eq!(apply(&pool).await.unwrap(), 0);
    }
}
