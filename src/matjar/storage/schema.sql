-- The truth of the database: every table of every room, for both engines.
--
-- Every table has shop_id, first in every key, unique constraint and foreign key, so that one shop's rows live
-- together and PostgreSQL can spread shops with Citus unchanged. Types are BIGINT, TEXT and {blob}; times are
-- milliseconds UTC; money is minor units; JSON is TEXT. {clustered} keeps a composite key's rows in its order.

-- ── shops ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE shops (
    id BIGINT NOT NULL PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    country TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    languages TEXT NOT NULL,          -- JSON list, the first is the shop's own
    settings TEXT NOT NULL,           -- JSON of shops.model.Settings
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE domains (
    host TEXT NOT NULL PRIMARY KEY,
    shop_id BIGINT NOT NULL REFERENCES shops (id)
);

-- What a shop promises to whoever buys, in each of its languages.
CREATE TABLE policies (
    shop_id BIGINT NOT NULL,
    kind TEXT NOT NULL,               -- terms, privacy, refund, shipping
    language TEXT NOT NULL,
    body_html TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, kind, language)
) {clustered};

-- What makes a shop's commits serial: its last id, its place on the feed, and its gapless series.
CREATE TABLE heads (
    shop_id BIGINT NOT NULL PRIMARY KEY REFERENCES shops (id),
    epoch BIGINT NOT NULL,
    last_id BIGINT NOT NULL,
    feed_number BIGINT NOT NULL,
    orders BIGINT NOT NULL,
    invoices BIGINT NOT NULL,
    credit_notes BIGINT NOT NULL
);

CREATE TABLE feed (
    shop_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,               -- JSON: ids and amounts, never a person's data
    request_id TEXT NOT NULL,
    PRIMARY KEY (shop_id, number)
) {clustered};

CREATE TABLE cursors (
    shop_id BIGINT NOT NULL,
    consumer TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (shop_id, consumer)
) {clustered};

CREATE TABLE idempotency (
    shop_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    digest {blob} NOT NULL,           -- SHA-256 of operation and arguments
    answer {blob} NOT NULL,           -- MessagePack of core.command.Answer
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, key)
) {clustered};
CREATE INDEX idempotency_by_age ON idempotency (shop_id, at);

-- Counted tries, in buckets of time: declines, holds, guesses.
CREATE TABLE attempts (
    shop_id BIGINT NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    bucket_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (shop_id, scope, subject, bucket_at)
) {clustered};
CREATE INDEX attempts_by_age ON attempts (shop_id, bucket_at);

-- What a person must look at, because a machine may not decide it.
CREATE TABLE tasks (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    facts TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (shop_id, id)
) {clustered};
CREATE INDEX tasks_open ON tasks (shop_id, id) WHERE closed_at IS NULL;

-- Letters to those who buy, until they are sent.
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
    event BIGINT,                     -- the number on the feed of what it tells of; NULL: nobody read it there
    subject_id BIGINT,                -- the order, or the checkout whose payment failed; NULL: it is about neither
    sent_at BIGINT,
    reason TEXT,                      -- what the mail server said last, where it did not take it
    PRIMARY KEY (shop_id, id)
) {clustered};
CREATE INDEX notices_due ON notices (shop_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notices_over ON notices (shop_id, expires_at) WHERE due_at IS NULL;
CREATE UNIQUE INDEX notices_by_event ON notices (shop_id, event);
CREATE INDEX notices_by_subject ON notices (shop_id, subject_id) WHERE subject_id IS NOT NULL;

-- ── catalog ────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE products (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    handle TEXT NOT NULL,
    title TEXT NOT NULL,
    body_html TEXT NOT NULL,
    vendor TEXT NOT NULL,
    product_type TEXT NOT NULL,
    status TEXT NOT NULL,             -- active, draft, archived
    tags TEXT NOT NULL,               -- JSON list
    options TEXT NOT NULL,            -- JSON list of {name, values}
    seo TEXT NOT NULL,                -- JSON {title, description}
    published_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, handle)
) {clustered};

CREATE TABLE variants (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    inventory_item_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    choices TEXT NOT NULL,            -- JSON list, one value for each option of the product
    sku TEXT NOT NULL,
    barcode TEXT NOT NULL,
    price_minor BIGINT NOT NULL,
    compare_at_minor BIGINT,
    tax_category TEXT NOT NULL,
    weight_grams BIGINT NOT NULL,
    requires_shipping BIGINT NOT NULL,
    continue_selling BIGINT NOT NULL, -- 1: sell below zero
    image_id BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, product_id, position, id),
    FOREIGN KEY (shop_id, product_id) REFERENCES products (shop_id, id)
) {clustered};
CREATE INDEX variants_by_sku ON variants (shop_id, sku);
CREATE UNIQUE INDEX variants_by_item ON variants (shop_id, inventory_item_id);

CREATE TABLE images (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    path TEXT NOT NULL,               -- below the media folder
    alt TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    FOREIGN KEY (shop_id, product_id) REFERENCES products (shop_id, id)
) {clustered};
CREATE INDEX images_by_product ON images (shop_id, product_id, position);

CREATE TABLE collections (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    handle TEXT NOT NULL,
    title TEXT NOT NULL,
    body_html TEXT NOT NULL,
    rule TEXT,                        -- JSON of catalog.model.Rule; NULL: chosen by hand
    sort TEXT NOT NULL,               -- manual, title, price, newest
    seo TEXT NOT NULL,
    published_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, handle)
) {clustered};

CREATE TABLE collects (
    shop_id BIGINT NOT NULL,
    collection_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (shop_id, collection_id, product_id),
    FOREIGN KEY (shop_id, collection_id) REFERENCES collections (shop_id, id),
    FOREIGN KEY (shop_id, product_id) REFERENCES products (shop_id, id)
) {clustered};
CREATE INDEX collects_by_product ON collects (shop_id, product_id);

CREATE TABLE metafields (
    shop_id BIGINT NOT NULL,
    owner_type TEXT NOT NULL,         -- product, variant, collection, order, customer, shop
    owner_id BIGINT NOT NULL,
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (shop_id, owner_type, owner_id, namespace, key)
) {clustered};

CREATE TABLE translations (
    shop_id BIGINT NOT NULL,
    owner_type TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    language TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (shop_id, owner_type, owner_id, language, field)
) {clustered};

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

-- ── inventory ──────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE locations (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,            -- JSON of core.address.Address
    priority BIGINT NOT NULL,         -- lower is asked first
    pickup BIGINT NOT NULL,
    active BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
) {clustered};

CREATE TABLE inventory_items (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    tracked BIGINT NOT NULL,
    cost_minor BIGINT,
    PRIMARY KEY (shop_id, id)
) {clustered};

-- available = on_hand - committed - reserved
CREATE TABLE inventory_levels (
    shop_id BIGINT NOT NULL,
    inventory_item_id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    on_hand BIGINT NOT NULL,
    committed BIGINT NOT NULL,        -- promised to orders that are not yet sent
    reserved BIGINT NOT NULL,         -- held by checkouts that are paying
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, inventory_item_id, location_id),
    FOREIGN KEY (shop_id, location_id) REFERENCES locations (shop_id, id)
) {clustered};

CREATE TABLE inventory_movements (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    inventory_item_id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    kind TEXT NOT NULL,               -- set, adjust, transfer, sell, send, cancel, restock
    on_hand_delta BIGINT NOT NULL,
    committed_delta BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,       -- the order, or 0
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
) {clustered};
CREATE INDEX inventory_movements_by_item ON inventory_movements (shop_id, inventory_item_id, id);

CREATE TABLE holds (
    shop_id BIGINT NOT NULL,
    checkout_id BIGINT NOT NULL,
    inventory_item_id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    in_flight BIGINT NOT NULL,        -- 1: a charge is on its way; only settling or the finisher ends this hold
    lapses_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, checkout_id, inventory_item_id, location_id)
) {clustered};
CREATE INDEX holds_by_level ON holds (shop_id, inventory_item_id, location_id, in_flight, lapses_at);

-- ── tax, shipping, discounts ───────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE tax_rates (
    shop_id BIGINT NOT NULL,
    country TEXT NOT NULL,
    region TEXT NOT NULL,             -- '' for the whole country
    category TEXT NOT NULL,           -- standard, reduced, zero, exempt …; 'delivery' for carriage
    name TEXT NOT NULL,               -- as it stands on the invoice: VAT, Sales tax
    rate_ppm BIGINT NOT NULL,         -- parts per million: 5 % is 50000
    PRIMARY KEY (shop_id, country, region, category, name)
) {clustered};

CREATE TABLE shipping_zones (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    places TEXT NOT NULL,             -- JSON list of 'AE', 'US-CA' or '*'
    methods TEXT NOT NULL,            -- JSON list of shipping.model.Method
    PRIMARY KEY (shop_id, id)
) {clustered};

CREATE TABLE discounts (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    code TEXT NOT NULL,               -- folded to upper case
    terms TEXT NOT NULL,              -- JSON of discounts.model.Terms
    used BIGINT NOT NULL,             -- places taken: by orders and by charges in flight
    starts_at BIGINT NOT NULL,
    ends_at BIGINT,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, code)
) {clustered};

CREATE TABLE discount_uses (
    shop_id BIGINT NOT NULL,
    discount_id BIGINT NOT NULL,
    checkout_id BIGINT NOT NULL,
    buyer {blob} NOT NULL,            -- SHA-256 of shop and e-mail: limits per customer without their data
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, checkout_id, discount_id)
) {clustered};
CREATE INDEX discount_uses_by_buyer ON discount_uses (shop_id, discount_id, buyer);

-- ── customers, carts, checkout ─────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE customers (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    email TEXT,
    phone TEXT,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    address TEXT NOT NULL,            -- JSON of core.address.Address, the last one used
    accepts_marketing BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    erased_at BIGINT,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, email)
) {clustered};

CREATE TABLE customer_accounts (
    shop_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    signed_out_at BIGINT NOT NULL,    -- sessions that began before are over; 0: never everywhere
    PRIMARY KEY (shop_id, customer_id),
    FOREIGN KEY (shop_id, customer_id) REFERENCES customers (shop_id, id)
) {clustered};

-- Whether somebody wants to be told of news: each time that they said so.
CREATE TABLE consents (
    shop_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    id BIGINT NOT NULL,               -- the latest counts; those before are history
    given BIGINT NOT NULL,            -- 0: taken back
    words TEXT NOT NULL,              -- what they read when they said so; empty: a program asked, in words of its own
    source TEXT NOT NULL,             -- checkout, account, letter
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, customer_id, id),
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

CREATE TABLE carts (
    shop_id BIGINT NOT NULL,
    token_hash {blob} NOT NULL,
    id BIGINT NOT NULL,
    lines TEXT NOT NULL,              -- JSON list of carts.model.Line
    version BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, token_hash)
) {clustered};
CREATE INDEX carts_by_expiry ON carts (shop_id, expires_at);

CREATE TABLE checkouts (
    shop_id BIGINT NOT NULL,
    token_hash {blob} NOT NULL,
    id BIGINT NOT NULL,
    status TEXT NOT NULL,             -- incomplete, ready_for_complete, complete_in_progress, …
    body TEXT NOT NULL,               -- JSON of checkout.model.Checkout
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, token_hash),
    UNIQUE (shop_id, id)
) {clustered};
CREATE INDEX checkouts_by_expiry ON checkouts (shop_id, expires_at);

-- ── payments ───────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE payment_intents (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,               -- also the gateway's idempotency key, as <shop>-<id>
    checkout_id BIGINT NOT NULL,
    gateway TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    capture TEXT NOT NULL,            -- automatic, manual
    state TEXT NOT NULL,              -- one of payments.ports.State: charging, captured, declined …
    reference TEXT NOT NULL,          -- the gateway's own id, once known
    order_id BIGINT,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,           -- when the finisher asks what became of it; 0: nothing is open
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
) {clustered};
CREATE INDEX payment_intents_by_checkout ON payment_intents (shop_id, checkout_id);
CREATE INDEX payment_intents_due ON payment_intents (shop_id, due_at) WHERE due_at > 0;

CREATE TABLE transactions (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    order_id BIGINT,                  -- NULL: the charge never became an order, and is let go
    intent_id BIGINT,
    kind TEXT NOT NULL,               -- authorization, capture, sale, void, refund
    status TEXT NOT NULL,             -- pending, success, failure
    gateway TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reference TEXT NOT NULL,
    at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,           -- when the finisher asks again for a capture or void; 0: nothing is open
    PRIMARY KEY (shop_id, id)
) {clustered};
CREATE INDEX transactions_by_order ON transactions (shop_id, order_id, id);
CREATE INDEX transactions_due ON transactions (shop_id, due_at) WHERE due_at > 0;

CREATE TABLE payout_accounts (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,               -- the latest counts; those before are history
    holder TEXT NOT NULL,
    iban TEXT NOT NULL,
    named_by BIGINT NOT NULL,
    named_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
) {clustered};

CREATE TABLE ledger (
    shop_id BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    account TEXT NOT NULL,            -- receivable, gateway:<name>, sales, delivery, tax:<country>, unearned, rounding
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,     -- debit positive, credit negative; each entry sums to zero
    kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, entry_id, position)
) {clustered};
CREATE INDEX ledger_by_subject ON ledger (shop_id, subject_id);

-- ── orders, invoices ───────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE orders (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    checkout_id BIGINT NOT NULL,
    customer_id BIGINT,
    token_hash {blob} NOT NULL,       -- opens the order's page
    status TEXT NOT NULL,             -- open, closed, cancelled
    financial_status TEXT NOT NULL,   -- pending, authorized, paid, partially_paid, partially_refunded, refunded, voided
    fulfilment_status TEXT NOT NULL,  -- unfulfilled, partial, fulfilled, restocked
    currency TEXT NOT NULL,
    language TEXT NOT NULL,
    subtotal_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    delivery_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    paid_minor BIGINT NOT NULL,
    refunded_minor BIGINT NOT NULL,
    credited_minor BIGINT NOT NULL,   -- what the buyer no longer owes: returned, cancelled, let off
    particulars TEXT NOT NULL,        -- JSON of orders.model.Particulars: code, delivery and its taxes
    contact TEXT NOT NULL,            -- JSON: e-mail, phone, addresses; erasable
    gateway TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    cancelled_at BIGINT,
    cancel_reason TEXT NOT NULL,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, number),
    UNIQUE (shop_id, checkout_id),
    UNIQUE (shop_id, token_hash)
) {clustered};
CREATE INDEX orders_by_customer ON orders (shop_id, customer_id, id);
CREATE INDEX orders_by_update ON orders (shop_id, updated_at, id);

CREATE TABLE line_items (
    shop_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    variant_id BIGINT NOT NULL,
    inventory_item_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    variant_title TEXT NOT NULL,
    sku TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    unit_price_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,   -- this line's share of the order's discounts
    taxes TEXT NOT NULL,              -- JSON list of tax.model.TaxLine, frozen
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,      -- what the buyer pays for the line, tax included
    requires_shipping BIGINT NOT NULL,
    fulfilled BIGINT NOT NULL,
    refunded BIGINT NOT NULL,         -- pieces credited, sent or not
    cancelled BIGINT NOT NULL,        -- pieces taken off before they were sent
    PRIMARY KEY (shop_id, order_id, id),
    FOREIGN KEY (shop_id, order_id) REFERENCES orders (shop_id, id)
) {clustered};

-- From which location each line is to be sent: what inventory committed for it, and what has left since.
CREATE TABLE allocations (
    shop_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    line_item_id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    inventory_item_id BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    released BIGINT NOT NULL,         -- cancelled or refunded before it was sent
    PRIMARY KEY (shop_id, order_id, line_item_id, location_id),
    FOREIGN KEY (shop_id, order_id) REFERENCES orders (shop_id, id)
) {clustered};

CREATE TABLE timeline (
    shop_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    facts TEXT NOT NULL,              -- JSON
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, order_id, id)
) {clustered};

CREATE TABLE fulfilments (
    shop_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    status TEXT NOT NULL,             -- success, cancelled
    tracking_company TEXT NOT NULL,
    tracking_number TEXT NOT NULL,
    tracking_url TEXT NOT NULL,
    lines TEXT NOT NULL,              -- JSON list of {line_item_id, quantity}
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, order_id, id),
    FOREIGN KEY (shop_id, order_id) REFERENCES orders (shop_id, id)
) {clustered};

CREATE TABLE refunds (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,               -- also the gateway's idempotency key, as <shop>-<id>
    order_id BIGINT,                  -- NULL: the charge never became an order, and goes back whole
    intent_id BIGINT,
    state TEXT NOT NULL,              -- refunding, refunded, failed
    amount_minor BIGINT NOT NULL,     -- to be given back; 0: the buyer only owes less
    currency TEXT NOT NULL,
    gateway TEXT NOT NULL,
    reference TEXT NOT NULL,          -- the gateway's own id of the charge
    credit TEXT NOT NULL,             -- JSON of payments.model.Credit: for which goods and delivery, with their tax
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,           -- when the finisher asks again; 0: nothing is open
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
) {clustered};
CREATE INDEX refunds_by_order ON refunds (shop_id, order_id);
CREATE INDEX refunds_due ON refunds (shop_id, due_at) WHERE due_at > 0;

CREATE TABLE invoices (
    shop_id BIGINT NOT NULL,
    kind TEXT NOT NULL,               -- invoice, credit_note
    number BIGINT NOT NULL,
    id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    refund_id BIGINT,
    currency TEXT NOT NULL,
    tax_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    body TEXT NOT NULL,               -- JSON of invoices.model.Body, frozen: seller, lines, tax by rate
    issued_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, kind, number)
) {clustered};
CREATE INDEX invoices_by_order ON invoices (shop_id, order_id);

-- ── who did what: the shop's log, from the books of all its surfaces ────────────────────────────────────────────────

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
