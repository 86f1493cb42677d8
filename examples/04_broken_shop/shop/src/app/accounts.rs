//! Opening an account and signing in.

use shop_domain::{Email, UserId};

use super::error::AppError;
use super::shop::Shop;
use crate::auth::Token;
use crate::db::repo;

/// Opens an account.
pub async fn register(shop: &Shop, email: &Email, password: &str) -> Result<UserId, AppError> {
    let user = UserId::random();
    let sealed = shop.keys().seal(password)?;
    repo::users::insert(shop.db(), user, email, &sealed)
        .await
        .map_err(AppError::taken("address"))?;
    Ok(user)
}

/// A token for whoever knows the password.
pub async fn sign_in(shop: &Shop, email: &Email, password: &str) -> Result<Token, AppError> {
    Ok(crate::auth::sign_in(shop.db(), shop.keys(), email, password).await?)
}
