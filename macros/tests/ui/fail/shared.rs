//! Everything that `shared` refuses.

use archguard::shared;

#[shared(for_dates)]
pub fn word() {}

#[shared("")]
pub fn empty() {}

#[shared("one", "two")]
pub fn two() {}

#[shared(reason = "one")]
pub fn key() {}

#[shared(7)]
pub fn number() {}

pub struct User;

impl User {
    #[shared("  ")]
    pub fn sign_in() {}
}

fn main() {
    word();
    empty();
    two();
    key();
    number();
    User::sign_in();
}
