//! The repositories: for each table what may be asked of it, in the words of the domain.

mod decode;
mod error;
pub mod orders;
pub mod products;
pub mod shelves;
pub mod users;

pub use error::RepoError;
