//! What every use case works on.

use crate::auth::Keys;
use crate::db::Db;

/// The shop: its database and its keys. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Shop {
    db: Db,
    keys: Keys,
}

impl Shop {
    /// A shop over this database.
    pub fn new(db: Db, keys: Keys) -> Self {
        Self { db, keys }
    }

    /// The database, for whoever needs it.
    pub fn db(&self) -> &Db {
        &self.db
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// A number out of the database.
    pub async fn number(&self, statement: &'static str) -> i64 {
        self.db.number(statement).await
    }
}
