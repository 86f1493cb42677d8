//! Amounts of money. The shop has one currency, so an amount is a number of cents.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

use crate::Quantity;

/// An amount in cents. Arithmetic stops at the largest amount instead of wrapping.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// An amount of so many cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The amount as a number of cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// What `quantity` pieces at this price cost.
    #[must_use]
    pub fn times(self, quantity: Quantity) -> Self {
        Self(self.0.saturating_mul(i64::from(quantity.get())))
    }

    /// So many per cent of the amount, rounded towards zero.
    #[must_use]
    pub const fn percent(self, percent: u8) -> Self {
        Self(self.0.saturating_mul(percent as i64) / 100)
    }

    /// What is left after taking `other` away.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |total, amount| Self(total.0.saturating_add(amount.0)))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_print_with_two_decimals() {
        assert_eq!(Money::from_cents(1205).to_string(), "12.05");
        assert_eq!(Money::from_cents(-7).to_string(), "-0.07");
    }

    #[test]
    fn arithmetic_stops_at_the_largest_amount() {
        let two = Quantity::new(2).unwrap();
        assert_eq!(Money::from_cents(i64::MAX).times(two), Money::from_cents(i64::MAX));
    }
}
