//! A wrong exception in each place where one may stand: the complaint is legal there, and the only error.

archguard::except_here!(rule = "raw-sql", reason = "r", owner = "o");

#[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "soon")]
mod inline {
    pub fn inside() {}
}

struct Repository;

trait Store {
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "soon")]
    fn load(&self) -> u8;
    archguard::except_here!(rule = "raw-sql", reason = "r", until = "2027-01-31");
}

impl Store for Repository {
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "soon")]
    fn load(&self) -> u8 {
        archguard::except_here!(rule = "raw-sql", owner = "o", until = "2027-01-31");
        7
    }
    archguard::except_here!();
}

unsafe extern "C" {
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "soon")]
    safe fn abs(value: i32) -> i32;
    archguard::except_here!(rul = "raw-sql", reason = "r", owner = "o", until = "2027-01-31");
}

fn main() {
    #[archguard::except(rule = "raw-sql", reason = "r", owner = "o", until = "soon")]
    fn local() -> u8 {
        7
    }
    inline::inside();
    assert_eq!(local(), Repository.load());
    assert_eq!(abs(-1), 1);
}
