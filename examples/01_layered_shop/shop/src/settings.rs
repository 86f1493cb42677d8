//! What the service is told by its environment.

use std::env;
use std::net::SocketAddr;

/// The settings of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Where it listens (`SHOP_ADDRESS`).
    pub(crate) address: SocketAddr,
    /// Where its data is (`SHOP_DATABASE`); none for a database in memory.
    pub(crate) database: Option<String>,
    /// What passwords and tokens are sealed with (`SHOP_SECRET`).
    pub(crate) secret: Option<String>,
}

/// The settings make no sense.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SettingsError {
    /// The address cannot be read.
    #[error("SHOP_ADDRESS is no address with a port: {0}")]
    Address(String),
    /// Nobody could sign in after a restart.
    #[error("SHOP_DATABASE needs a SHOP_SECRET, or nobody can sign in after a restart")]
    NoSecret,
}

impl Settings {
    /// The settings from the process's environment.
    pub(crate) fn from_environment() -> Result<Self, SettingsError> {
        Self::from_lookup(|name| env::var(name).ok())
    }

    fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let address = lookup("SHOP_ADDRESS").unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let settings = Self {
            address: address.parse().map_err(|_| SettingsError::Address(address))?,
            database: lookup("SHOP_DATABASE"),
            secret: lookup("SHOP_SECRET"),
        };
        if settings.database.is_some() && settings.secret.is_none() {
            return Err(SettingsError::NoSecret);
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_set_means_a_shop_in_memory() {
        let settings = Settings::from_lookup(|_| None).unwrap();
        assert_eq!(settings.database, None);
        assert!(settings.address.ip().is_loopback());
    }

    #[test]
    fn a_database_that_stays_needs_a_secret_that_stays() {
        let lookup = |name: &str| (name == "SHOP_DATABASE").then(|| "sqlite://shop.db".to_owned());
        assert_eq!(Settings::from_lookup(lookup), Err(SettingsError::NoSecret));
    }
}
