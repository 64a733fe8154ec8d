-- Customers sign in: by a code that is mailed, or by a passkey of the shop's own host. And the letters that tell them.

CREATE TABLE customer_accounts (
    shop_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    signed_out_at BIGINT NOT NULL,    -- sessions that began before are over; 0: never everywhere
    PRIMARY KEY (shop_id, customer_id),
    FOREIGN KEY (shop_id, customer_id) REFERENCES customers (shop_id, id)
) {clustered};

CREATE TABLE customer_addresses (
    shop_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    address TEXT NOT NULL,            -- JSON of core.address.Address
    used_at BIGINT NOT NULL,          -- the latest is what a checkout begins with
    PRIMARY KEY (shop_id, customer_id, id),
    FOREIGN KEY (shop_id, customer_id) REFERENCES customers (shop_id, id)
) {clustered};

CREATE TABLE customer_passkeys (
    shop_id BIGINT NOT NULL,
    credential_id {blob} NOT NULL,
    customer_id BIGINT NOT NULL,
    host TEXT NOT NULL,               -- of the shop's, where alone it is good
    public_key {blob} NOT NULL,       -- COSE (RFC 9052)
    name TEXT NOT NULL,
    sign_count BIGINT NOT NULL,
    backed_up BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, credential_id),
    FOREIGN KEY (shop_id, customer_id) REFERENCES customers (shop_id, id)
) {clustered};
CREATE INDEX customer_passkeys_by_customer ON customer_passkeys (shop_id, customer_id);

-- Somebody asked to sign in: good for the browser that asked, or by the link in the letter.
CREATE TABLE customer_codes (
    shop_id BIGINT NOT NULL,
    browser_hash {blob} NOT NULL,     -- SHA-256 of what that browser alone holds
    link_hash {blob} NOT NULL,
    code_hash {blob} NOT NULL,        -- of the browser's token and the six digits: these alone can be guessed
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, browser_hash),
    UNIQUE (shop_id, link_hash)
) {clustered};
CREATE INDEX customer_codes_by_email ON customer_codes (shop_id, email);
CREATE INDEX customer_codes_by_expiry ON customer_codes (shop_id, expires_at);

CREATE TABLE notices (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    letter TEXT NOT NULL,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    facts TEXT NOT NULL,              -- JSON: what the letter says, and what it opens
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    due_at BIGINT,                    -- NULL: sent, or given up; then who and what are empty
    PRIMARY KEY (shop_id, id)
) {clustered};
CREATE INDEX notices_due ON notices (shop_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notices_over ON notices (shop_id, expires_at) WHERE due_at IS NULL;
