//! A type parameter bound by the driver's trait, under the name of a helper.

pub fn rows<T: shared::w31_bound::Runs>(runs: &T) { //~ raw-sql
    runs.run("select 1"); //~? raw-sql
}
