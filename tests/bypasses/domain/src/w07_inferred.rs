//! A method on a value of inferred type, and no token of the driver.

pub fn rows() {
    let pool = persistence::w07_inferred::connect();
    pool.exec("select 1"); //~? raw-sql
}

pub fn rows_in_a_closure() {
    persistence::w07_inferred::with(|pool| pool.exec("select 1")); //~? raw-sql
}

pub fn rows_of_a_collection() {
    let pools = vec![persistence::w07_inferred::connect()];
    pools.iter().for_each(|pool| {
        pool.exec("select 1"); //~? raw-sql
    });
}
