//! A type parameter bound by the driver's trait, under the name of a helper.

pub fn rows<T: shared::w31_bound::Runs>(runs: &T) { //~ raw-sql
    runs.run("select 1"); //~ raw-sql(inferred)
}

pub fn with_where<T>(runs: &T) -> usize
where
    T: ?Sized + shared::w31_bound::Runs, //~ raw-sql
{
    runs.run("select 1") //~ raw-sql(inferred)
}

pub fn with_impl(runs: &impl shared::w31_bound::Runs) -> usize { //~ raw-sql
    runs.run("select 1") //~ raw-sql(inferred)
}

pub fn with_dyn(runs: &dyn shared::w31_bound::Runs) -> usize { //~ raw-sql
    runs.run("select 1") //~ raw-sql(inferred)
}

pub fn with_others<T: Clone + Send + shared::w31_bound::Runs>(runs: T) -> usize { //~ raw-sql
    runs.run("select 1") //~ raw-sql(inferred)
}
