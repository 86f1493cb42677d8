//! `shared` with and without its text, on everything that can be an entry point.
#![allow(dead_code)]

use archguard::shared;

#[shared]
pub struct CurrentUser;

#[shared()]
pub enum Access {
    Granted,
}

#[shared("use this for every date that a person reads")]
pub fn format_date(day: u8) -> String {
    format!("{day}.")
}

#[shared]
pub trait Clock {
    #[shared("the only clock")]
    fn now(&self) -> u64;
}

impl CurrentUser {
    #[shared("the only way to sign in")]
    pub fn sign_in() -> Self {
        CurrentUser
    }
}

#[shared]
pub mod auth {
    pub fn check() {}
}

#[shared]
pub const LIMIT: u8 = 3;

#[shared]
pub use auth::check as check_access;

#[shared("instead of your own query macros")]
#[macro_export]
macro_rules! rows {
    () => {
        0
    };
}

fn main() {
    check_access();
    let _ = CurrentUser::sign_in();
    assert_eq!(format_date(LIMIT + rows!()), "3.");
}
