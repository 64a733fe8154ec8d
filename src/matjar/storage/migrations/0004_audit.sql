-- Who did what: the shop's log, from the books of all its surfaces.

CREATE TABLE audit_entries (
    shop_id BIGINT NOT NULL,
    surface TEXT NOT NULL,
    book TEXT NOT NULL,               -- a surface whose disk was lost begins another
    number BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,               -- these five as the content has them, to be found by
    person_id BIGINT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    age_ms BIGINT,                    -- of the heartbeat; NULL: never heard
    content {blob} NOT NULL,          -- JSON of audit.model.Entry, byte by byte as its book has it
    chain {blob} NOT NULL,            -- SHA-256 of the chain before and the content
    PRIMARY KEY (shop_id, surface, book, number)
) {clustered};
CREATE INDEX audit_entries_by_time ON audit_entries (shop_id, at, id);

-- How far each book has arrived.
CREATE TABLE audit_heads (
    shop_id BIGINT NOT NULL,
    surface TEXT NOT NULL,
    book TEXT NOT NULL,
    number BIGINT NOT NULL,
    chain {blob} NOT NULL,
    PRIMARY KEY (shop_id, surface, book)
) {clustered};

-- The log's own chain: every head that arrived, in the order of arrival.
CREATE TABLE audit_links (
    shop_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    surface TEXT NOT NULL,
    book TEXT NOT NULL,
    head_number BIGINT NOT NULL,
    head {blob} NOT NULL,             -- the chain of the book's entry of that number
    chain {blob} NOT NULL,            -- SHA-256 of the link before and this head
    PRIMARY KEY (shop_id, number)
) {clustered};
