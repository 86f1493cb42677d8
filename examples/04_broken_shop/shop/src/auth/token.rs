//! What a signed-in customer shows with each request.

use serde::{Deserialize, Serialize};
use shop_domain::UserId;

/// A signed token, good until it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Token(pub(super) String);

impl Token {
    /// The token as it travels in the `Authorization` header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a token says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    /// Who signed in.
    pub(super) sub: UserId,
    /// When the token expires, in seconds since 1970.
    pub(super) exp: u64,
}
