//! Item macros that expand to a `use` and to modules.

macro_rules! bring {
    () => {
        use driver::query; //~ raw-sql
    };
}

bring!(); //~ raw-sql

pub fn rows() {
    query("select 1"); //~ raw-sql
}

macro_rules! nest {
    ($name:ident) => {
        pub mod $name {
            pub fn rows() {
                driver::query("select 1"); //~ raw-sql
            }
        }
    };
}

nest!(nested); //~ raw-sql

neutral::items! {
    use driver::Query as Text; //~ raw-sql
    pub mod passed {
        pub fn rows() -> super::Text { //~ raw-sql
            driver::query("select 1") //~ raw-sql
        }
    }
    #[path = "w37_in_a_file.rs"]
    pub mod w37_in_a_file;
}
