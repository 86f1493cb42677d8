//! The catalogue.

use shop_domain::{Money, Product, ProductId};

use super::decode::parsed;
use super::error::RepoError;
use crate::db::pool::Db;

#[derive(sqlx::FromRow)]
struct ProductRow {
    id: String,
    name: String,
    price_cents: i64,
}

impl TryFrom<ProductRow> for Product {
    type Error = RepoError;

    fn try_from(row: ProductRow) -> Result<Self, RepoError> {
        Ok(Self {
            id: parsed("products.id", &row.id)?,
            name: row.name,
            price: Money::from_cents(row.price_cents),
        })
    }
}

/// Stores a new product; [`RepoError::Duplicate`] if one has this name.
pub async fn insert(db: &Db, product: &Product) -> Result<(), RepoError> {
    sqlx::query("INSERT INTO products (id, name, price_cents) VALUES (?, ?, ?)")
        .bind(product.id.to_string())
        .bind(&product.name)
        .bind(product.price.cents())
        .execute(db.pool())
        .await?;
    Ok(())
}

/// All products, by name.
pub async fn all(db: &Db) -> Result<Vec<Product>, RepoError> {
    sqlx::query_as::<_, ProductRow>("SELECT id, name, price_cents FROM products ORDER BY name")
        .fetch_all(db.pool())
        .await?
        .into_iter()
        .map(Product::try_from)
        .collect()
}

/// The product with this identifier.
pub async fn find(db: &Db, id: ProductId) -> Result<Option<Product>, RepoError> {
    sqlx::query_as::<_, ProductRow>("SELECT id, name, price_cents FROM products WHERE id = ?")
        .bind(id.to_string())
        .fetch_optional(db.pool())
        .await?
        .map(Product::try_from)
        .transpose()
}
