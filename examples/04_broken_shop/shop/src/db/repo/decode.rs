//! Reading columns back into values of the domain.

use std::str::FromStr;

use shop_domain::Quantity;

use super::error::RepoError;

/// The text of a column as a value.
pub(super) fn parsed<T: FromStr>(column: &'static str, text: &str) -> Result<T, RepoError> {
    text.parse().map_err(|_| RepoError::Corrupt(column))
}

/// The number of a column as a quantity.
pub(super) fn quantity(column: &'static str, pieces: u32) -> Result<Quantity, RepoError> {
    Quantity::new(pieces).map_err(|_| RepoError::Corrupt(column))
}

#[cfg(test)]
mod tests {
    use shop_domain::OrderId;

    use super::*;

    #[test]
    fn a_value_that_is_not_understood_names_its_column() {
        let error = parsed::<OrderId>("orders.id", "seven").unwrap_err();
        assert!(matches!(error, RepoError::Corrupt("orders.id")));
    }
}
