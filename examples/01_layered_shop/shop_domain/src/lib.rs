//! What the shop talks about: products, money, quantities, orders and the lists that customers keep.
//! No database, no HTTP, no clock: values and the rules that hold between them.

mod email;
mod id;
mod money;
mod order;
mod product;
mod quantity;
mod shelf;

pub use email::{Email, InvalidEmail};
pub use id::{InvalidId, OrderId, ProductId, UserId};
pub use money::Money;
pub use order::{Order, OrderLine, OrderStatus, UnknownStatus, WrongStatus};
pub use product::Product;
pub use quantity::{InvalidQuantity, Quantity};
pub use shelf::{Shelf, ShelfEntry};
