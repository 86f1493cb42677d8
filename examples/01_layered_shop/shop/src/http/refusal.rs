//! What a client hears when a use case fails. The handlers of the features return [`AppError`] too and get this answer
//! through the trait, without knowing that it is given here.

use std::error::Error;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::app::AppError;

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Auth(error) => return error.into_response(),
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Taken(_) | Self::WrongStatus(_) => StatusCode::CONFLICT,
            Self::NothingToOrder => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Storage(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status.is_server_error() {
            log(&self);
        }
        (status, self.to_string()).into_response()
    }
}

/// Clients are not told why the shop failed, its operators are.
fn log(error: &dyn Error) {
    eprint!("shop: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprint!(": {error}");
        cause = error.source();
    }
    eprintln!();
}
