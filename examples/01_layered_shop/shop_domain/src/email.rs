//! Email addresses, as far as the shop needs to understand them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An email address in lower case, with something on both sides of its one `@`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is not an email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an email address")]
pub struct InvalidEmail;

impl Email {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, InvalidEmail> {
        let (name, host) = text.split_once('@').ok_or(InvalidEmail)?;
        let blank = |part: &str| part.is_empty() || part.contains(char::is_whitespace);
        if blank(name) || blank(host) || host.contains('@') {
            return Err(InvalidEmail);
        }
        Ok(Self(text.to_lowercase()))
    }
}

impl TryFrom<String> for Email {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_lower_case() {
        assert_eq!("Ada@Example.com".parse::<Email>().unwrap().as_str(), "ada@example.com");
    }

    #[test]
    fn what_lacks_a_side_is_refused() {
        for text in ["", "ada", "@example.com", "ada@", "a b@example.com", "a@b@c"] {
            assert_eq!(text.parse::<Email>(), Err(InvalidEmail), "{text:?}");
        }
    }
}
