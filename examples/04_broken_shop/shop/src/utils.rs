//! Helpers that are needed everywhere.

use shop_domain::Money;

/// An amount as it is shown to customers.
pub fn price_label(amount: Money) -> String {
    format!("EUR {}.{:02}", amount.cents() / 100, amount.cents() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_have_two_digits() {
        assert_eq!(price_label(Money::from_cents(1205)), "EUR 12.05");
    }
}
