//! Demo products for a database that stays.

use std::error::Error;

use shop::app::{Shop, demo};
use shop::auth::Keys;
use shop::db::connect;

/// Stocks the database at `url`. Returns how many products were added.
pub(crate) async fn seed(url: &str) -> Result<usize, Box<dyn Error>> {
    // No account is opened here, so any keys will do.
    let shop = Shop::new(connect(url).await?, Keys::random());
    Ok(demo::stock(&shop).await?)
}
