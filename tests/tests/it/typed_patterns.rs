//! What patterns and the methods of standard wrappers give, as far as declared types tell it.

use crate::harness::check;

const DRIVER: &str = r"
//- registry/driver/src/lib.rs
pub struct Pool;
pub struct Row;
impl Pool { pub fn exec(&self) -> Row { Row } pub async fn later(&self) -> Result<Row, Error> { Ok(Row) } pub fn maybe(&self) -> Option<Row> { None } pub fn pair(&self) -> (Row, Error) { todo!() } pub fn rows(&self) -> Vec<Row> { Vec::new() } }
impl Row { pub fn get(&self) -> u8 { 1 } }
pub struct Error;
impl Error { pub fn code(&self) -> u8 { 1 } }
pub async fn connect() -> Result<Pool, Error> { Ok(Pool) }
";

#[test]
fn tuples_are_taken_apart() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
use driver::{Error, Pool, Row};
fn a(pair: (Pool, u8)) { let (pool, _) = pair; pool.exec(); }
//                                                  ^^^^ method driver::Pool::exec inferred
fn b() { let (row, error): (Row, Error) = todo!(); row.get(); error.code(); }
//                                                     ^^^ method driver::Row::get inferred
//                                                                  ^^^^ method driver::Error::code inferred
fn c(pool: Pool) { let (row, error) = pool.pair(); row.get(); error.code(); }
//                                                     ^^^ method driver::Row::get inferred
//                                                                  ^^^^ method driver::Error::code inferred
fn d() -> (Pool, Row) { todo!() }
fn e() { let (pool, ..) = d(); pool.exec(); let (.., row) = d(); row.get(); d().1.get(); }
//                                  ^^^^ method driver::Pool::exec inferred
//                                                                   ^^^ method driver::Row::get inferred
//                                                                                ^^^ method driver::Row::get inferred
fn f((pool, row): (Pool, &Row)) { pool.exec(); row.get(); }
//                                     ^^^^ method driver::Pool::exec inferred
//                                                 ^^^ method driver::Row::get inferred
fn g() { let (pool, row) = (Pool, 1); pool.exec(); }
//                                         ^^^^ method driver::Pool::exec inferred
fn h(pairs: Vec<(u8, Pool)>) { for (_, pool) in pairs { pool.exec(); } }
//                                                           ^^^^ method driver::Pool::exec inferred
fn i() { let run = |(pool, _): (Pool, u8)| pool.exec(); }
//                                              ^^^^ method driver::Pool::exec inferred
"
    ));
}

#[test]
fn elements_of_maps_and_lists() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
use std::collections::{BTreeMap, HashMap};
use driver::{Error, Pool, Row};
struct Store { pools: HashMap<Error, Pool>, rows: Vec<Row>, slots: [Pool; 2] }
impl Store {
    fn a(&self) { for (error, pool) in &self.pools { error.code(); pool.exec(); } }
//                                                         ^^^^ method driver::Error::code inferred
//                                                                      ^^^^ method driver::Pool::exec inferred
    fn b(&self) { for (_, pool) in self.pools.iter() { pool.exec(); } for pool in self.pools.values() { pool.exec(); } }
//                                                          ^^^^ method driver::Pool::exec inferred
//                                                                                                           ^^^^ method driver::Pool::exec inferred
    fn c(&self) { for row in self.rows.iter() { row.get(); } for error in self.pools.keys() { error.code(); } }
//                                                  ^^^ method driver::Row::get inferred
//                                                                                                  ^^^^ method driver::Error::code inferred
    fn d(&self) { if let Some(row) = self.rows.first() { row.get(); } self.pools.get(&1).unwrap().exec(); self.rows[0].get(); }
//                                                           ^^^ method driver::Row::get inferred
//                                                                                                ^^^^ method driver::Pool::exec inferred
//                                                                                                                     ^^^ method driver::Row::get inferred
    fn e(&mut self) { for pool in self.slots.iter_mut() { pool.exec(); } for row in self.rows.drain(..) { row.get(); } }
//                                                             ^^^^ method driver::Pool::exec inferred
//                                                                                                            ^^^ method driver::Row::get inferred
}
fn f(map: BTreeMap<u8, Pool>) { for (_, pool) in map { pool.exec(); } }
//                                                          ^^^^ method driver::Pool::exec inferred
fn g(pool: Pool) { for row in pool.rows() { row.get(); } }
//                                              ^^^ method driver::Row::get inferred
"
    ));
}

#[test]
fn what_options_and_results_hold() {
    check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
use std::sync::{Arc, Mutex};
use driver::{Error, Pool, Row};
struct Store { pool: Option<Pool>, shared: Arc<Mutex<Pool>>, result: Result<Pool, Error> }
impl Store {
    fn a(&self) { if let Some(pool) = &self.pool { pool.exec(); } }
//                                                      ^^^^ method driver::Pool::exec inferred
    fn b(&self) { match &self.result { Ok(pool) => { pool.exec(); } Err(error) => { error.code(); } } }
//                                                        ^^^^ method driver::Pool::exec inferred
//                                                                                        ^^^^ method driver::Error::code inferred
    fn c(&self) { let Some(pool) = self.pool.as_ref() else { return }; pool.exec(); }
//                                                                          ^^^^ method driver::Pool::exec inferred
    fn d(&self) { self.shared.lock().unwrap().exec(); self.pool.clone().expect(1).exec(); }
//                                            ^^^^ method driver::Pool::exec inferred
//                                                                                ^^^^ method driver::Pool::exec inferred
    fn e(&self) { if let Err(error) = &self.result { error.code(); } self.result.as_ref().unwrap_err().code(); }
//                                                         ^^^^ method driver::Error::code inferred
//                                                                                                     ^^^^ method driver::Error::code inferred
    fn f(&self) { while let Some(pool) = self.pool.as_ref() { pool.exec(); } self.result.as_ref().ok().unwrap().exec(); self.result.as_ref().err().unwrap().code(); }
//                                                                 ^^^^ method driver::Pool::exec inferred
//                                                                                                              ^^^^ method driver::Pool::exec inferred
//                                                                                                                                                          ^^^^ method driver::Error::code inferred
    fn h(&mut self) { self.pool.take().unwrap().exec(); }
//                                              ^^^^ method driver::Pool::exec inferred
}
async fn g() -> Result<(), Error> { let pool = driver::connect().await?; let row = pool.later().await?; row.get(); Ok(()) }
//                                                                                      ^^^^^ method driver::Pool::later inferred
//                                                                                                          ^^^ method driver::Row::get inferred
"
    ));
}

#[test]
fn what_is_not_declared_stays_unknown() {
    let checked = check(&format!(
        "{DRIVER}{}",
        r"
//- src/lib.rs
use driver::{Error, Pool};
fn a(result: Result<Pool, Error>) { let x = result.map(|pool| 1); x.exec(); }
//                                                                  ^^^^ nothing
fn b(all: Vec<Pool>) { let y = all.iter().map(|pool| pool.maybe()).next(); y.exec(); }
//                                                                           ^^^^ nothing
fn c(pair: (Pool, Error)) { let (a, b, c) = pair; c.exec(); }
//                                                  ^^^^ nothing
fn d(result: Result<Pool, Error>) { let z = result.map_err(|error| 1).unwrap_err(); z.code(); }
//                                                                                    ^^^^ nothing
"
    ));
    assert!(checked.graph.examined().untyped_method_calls >= 4);
}

#[test]
fn a_long_chain_of_awaited_calls_takes_linear_work() {
    let steps: String = (0..30)
        .map(|_| "let (link, _) = link.step().await; ".to_owned())
        .collect();
    let text = format!(
        "{DRIVER}//- src/lib.rs\npub struct Link;\nimpl Link {{ pub async fn step(self) -> (Link, u8) {{ todo!() }} }}\nasync fn f(link: Link) {{ {steps} }}\n"
    );
    let checked = check(&text);
    let steps = checked.references_in("src/lib.rs");
    assert!(
        steps.iter().filter(|step| step.ends_with("Link::step")).count() >= 10,
        "{steps:#?}"
    );
}
