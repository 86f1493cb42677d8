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

macro_rules! twice {
    ($name:ident, $inner:ident) => {
        nest!($name);
        macro_rules! $inner {
            () => {
                pub fn made() {
                    driver::query("select 1"); //~ raw-sql
                }
            };
        }
    };
}

twice!(other, maker); //~ raw-sql
maker!(); //~ raw-sql

macro_rules! alias {
    ($from:ident, $to:ident) => {
        use $from as $to;
    };
}

alias!(driver, engine); //~ raw-sql

pub fn through_the_alias() {
    engine::query("select 1"); //~ raw-sql
}
