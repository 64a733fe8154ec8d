-- Addresses that goods and collections once had, so that old links lead on.
CREATE TABLE former_handles (
    shop_id BIGINT NOT NULL,
    owner_type TEXT NOT NULL,         -- product, collection
    handle TEXT NOT NULL,
    owner_id BIGINT NOT NULL,         -- 0: what had it is gone for good
    left_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, owner_type, handle)
) {clustered};
CREATE INDEX former_handles_by_owner ON former_handles (shop_id, owner_type, owner_id);
CREATE INDEX former_handles_by_age ON former_handles (shop_id, left_at);

-- What a shop promises to whoever buys, in each of its languages.
CREATE TABLE policies (
    shop_id BIGINT NOT NULL,
    kind TEXT NOT NULL,               -- terms, privacy, refund, shipping
    language TEXT NOT NULL,
    body_html TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, kind, language)
) {clustered};

-- Who wants to be told when something is back; gone as soon as they were.
CREATE TABLE waiting (
    shop_id BIGINT NOT NULL,
    variant_id BIGINT NOT NULL,
    email TEXT NOT NULL,
    id BIGINT NOT NULL,
    language TEXT NOT NULL,
    product_url TEXT NOT NULL,
    leave_url TEXT NOT NULL,          -- takes this address off every list of the shop, and opens nothing else
    leave_hash {blob} NOT NULL,       -- of the token in it
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, variant_id, email)
) {clustered};
CREATE INDEX waiting_by_email ON waiting (shop_id, email);
CREATE INDEX waiting_by_leave_hash ON waiting (shop_id, leave_hash);
CREATE INDEX waiting_by_age ON waiting (shop_id, asked_at);
