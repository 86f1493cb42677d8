//! What can go wrong between the shop and its database.

/// A repository could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum RepoError {
    /// Something with the same name is stored already.
    #[error("already stored")]
    Duplicate,
    /// What is stored cannot be read, which is a bug or tampering.
    #[error("column `{0}` holds a value that the shop does not understand")]
    Corrupt(&'static str),
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
}

impl From<sqlx::Error> for RepoError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() => Self::Duplicate,
            _ => Self::Database(error),
        }
    }
}
