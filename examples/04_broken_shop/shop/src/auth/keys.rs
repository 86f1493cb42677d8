//! The secret, and the two things done with it: sealing passwords and signing tokens.

use std::fmt;
use std::sync::Arc;

use argon2::password_hash::generate_salt;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
use shop_domain::UserId;

use super::error::AuthError;
use super::token::{Claims, Token};

/// How long a token is good for.
pub(crate) const SECONDS_VALID: u64 = 8 * 60 * 60;

/// The shop's secret. Cheap to clone; never printed.
#[derive(Clone)]
pub struct Keys {
    secret: Arc<[u8]>,
}

impl Keys {
    /// Keys from a secret that is kept: passwords and tokens outlive the process.
    pub fn from_secret(secret: &str) -> Self {
        Self {
            secret: secret.as_bytes().into(),
        }
    }

    /// Keys that nobody knows: what they seal is worth nothing after the process has ended.
    pub fn random() -> Self {
        Self {
            secret: [generate_salt(), generate_salt()].concat().into(),
        }
    }

    /// Seals a password for storage.
    pub fn seal(&self, password: &str) -> Result<String, AuthError> {
        let hash: PasswordHash = self
            .argon2()?
            .hash_password(password.as_bytes())
            .map_err(|_| AuthError::Sealing)?;
        Ok(hash.to_string())
    }

    /// Whether this is the password that was sealed.
    pub(super) fn opens(&self, sealed: &str, password: &str) -> Result<bool, AuthError> {
        let sealed = PasswordHash::new(sealed).map_err(|_| AuthError::Sealing)?;
        Ok(self.argon2()?.verify_password(password.as_bytes(), &sealed).is_ok())
    }

    /// A fresh token for this user.
    pub(super) fn issue(&self, user: UserId) -> Result<Token, AuthError> {
        let claims = Claims {
            sub: user,
            exp: jsonwebtoken::get_current_timestamp() + SECONDS_VALID,
        };
        jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(&self.secret))
            .map(Token)
            .map_err(|_| AuthError::Sealing)
    }

    /// The user for whom this token was issued.
    pub(super) fn read(&self, token: &str) -> Result<UserId, AuthError> {
        let key = DecodingKey::from_secret(&self.secret);
        jsonwebtoken::decode::<Claims>(token, &key, &Validation::default())
            .map(|data| data.claims.sub)
            .map_err(|_| AuthError::InvalidToken)
    }

    fn argon2(&self) -> Result<Argon2<'_>, AuthError> {
        Argon2::new_with_secret(
            &self.secret,
            Algorithm::default(),
            Version::default(),
            Params::default(),
        )
        .map_err(|_| AuthError::Sealing)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_for_whom_it_was_issued() {
        let keys = Keys::random();
        let user = UserId::random();
        let token = keys.issue(user).unwrap();
        assert_eq!(keys.read(token.as_str()).unwrap(), user);
    }

    #[test]
    fn a_token_of_other_keys_is_refused() {
        let token = Keys::random().issue(UserId::random()).unwrap();
        assert!(matches!(
            Keys::random().read(token.as_str()),
            Err(AuthError::InvalidToken)
        ));
    }

    #[test]
    fn only_the_password_that_was_sealed_opens() {
        let keys = Keys::from_secret("pepper");
        let sealed = keys.seal("correct horse").unwrap();
        assert!(keys.opens(&sealed, "correct horse").unwrap());
        assert!(!keys.opens(&sealed, "battery staple").unwrap());
    }
}
