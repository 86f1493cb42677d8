//! A function of `persistence` by the symbol that it exports, in a component that may not use `persistence`.

unsafe extern "Rust" {
    fn run_sql(text: &str) -> usize; //~ component.remote.uses
}

pub fn rows() {
    unsafe { run_sql("select 1") };
}
