//! An object of the driver's trait, which `persistence` hands out.

pub fn rows() {
    persistence::w36_object::runs().run("select 1"); //~? raw-sql
}
