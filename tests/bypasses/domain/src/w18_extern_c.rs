//! The C library behind the driver.

unsafe extern "C" {
    fn sqlite3_exec(text: *const u8) -> i32; //~ raw-c
}

pub fn rows() {
    unsafe { sqlite3_exec(c"select 1".as_ptr().cast()) }; //~ raw-c
}

mod renamed {
    unsafe extern "C" {
        #[link_name = "sqlite3_open"]
        pub fn harmless(text: *const u8) -> i32; //~ raw-c
        pub static sqlite3_version: [u8; 8]; //~ raw-c
    }
}

pub fn inside() {
    unsafe extern "C" {
        fn sqlite3_close() -> i32; //~ raw-c
    }
    unsafe {
        sqlite3_close(); //~ raw-c
        renamed::harmless(std::ptr::null()); //~ raw-c
    }
}
