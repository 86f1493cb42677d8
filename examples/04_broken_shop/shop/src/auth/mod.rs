//! Authentication: the one place that checks passwords and reads tokens. A handler that takes a [`CurrentUser`] is
//! reached by signed-in customers only.

mod current_user;
mod error;
pub(crate) mod keys;
mod sign_in;
mod token;

pub use current_user::CurrentUser;
pub use error::AuthError;
pub use keys::Keys;
pub use sign_in::sign_in;
pub use token::Token;
