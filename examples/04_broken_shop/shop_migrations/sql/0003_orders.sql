CREATE TABLE orders (
    id             TEXT PRIMARY KEY,
    customer       TEXT NOT NULL REFERENCES users (id),
    status         TEXT NOT NULL,
    discount_cents INTEGER NOT NULL
);

CREATE TABLE order_lines (
    order_id    TEXT NOT NULL REFERENCES orders (id),
    position    INTEGER NOT NULL,
    product     TEXT NOT NULL REFERENCES products (id),
    quantity    INTEGER NOT NULL,
    price_cents INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
);
