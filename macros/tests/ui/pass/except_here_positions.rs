//! `except_here!` where no attribute may stand: crate root, modules, impls, traits, foreign blocks, statements.

archguard::except_here!(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31");

mod http {
    archguard::except_here! { rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31", }
}

struct Repository;

trait Store {
    archguard::except_here!(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31");
    fn load(&self) -> u8;
}

impl Store for Repository {
    archguard::except_here!(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31");
    fn load(&self) -> u8 {
        archguard::except_here!(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31");
        7
    }
}

impl Repository {
    archguard::except_here!(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31");
}

unsafe extern "C" {
    archguard::except_here!(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31");
}

fn main() {
    let add = |value: u8| {
        archguard::except_here!(rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31");
        value + 1
    };
    let loaded = match Repository.load() {
        0 => 0,
        value => {
            archguard::except_here! { rule = "raw-sql", reason = "r", owner = "o", until = "2027-01-31" }
            add(value)
        }
    };
    assert_eq!(loaded, 8);
}
