//! Through `Deref` from a type of `persistence` to the pool.

pub fn rows(store: &persistence::w35_deref::Store) {
    store.exec("select 1"); //~ raw-sql(inferred)
}
