//! Accounts.

use shop_domain::{Email, UserId};

use super::decode::parsed;
use super::error::RepoError;
use crate::db::pool::Db;

/// What is needed to check somebody's password.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Whose they are.
    pub user: UserId,
    /// The sealed password.
    pub password_hash: String,
}

/// Stores a new account; [`RepoError::Duplicate`] if the address has one.
pub async fn insert(db: &Db, user: UserId, email: &Email, password_hash: &str) -> Result<(), RepoError> {
    sqlx::query("INSERT INTO users (id, email, password_hash) VALUES (?, ?, ?)")
        .bind(user.to_string())
        .bind(email.as_str())
        .bind(password_hash)
        .execute(db.pool())
        .await?;
    Ok(())
}

/// The credentials of the account with this address.
pub async fn credentials(db: &Db, email: &Email) -> Result<Option<Credentials>, RepoError> {
    let found: Option<(String, String)> = sqlx::query_as("SELECT id, password_hash FROM users WHERE email = ?")
        .bind(email.as_str())
        .fetch_optional(db.pool())
        .await?;
    let Some((id, password_hash)) = found else {
        return Ok(None);
    };
    Ok(Some(Credentials {
        user: parsed("users.id", &id)?,
        password_hash,
    }))
}
