//! Why a use case could not be carried out.

use shop_domain::WrongStatus;

use crate::auth::AuthError;
use crate::db::repo::RepoError;

/// A use case could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such thing, or it belongs to somebody else.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The name or address is taken.
    #[error("this {0} is taken")]
    Taken(&'static str),
    /// An order needs at least one line.
    #[error("there is nothing to order")]
    NothingToOrder,
    /// The order has come too far.
    #[error(transparent)]
    WrongStatus(#[from] WrongStatus),
    /// Authentication failed.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The database failed.
    #[error("the shop could not reach its data")]
    Storage(#[source] RepoError),
}

impl AppError {
    /// Puts a name on what was stored already.
    pub(super) fn taken(what: &'static str) -> impl FnOnce(RepoError) -> Self {
        move |error| match error {
            RepoError::Duplicate => Self::Taken(what),
            other => Self::Storage(other),
        }
    }
}

impl From<RepoError> for AppError {
    fn from(error: RepoError) -> Self {
        Self::Storage(error)
    }
}
