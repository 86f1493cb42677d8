CREATE TABLE shelf_entries (
    customer TEXT NOT NULL REFERENCES users (id),
    shelf    TEXT NOT NULL,
    product  TEXT NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL,
    PRIMARY KEY (customer, shelf, product)
);
