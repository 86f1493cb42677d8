//! The C library behind the driver.

unsafe extern "C" {
    fn sqlite3_exec(text: *const u8) -> i32; //~ raw-c
}

pub fn rows() {
    unsafe { sqlite3_exec(c"select 1".as_ptr().cast()) }; //~ raw-c
}
