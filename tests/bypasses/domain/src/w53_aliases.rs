//! A type of the driver that nothing here names: every mention goes by an alias of an alias.

type Own = persistence::w53_aliases::Handle; //~ raw-sql

pub struct Holder {
    handle: Own, //~ raw-sql
}

impl Holder {
    pub fn rows(&self) -> usize {
        self.handle.exec("select 1") //~ raw-sql(inferred)
    }

    pub fn rows_by_path(&self) -> usize {
        Own::exec(&self.handle, "select 1") //~ raw-sql
    }
}

pub fn rows_of_many() -> usize {
    let handles = persistence::w53_aliases::handles();
    handles.iter().map(|handle| handle.exec("select 1")).sum() //~? raw-sql
}

pub fn rows_of_many_by_path(handles: &persistence::w53_aliases::Handles) -> usize {
    handles.iter().map(|handle| Own::exec(handle, "select 1")).sum() //~ raw-sql
}
