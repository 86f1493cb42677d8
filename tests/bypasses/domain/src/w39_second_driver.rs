//! A driver that no rule names, in a component whose `crates` does not list it.

pub fn rows() {
    other_driver::run("select 1"); //~ component.ledger.crates
}
