//! Exchanging a password for a token.

use shop_domain::Email;

use super::error::AuthError;
use super::keys::Keys;
use super::token::Token;
use crate::db::{Db, repo};

/// A token for whoever knows the password of the account with this address.
pub async fn sign_in(db: &Db, keys: &Keys, email: &Email, password: &str) -> Result<Token, AuthError> {
    let credentials = repo::users::credentials(db, email)
        .await?
        .ok_or(AuthError::WrongCredentials)?;
    if keys.opens(&credentials.password_hash, password)? {
        keys.issue(credentials.user)
    } else {
        Err(AuthError::WrongCredentials)
    }
}
