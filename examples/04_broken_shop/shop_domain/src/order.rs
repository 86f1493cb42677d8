//! Orders: what was bought, at which price, and how far it has come.

use std::str::FromStr;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::{Money, OrderId, ProductId, Quantity, UserId};

/// One product of an order, at the price of the day it was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The product.
    pub product: ProductId,
    /// How many pieces of it.
    pub quantity: Quantity,
    /// What one piece cost.
    pub unit_price: Money,
}

impl OrderLine {
    /// What the line costs.
    pub fn amount(&self) -> Money {
        self.unit_price.times(self.quantity)
    }
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderStatus {
    /// Received, not on its way yet.
    Placed,
    /// On its way or delivered.
    Shipped,
    /// Called off by the customer.
    Cancelled,
}

/// The text names no status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the status of an order")]
pub struct UnknownStatus;

/// The order has come too far, or not far enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an order that is {} cannot be cancelled", .0.as_str())]
pub struct WrongStatus(pub OrderStatus);

// The handlers all answered this in the same way, so it is answered here once.
impl IntoResponse for WrongStatus {
    fn into_response(self) -> Response {
        (StatusCode::CONFLICT, self.to_string()).into_response()
    }
}

impl OrderStatus {
    /// The status as it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Shipped => "shipped",
            Self::Cancelled => "cancelled",
        }
    }
}

impl FromStr for OrderStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        [Self::Placed, Self::Shipped, Self::Cancelled]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(UnknownStatus)
    }
}

/// What a customer ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Identifies the order.
    pub id: OrderId,
    /// Who ordered.
    pub customer: UserId,
    /// How far it has come.
    pub status: OrderStatus,
    /// What is taken off the sum of the lines.
    pub discount: Money,
    /// What was ordered.
    pub lines: Vec<OrderLine>,
}

impl Order {
    /// A new order, placed just now.
    pub fn new(customer: UserId, lines: Vec<OrderLine>, discount: Money) -> Self {
        Self {
            id: OrderId::random(),
            customer,
            status: OrderStatus::Placed,
            discount,
            lines,
        }
    }

    /// What the customer pays.
    pub fn total(&self) -> Money {
        self.lines
            .iter()
            .map(OrderLine::amount)
            .sum::<Money>()
            .less(self.discount)
    }

    /// The same order, called off: possible until it is shipped.
    pub fn cancelled(self) -> Result<Self, WrongStatus> {
        match self.status {
            OrderStatus::Placed => Ok(Self {
                status: OrderStatus::Cancelled,
                ..self
            }),
            status => Err(WrongStatus(status)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order_of(lines: Vec<OrderLine>, discount: i64) -> Order {
        Order::new(UserId::random(), lines, Money::from_cents(discount))
    }

    #[test]
    fn the_total_is_the_lines_less_the_discount() {
        let line = OrderLine {
            product: ProductId::random(),
            quantity: Quantity::new(3).unwrap(),
            unit_price: Money::from_cents(250),
        };
        assert_eq!(order_of(vec![line], 50).total(), Money::from_cents(700));
    }

    #[test]
    fn an_order_is_cancelled_once() {
        let cancelled = order_of(Vec::new(), 0).cancelled().unwrap();
        assert_eq!(cancelled.status, OrderStatus::Cancelled);
        assert_eq!(cancelled.cancelled(), Err(WrongStatus(OrderStatus::Cancelled)));
    }

    #[test]
    fn a_status_is_read_as_it_is_written() {
        assert_eq!("shipped".parse(), Ok(OrderStatus::Shipped));
        assert_eq!("lost".parse::<OrderStatus>(), Err(UnknownStatus));
    }
}
