//! Values that mean nothing.

use archguard::except;

#[except(rule = "Raw SQL", reason = "r", owner = "o", until = "2027-01-31")]
fn rule_words() {}

#[except(rule = "*", reason = "r", owner = "o", until = "2027-01-31")]
fn rule_wildcard() {}

#[except(rule = "", reason = "  ", owner = "", until = "")]
fn all_empty() {}

#[except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-02-29")]
fn no_leap_year() {}

#[except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-13-01")]
fn no_month() {}

#[except(rule = "raw-sql", reason = "r", owner = "o", until = "2027-1-31")]
fn short_month() {}

#[except(rule = "raw-sql", reason = "r", owner = "o", until = "31.01.2027")]
fn other_order() {}

#[except(rule = "raw-sql", reason = "r", owner = "o", until = "never")]
fn no_date() {}

#[except(rule = "raw-sql", reason = "r", owner = "o", until = 2027-01-31)]
fn no_string() {}

#[except(rule = raw_sql, reason = b"r", owner = 'o', until = )]
fn no_strings() {}

fn main() {
    rule_words();
    rule_wildcard();
    all_empty();
    no_leap_year();
    no_month();
    short_month();
    other_order();
    no_date();
    no_string();
    no_strings();
}
