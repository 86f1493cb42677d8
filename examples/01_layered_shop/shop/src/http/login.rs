//! Opening an account and signing in. Open to everybody, since nobody is signed in yet.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use shop_domain::{Email, UserId};

use crate::app::{AppError, Shop, accounts};
use crate::auth::Token;

#[derive(Deserialize)]
pub(super) struct Credentials {
    email: Email,
    password: String,
}

#[derive(Serialize)]
pub(super) struct Account {
    id: UserId,
}

#[derive(Serialize)]
pub(super) struct Session {
    token: Token,
}

pub(super) async fn register(
    State(shop): State<Shop>,
    Json(credentials): Json<Credentials>,
) -> Result<(StatusCode, Json<Account>), AppError> {
    let id = accounts::register(&shop, &credentials.email, &credentials.password).await?;
    Ok((StatusCode::CREATED, Json(Account { id })))
}

pub(super) async fn log_in(
    State(shop): State<Shop>,
    Json(credentials): Json<Credentials>,
) -> Result<Json<Session>, AppError> {
    let token = accounts::sign_in(&shop, &credentials.email, &credentials.password).await?;
    Ok(Json(Session { token }))
}
