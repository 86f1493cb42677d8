//! Why somebody is not let in.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::db::repo::RepoError;

/// Somebody could not be authenticated.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// There is no account with this address, or its password is another one.
    #[error("wrong address or password")]
    WrongCredentials,
    /// The request carries no token.
    #[error("sign in first")]
    NoToken,
    /// The token is forged, damaged or too old.
    #[error("this token is not valid, sign in again")]
    InvalidToken,
    /// A password or token could not be made.
    #[error("sealing failed")]
    Sealing,
    /// The accounts could not be read.
    #[error("the accounts could not be read")]
    Storage(#[from] RepoError),
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::WrongCredentials | Self::NoToken | Self::InvalidToken => StatusCode::UNAUTHORIZED,
            Self::Sealing | Self::Storage(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, self.to_string()).into_response()
    }
}
