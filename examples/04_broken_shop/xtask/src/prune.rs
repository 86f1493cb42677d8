//! Forgetting cancelled orders.

use std::error::Error;

use store::SqlitePool;

/// Forgets the cancelled orders in the database at `url`. Returns how many there were.
pub(crate) async fn prune(url: &str) -> Result<u64, Box<dyn Error>> {
    let pool = SqlitePool::connect(url).await?;
    store::query("DELETE FROM order_lines WHERE order_id IN (SELECT id FROM orders WHERE status = 'cancelled')")
        .execute(&pool)
        .await?;
    let done = store::query("DELETE FROM orders WHERE status = 'cancelled'")
        .execute(&pool)
        .await?;
    Ok(done.rows_affected())
}
