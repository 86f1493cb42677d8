//! What is taken off an order.

use shop_domain::{Money, OrderLine};

/// From so many pieces of one product on the line is cheaper ...
const MANY: u32 = 10;
/// ... by so many per cent.
const PERCENT_OFF: u8 = 10;

/// The discount on these lines together.
pub(super) fn discount(lines: &[OrderLine]) -> Money {
    lines
        .iter()
        .filter(|line| line.quantity.get() >= MANY)
        .map(|line| line.amount().percent(PERCENT_OFF))
        .sum()
}

#[cfg(test)]
mod tests {
    use shop_domain::{ProductId, Quantity};

    use super::*;

    fn line(pieces: u32) -> OrderLine {
        OrderLine {
            product: ProductId::random(),
            quantity: Quantity::new(pieces).unwrap(),
            unit_price: Money::from_cents(100),
        }
    }

    #[test]
    fn ten_pieces_of_one_product_are_cheaper() {
        assert_eq!(discount(&[line(9), line(9)]), Money::default());
        assert_eq!(discount(&[line(9), line(10)]), Money::from_cents(100));
    }
}
