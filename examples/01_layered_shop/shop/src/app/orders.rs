//! Placing, following and cancelling orders.

use shop_domain::{Order, OrderId, OrderLine, ShelfEntry, UserId};

use super::catalogue;
use super::error::AppError;
use super::pricing;
use super::shop::Shop;
use crate::db::repo;

/// Orders these products at the prices of today.
pub async fn place(shop: &Shop, customer: UserId, wanted: &[ShelfEntry]) -> Result<Order, AppError> {
    if wanted.is_empty() {
        return Err(AppError::NothingToOrder);
    }
    let mut lines = Vec::with_capacity(wanted.len());
    for entry in wanted {
        let product = catalogue::find(shop, entry.product).await?;
        lines.push(OrderLine {
            product: product.id,
            quantity: entry.quantity,
            unit_price: product.price,
        });
    }
    let discount = pricing::discount(&lines);
    let order = Order::new(customer, lines, discount);
    repo::orders::insert(shop.db(), &order).await?;
    Ok(order)
}

/// What this customer has ordered so far.
pub async fn list(shop: &Shop, customer: UserId) -> Result<Vec<Order>, AppError> {
    Ok(repo::orders::of_customer(shop.db(), customer).await?)
}

/// One order of this customer. Somebody else's is not found.
pub async fn find(shop: &Shop, customer: UserId, id: OrderId) -> Result<Order, AppError> {
    repo::orders::find(shop.db(), id)
        .await?
        .filter(|order| order.customer == customer)
        .ok_or(AppError::NotFound("order"))
}

/// Calls an order off.
pub async fn cancel(shop: &Shop, customer: UserId, id: OrderId) -> Result<Order, AppError> {
    let order = find(shop, customer, id).await?.cancelled()?;
    repo::orders::set_status(shop.db(), order.id, order.status).await?;
    Ok(order)
}
