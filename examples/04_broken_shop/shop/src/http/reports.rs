//! The sales report.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use shop_domain::Money;

use crate::db::Db;
use crate::utils::price_label;

#[derive(sqlx::FromRow)]
struct SoldRow {
    name: String,
    cents: i64,
}

#[derive(Serialize)]
pub(super) struct Sold {
    name: String,
    amount: String,
}

// Straight from the tables: going through a use case would mean four new functions for one report.
pub(super) async fn sales(State(db): State<Db>) -> Result<Json<Vec<Sold>>, StatusCode> {
    let rows: Vec<SoldRow> = sqlx::query_as(
        "SELECT p.name, SUM(l.quantity * l.price_cents) AS cents
         FROM order_lines l JOIN products p ON p.id = l.product
         GROUP BY p.name ORDER BY p.name",
    )
    .fetch_all(&db.raw_pool())
    .await
    .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Json(rows.into_iter().map(Sold::from).collect()))
}

impl From<SoldRow> for Sold {
    fn from(row: SoldRow) -> Self {
        Self {
            name: row.name,
            amount: price_label(Money::from_cents(row.cents)),
        }
    }
}
