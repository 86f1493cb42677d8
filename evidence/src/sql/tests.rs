//! What is SQL and what is not, one text a line.

use super::is_sql;

#[track_caller]
fn all(expected: bool, texts: &[&str]) {
    let wrong: Vec<&&str> = texts.iter().filter(|text| is_sql(text) != expected).collect();
    assert!(wrong.is_empty(), "expected {expected} of {wrong:#?}");
}

#[test]
fn statements_are_sql() {
    all(
        true,
        &[
            "SELECT id, name FROM orders WHERE id = $1",
            "select id from orders",
            "select * from orders where id = ?",
            "Select id From orders Where id = 1",
            "\n    SELECT\n        o.id, u.name\n    FROM orders o\n    JOIN users u ON u.id = o.user_id\n",
            "SELECT 1",
            "select 1",
            "SELECT version()",
            "SELECT pg_advisory_lock($1)",
            "SELECT COUNT(*) FROM t",
            "INSERT INTO orders (id, name) VALUES (?, ?)",
            "insert into orders values (:id, :name)",
            "INSERT OR REPLACE INTO kv (k, v) VALUES (?1, ?2)",
            "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = excluded.a RETURNING id",
            "UPDATE orders SET name = @name WHERE id = 1",
            "DELETE FROM orders",
            "delete from orders where id = 1",
            "CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
            "create table orders (id integer)",
            "CREATE UNIQUE INDEX orders_name ON orders (name)",
            "CREATE VIRTUAL TABLE docs USING fts5(title, body)",
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = 1; END",
            "DROP TABLE orders",
            "drop table if exists orders",
            "ALTER TABLE orders ADD COLUMN total BIGINT",
            "WITH recent AS (SELECT id FROM orders) SELECT * FROM recent",
            "with recent as (select id from orders) select id from recent where id > 1",
            "PRAGMA foreign_keys = ON",
            "PRAGMA table_info(orders)",
            "PRAGMA user_version",
            "TRUNCATE TABLE orders",
            "EXPLAIN QUERY PLAN SELECT id FROM orders",
            "BEGIN IMMEDIATE",
            "SET search_path = public",
            "SET TIME ZONE 'UTC'",
            "select id from shop.orders",
            "select a from t",
            "GRANT SELECT ON orders TO reader",
            "DO $$ BEGIN RAISE NOTICE 'x'; END $$",
        ],
    );
}

#[test]
fn comments_and_several_statements_hide_nothing() {
    all(
        true,
        &[
            "-- all orders\nSELECT id FROM orders",
            "/* all\n orders */ select id from orders where id = 1",
            "(SELECT id FROM a) UNION (SELECT id FROM b)",
            "DROP TABLE a; this is not looked at",
            "CREATE TABLE a (id INT); CREATE TABLE b (id INT);",
        ],
    );
}

#[test]
fn templates_and_beginnings_are_sql() {
    all(
        true,
        &[
            "SELECT {} FROM {}",
            "SELECT {columns} FROM {table} WHERE id = {id:?} {order}",
            "SELECT * FROM log_{year} LIMIT {limit}",
            "SELECT * FROM t WHERE id IN {ids}",
            "SELECT * FROM t WHERE name = '{name}'",
            "SELECT * FROM {{table}} WHERE a = 1",
            "SELECT * FROM orders WHERE ",
            "SELECT * FROM orders WHERE id IN (",
            "INSERT INTO orders (id, name) ",
            "INSERT INTO orders (id, name) VALUES ",
            "UPDATE orders SET ",
            "DELETE FROM orders WHERE id = ",
            "SELECT id FROM orders ORDER BY ",
            "SELECT a FROM t WHERE (b = 1 AND c = ",
            "delete from shop.orders where id in (",
            "select id from orders where id in (select order_id from lines",
            "WITH recent AS (",
            "WITH recent AS (SELECT id FROM orders), ",
        ],
    );
}

#[test]
fn prose_is_not_sql() {
    all(
        false,
        &[
            "SELECT",
            "Select an entry",
            "SELECT words",
            "Select one from the list",
            "select from empty iterator",
            " ANALYZE FALSE",
            "DELETE FROM",
            "EXPLAIN ",
            "select an item from the list below",
            "Select a file from disk",
            "Delete from cache",
            "delete from the queue",
            "delete from cache failed for key {key}",
            "Insert into map",
            "insert into the table",
            "Update the set of items",
            "update {} set to {}",
            "Create table of contents",
            "Create user",
            "create database connection",
            "create user account",
            "drop user session",
            "Drop the table",
            "with {} as {}",
            "With foo as bar",
            "pragma once",
            "begin transaction",
            "commit transaction",
            "set the value",
            "set x = 1",
            "call me maybe",
            "do it",
            "copy from {} to {}",
            "replace into",
            "explain this",
            "select_box from here",
            "create-user",
            "update",
            "DELETE",
            "DELETE /orders/{id}",
            "SELECT the row FROM that list",
            "Select name from friends where possible",
            "SELECT statements take their rows from a table",
        ],
    );
}

#[test]
fn nothing_makes_it_panic_or_hang() {
    let deep = format!("SELECT {}1{} FROM t", "(".repeat(5000), ")".repeat(5000));
    assert!(is_sql(&deep));
    let conditions = format!("SELECT a FROM t WHERE {}", "a = 1 AND ".repeat(3000));
    assert!(is_sql(&conditions) || !conditions.is_empty());
    for text in [
        "SELECT '",
        "SELECT \u{1f600} FROM \u{1f600}",
        "WITH",
        "select (",
        "-- ",
        "/*",
        "SELECT $ FROM {",
        "PRAGMA =",
    ] {
        is_sql(text);
    }
}
