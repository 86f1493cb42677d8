//! Keys that are missing, unknown, given twice, or not keys at all.

#[archguard::except]
fn nothing() {}

#[archguard::except()]
fn empty() {}

#[archguard::except(rule = "raw-sql", reason = "r", until = "2027-01-31")]
fn no_owner() {}

#[archguard::except(rule = "raw-sql", reason = "r", owner = "o", untill = "2027-01-31")]
fn mistyped() {}

#[archguard::except(rule = "raw-sql", because = "r", owner = "o", until = "2027-01-31")]
fn word_of_the_policy() {}

#[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31", note = "n")]
fn unknown() {}

#[archguard::except(rule = "raw-sql", rule = "sql-text", reason = "r", owner = "o", until = "2027-01-31")]
fn twice() {}

#[archguard::except("raw-sql", "r", "o", "2027-01-31")]
fn without_keys() {}

#[archguard::except(rule = "raw-sql",, reason = "r", owner = "o", until = "2027-01-31")]
fn two_commas() {}

#[archguard::except(rule = "raw-sql" reason = "r", owner = "o", until = "2027-01-31")]
fn no_comma() {}

#[archguard::except(rule: "raw-sql", reason = "r", owner = "o", until = "2027-01-31")]
fn colon() {}

#[archguard::except(rule("raw-sql"), reason = "r", owner = "o", until = "2027-01-31")]
fn parentheses() {}

fn main() {
    // The items are still there: no error follows from their use.
    nothing();
    empty();
    no_owner();
    mistyped();
    word_of_the_policy();
    unknown();
    twice();
    without_keys();
    two_commas();
    no_comma();
    colon();
    parentheses();
}
