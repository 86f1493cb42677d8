//! Orders and their lines.

use shop_domain::{Money, Order, OrderId, OrderLine, OrderStatus, UserId};

use super::decode::{parsed, quantity};
use super::error::RepoError;
use crate::db::pool::Db;

#[derive(sqlx::FromRow)]
struct OrderRow {
    id: String,
    customer: String,
    status: String,
    discount_cents: i64,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    product: String,
    quantity: u32,
    price_cents: i64,
}

impl TryFrom<LineRow> for OrderLine {
    type Error = RepoError;

    fn try_from(row: LineRow) -> Result<Self, RepoError> {
        Ok(Self {
            product: parsed("order_lines.product", &row.product)?,
            quantity: quantity("order_lines.quantity", row.quantity)?,
            unit_price: Money::from_cents(row.price_cents),
        })
    }
}

/// Stores a new order with all its lines, or nothing of it.
pub async fn insert(db: &Db, order: &Order) -> Result<(), RepoError> {
    let mut transaction = db.pool().begin().await?;
    sqlx::query("INSERT INTO orders (id, customer, status, discount_cents) VALUES (?, ?, ?, ?)")
        .bind(order.id.to_string())
        .bind(order.customer.to_string())
        .bind(order.status.as_str())
        .bind(order.discount.cents())
        .execute(&mut *transaction)
        .await?;
    for (position, line) in (0_i64..).zip(&order.lines) {
        sqlx::query(
            "INSERT INTO order_lines (order_id, position, product, quantity, price_cents) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(order.id.to_string())
        .bind(position)
        .bind(line.product.to_string())
        .bind(line.quantity.get())
        .bind(line.unit_price.cents())
        .execute(&mut *transaction)
        .await?;
    }
    Ok(transaction.commit().await?)
}

/// What this customer has ordered so far, the oldest first.
pub async fn of_customer(db: &Db, customer: UserId) -> Result<Vec<Order>, RepoError> {
    let rows: Vec<OrderRow> =
        sqlx::query_as("SELECT id, customer, status, discount_cents FROM orders WHERE customer = ? ORDER BY rowid")
            .bind(customer.to_string())
            .fetch_all(db.pool())
            .await?;
    let mut orders = Vec::with_capacity(rows.len());
    for row in rows {
        orders.push(with_lines(db, row).await?);
    }
    Ok(orders)
}

/// The order with this identifier.
pub async fn find(db: &Db, id: OrderId) -> Result<Option<Order>, RepoError> {
    let row: Option<OrderRow> = sqlx::query_as("SELECT id, customer, status, discount_cents FROM orders WHERE id = ?")
        .bind(id.to_string())
        .fetch_optional(db.pool())
        .await?;
    match row {
        Some(row) => Ok(Some(with_lines(db, row).await?)),
        None => Ok(None),
    }
}

/// Notes how far an order has come.
pub async fn set_status(db: &Db, id: OrderId, status: OrderStatus) -> Result<(), RepoError> {
    sqlx::query("UPDATE orders SET status = ? WHERE id = ?")
        .bind(status.as_str())
        .bind(id.to_string())
        .execute(db.pool())
        .await?;
    Ok(())
}

async fn with_lines(db: &Db, row: OrderRow) -> Result<Order, RepoError> {
    let lines: Vec<LineRow> =
        sqlx::query_as("SELECT product, quantity, price_cents FROM order_lines WHERE order_id = ? ORDER BY position")
            .bind(&row.id)
            .fetch_all(db.pool())
            .await?;
    Ok(Order {
        id: parsed("orders.id", &row.id)?,
        customer: parsed("orders.customer", &row.customer)?,
        status: parsed("orders.status", &row.status)?,
        discount: Money::from_cents(row.discount_cents),
        lines: lines.into_iter().map(OrderLine::try_from).collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use shop_domain::{Email, Product, Quantity};

    use super::*;
    use crate::db::connect;
    use crate::db::repo::{products, users};

    #[tokio::test]
    async fn an_order_comes_back_as_it_was_stored() {
        let db = connect("sqlite::memory:").await.unwrap();
        let customer = UserId::random();
        let email: Email = "ada@example.com".parse().unwrap();
        users::insert(&db, customer, &email, "sealed").await.unwrap();
        let tea = Product::new("Tea", Money::from_cents(450));
        products::insert(&db, &tea).await.unwrap();

        let line = OrderLine {
            product: tea.id,
            quantity: Quantity::ONE,
            unit_price: tea.price,
        };
        let order = Order::new(customer, vec![line], Money::default());
        insert(&db, &order).await.unwrap();

        assert_eq!(find(&db, order.id).await.unwrap(), Some(order.clone()));
        assert_eq!(of_customer(&db, customer).await.unwrap(), [order]);
    }
}
