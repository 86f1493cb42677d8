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

pub fn nested() {
    println!("{}", format!("{:?}", driver::query("select 1"))); //~ raw-sql
    let _ = matches!(driver::query("select 1"), driver::Query); //~ raw-sql
    dbg!(driver::query("select 1")); //~ raw-sql
    assert_eq!(driver::Pool.exec("a"), 1, "{:?}", driver::query("select 1")); //~ raw-sql
    neutral::select! {
        _ = async { driver::query("select 1") } => { //~ raw-sql
            let rows = |text| driver::query(text); //~ raw-sql
            rows("select 1");
        }
    }
}

thread_local! {
    static POOL: driver::Pool = const { driver::Pool }; //~ raw-sql
}
