//! The lists that customers keep: carts and wishlists.

use shop_domain::{ProductId, Shelf, ShelfEntry, UserId};

use super::decode::{parsed, quantity};
use super::error::RepoError;
use crate::db::pool::Db;

#[derive(sqlx::FromRow)]
struct EntryRow {
    product: String,
    quantity: u32,
}

impl TryFrom<EntryRow> for ShelfEntry {
    type Error = RepoError;

    fn try_from(row: EntryRow) -> Result<Self, RepoError> {
        Ok(Self {
            product: parsed("shelf_entries.product", &row.product)?,
            quantity: quantity("shelf_entries.quantity", row.quantity)?,
        })
    }
}

/// Puts a product on a list, or changes how many pieces of it stand there.
pub async fn put(db: &Db, customer: UserId, shelf: Shelf, entry: ShelfEntry) -> Result<(), RepoError> {
    sqlx::query(
        "INSERT INTO shelf_entries (customer, shelf, product, quantity) VALUES (?, ?, ?, ?)
         ON CONFLICT (customer, shelf, product) DO UPDATE SET quantity = excluded.quantity",
    )
    .bind(customer.to_string())
    .bind(shelf.as_str())
    .bind(entry.product.to_string())
    .bind(entry.quantity.get())
    .execute(db.pool())
    .await?;
    Ok(())
}

/// Takes a product off a list. False if it did not stand there.
pub async fn take(db: &Db, customer: UserId, shelf: Shelf, product: ProductId) -> Result<bool, RepoError> {
    let done = sqlx::query("DELETE FROM shelf_entries WHERE customer = ? AND shelf = ? AND product = ?")
        .bind(customer.to_string())
        .bind(shelf.as_str())
        .bind(product.to_string())
        .execute(db.pool())
        .await?;
    Ok(done.rows_affected() > 0)
}

/// What stands on a list, in the order in which it was put there.
pub async fn contents(db: &Db, customer: UserId, shelf: Shelf) -> Result<Vec<ShelfEntry>, RepoError> {
    sqlx::query_as::<_, EntryRow>(
        "SELECT product, quantity FROM shelf_entries WHERE customer = ? AND shelf = ? ORDER BY rowid",
    )
    .bind(customer.to_string())
    .bind(shelf.as_str())
    .fetch_all(db.pool())
    .await?
    .into_iter()
    .map(ShelfEntry::try_from)
    .collect()
}

/// Takes everything off a list.
pub async fn clear(db: &Db, customer: UserId, shelf: Shelf) -> Result<(), RepoError> {
    sqlx::query("DELETE FROM shelf_entries WHERE customer = ? AND shelf = ?")
        .bind(customer.to_string())
        .bind(shelf.as_str())
        .execute(db.pool())
        .await?;
    Ok(())
}
