//! The features: each a slice of its own, over the application. They do not know each other, so that one can be taken
//! out without touching the next.

pub mod cart;
pub mod invoices;
pub mod reorder;
pub mod wishlist;
