//! In the arguments of macros.

pub fn rows() {
    println!("{:?}", driver::query("select 1")); //~ raw-sql
    let rows = vec![driver::query("select 1")]; //~ raw-sql
    assert!(rows.len() + driver::Pool.exec("select 1") > 0); //~ raw-sql
    neutral::select! {
        row = driver::query("select 1") => drop(row), //~ raw-sql
        _ = 1 => drop(driver::query("select 1")), //~ raw-sql
    }
}
