//! The price list.

use crate::kernel::money::Cents;

/// What a weight costs: by the kilogram begun.
pub fn postage(grams: u32) -> Cents {
    let kilograms = u64::from(grams.div_ceil(1000));
    Cents(350 + 150 * kilograms)
}
