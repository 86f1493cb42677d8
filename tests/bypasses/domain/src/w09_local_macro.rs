//! A `macro_rules!` of one's own.

macro_rules! rows {
    ($text:expr) => {
        driver::query($text) //~ raw-sql
    };
}

pub fn rows() {
    rows!("select 1"); //~ raw-sql
}

macro_rules! outer {
    ($text:expr) => {
        rows!($text)
    };
}

pub fn through_another() {
    outer!("select 1"); //~ raw-sql
}

macro_rules! apply {
    ($function:path, $text:expr) => {
        $function($text)
    };
}

pub fn as_an_argument() {
    apply!(driver::query, "select 1"); //~ raw-sql
}

pub mod inner {
    pub fn below() {
        rows!("select 1"); //~ raw-sql
    }
}

pub fn defined_inside() {
    macro_rules! local {
        () => {
            driver::query("select 1") //~ raw-sql
        };
    }
    local!(); //~ raw-sql
}
