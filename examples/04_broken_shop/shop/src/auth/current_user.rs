//! The parameter by which a handler demands a signed-in customer.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use shop_domain::UserId;

use super::error::AuthError;
use super::keys::Keys;

/// Whoever signed in and sent this request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrentUser {
    id: UserId,
}

impl CurrentUser {
    /// The account of the user.
    pub fn id(self) -> UserId {
        self.id
    }
}

impl<S> FromRequestParts<S> for CurrentUser
where
    S: Send + Sync,
    Keys: FromRef<S>,
{
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, AuthError> {
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(AuthError::NoToken)?;
        Keys::from_ref(state).read(token).map(|id| Self { id })
    }
}
