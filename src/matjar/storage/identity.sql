-- The truth of identity's own database: who the people of the shops are, how they prove it, and what they may do.
--
-- The same rules as in schema.sql. What belongs to a person, who may work in several shops, belongs to the house, which
-- is shop 0; what belongs to a shop is that shop's. Secrets that only have to be recognised are stored as SHA-256.

-- ── the spine, as in schema.sql ────────────────────────────────────────────────────────────────────────────────────

-- What identity's pages say of a shop.
CREATE TABLE workplaces (
    shop_id BIGINT NOT NULL PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,           -- of letters to people who have not said theirs
    created_at BIGINT NOT NULL,
    names TEXT                        -- JSON: by language, where it is called otherwise there
);

CREATE TABLE heads (
    shop_id BIGINT NOT NULL PRIMARY KEY,
    epoch BIGINT NOT NULL,
    last_id BIGINT NOT NULL,
    feed_number BIGINT NOT NULL,
    orders BIGINT NOT NULL,           -- the writer keeps the same head everywhere; these three stay 0
    invoices BIGINT NOT NULL,
    credit_notes BIGINT NOT NULL
);

CREATE TABLE feed (
    shop_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    request_id TEXT NOT NULL,
    PRIMARY KEY (shop_id, number)
) {clustered};

CREATE TABLE idempotency (
    shop_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    digest {blob} NOT NULL,
    answer {blob} NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, key)
) {clustered};
CREATE INDEX idempotency_by_age ON idempotency (shop_id, at);

CREATE TABLE attempts (
    shop_id BIGINT NOT NULL,
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    bucket_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (shop_id, scope, subject, bucket_at)
) {clustered};
CREATE INDEX attempts_by_age ON attempts (shop_id, bucket_at);

-- ── people: rows of the house ──────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE people (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    email TEXT,                       -- in small letters; empty once the person is forgotten
    email_confirmed_at BIGINT,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    password_hash TEXT,               -- argon2id, as the edge makes it
    totp_secret TEXT,                 -- RFC 6238; sealed at the edge, see surfaces/identity/vault.py
    totp_step BIGINT NOT NULL,        -- the newest step that was used: no code is taken twice
    not_before BIGINT NOT NULL,       -- sessions that began earlier are over
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, email)
) {clustered};

CREATE TABLE passkeys (
    shop_id BIGINT NOT NULL,
    id {blob} NOT NULL,               -- the credential's id
    person_id BIGINT NOT NULL,
    public_key {blob} NOT NULL,       -- COSE
    name TEXT NOT NULL,
    sign_count BIGINT NOT NULL,
    backed_up BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    FOREIGN KEY (shop_id, person_id) REFERENCES people (shop_id, id)
) {clustered};
CREATE INDEX passkeys_of_person ON passkeys (shop_id, person_id);

CREATE TABLE recovery_codes (
    shop_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    hash {blob} NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, person_id, hash),
    FOREIGN KEY (shop_id, person_id) REFERENCES people (shop_id, id)
) {clustered};

-- Accounts with outside providers (OIDC) that sign a person in.
CREATE TABLE outside_accounts (
    shop_id BIGINT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id BIGINT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, issuer, subject),
    FOREIGN KEY (shop_id, person_id) REFERENCES people (shop_id, id)
) {clustered};
CREATE INDEX outside_accounts_of_person ON outside_accounts (shop_id, person_id);

-- What was mailed to a person to be handed back once: a link's token, or a short code.
CREATE TABLE letters (
    shop_id BIGINT NOT NULL,
    hash {blob} NOT NULL,
    purpose TEXT NOT NULL,            -- access.model.accounts.Purpose
    person_id BIGINT NOT NULL,
    email TEXT NOT NULL,              -- the address that it proves
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, hash),
    FOREIGN KEY (shop_id, person_id) REFERENCES people (shop_id, id)
) {clustered};
CREATE INDEX letters_of_person ON letters (shop_id, person_id, purpose);
CREATE INDEX letters_by_age ON letters (shop_id, expires_at);

-- Who has lost what proves them, and waits, so that whoever has not lost it can say no.
CREATE TABLE recoveries (
    shop_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, person_id),
    FOREIGN KEY (shop_id, person_id) REFERENCES people (shop_id, id)
) {clustered};

CREATE TABLE sessions (
    shop_id BIGINT NOT NULL,
    sid TEXT NOT NULL,
    person_id BIGINT NOT NULL,
    of_shop_id BIGINT NOT NULL,       -- 0: identity's own pages
    surface TEXT NOT NULL,
    method TEXT NOT NULL,
    browser TEXT NOT NULL,
    browser_hash {blob} NOT NULL,     -- of the mark that the browser keeps
    address TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, sid),
    FOREIGN KEY (shop_id, person_id) REFERENCES people (shop_id, id)
) {clustered};
CREATE INDEX sessions_of_person ON sessions (shop_id, person_id, began_at);
CREATE INDEX sessions_by_age ON sessions (shop_id, ends_at);

-- Which shops a person works in: written by the shop's own commands, and by no others.
CREATE TABLE memberships (
    shop_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    of_shop_id BIGINT NOT NULL,
    PRIMARY KEY (shop_id, person_id, of_shop_id)
) {clustered};

-- ── a shop's people ────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE roles (
    shop_id BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    permissions TEXT NOT NULL,        -- JSON list
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, name)
) {clustered};

CREATE TABLE members (
    shop_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    role_id TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    suspended_at BIGINT,
    not_before BIGINT NOT NULL,       -- sessions in this shop that began earlier are over
    PRIMARY KEY (shop_id, person_id)
) {clustered};
CREATE INDEX members_by_role ON members (shop_id, role_id);

CREATE TABLE invitations (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    hash {blob} NOT NULL,
    email TEXT NOT NULL,              -- empty: for whoever holds the link, as the first owner does
    role_id TEXT NOT NULL,
    invited_by BIGINT NOT NULL,       -- 0: the command line
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, hash)
) {clustered};
CREATE INDEX invitations_by_age ON invitations (shop_id, expires_at);

-- Printed, for the day when nothing else works. Those spent or replaced stay, so that none can be used again.
CREATE TABLE printed_codes (
    shop_id BIGINT NOT NULL,
    hash {blob} NOT NULL,
    person_id BIGINT NOT NULL,
    surface TEXT NOT NULL,
    printed_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (shop_id, hash)
) {clustered};
CREATE INDEX printed_codes_of_person ON printed_codes (shop_id, person_id, ended_at);

CREATE TABLE api_tokens (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    hash {blob} NOT NULL,
    scopes TEXT NOT NULL,             -- JSON list
    made_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, hash)
) {clustered};

CREATE TABLE devices (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    public_key {blob} NOT NULL,
    enrolled_by BIGINT NOT NULL,
    enrolled_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id),
    UNIQUE (shop_id, public_key)
) {clustered};

-- ── what goes out ──────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE revocations (
    shop_id BIGINT NOT NULL,
    kind TEXT NOT NULL,               -- access.model.sessions.Revoked
    subject TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, kind, subject)
) {clustered};
CREATE INDEX revocations_by_age ON revocations (shop_id, ends_at);

-- Letters to be sent. Address, facts and token are there until then, and not an hour longer.
CREATE TABLE mails (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    template TEXT NOT NULL,
    person_id BIGINT NOT NULL,        -- 0: somebody who is nobody yet
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    facts TEXT NOT NULL,              -- JSON: what the letter says
    token TEXT NOT NULL,              -- what its link or code opens with
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    due_at BIGINT,                    -- empty: it was sent, or given up
    PRIMARY KEY (shop_id, id)
) {clustered};
CREATE INDEX mails_due ON mails (shop_id, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE audit (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    person_id BIGINT NOT NULL,
    proof TEXT NOT NULL,              -- how they had proved themselves
    address TEXT NOT NULL,
    deed TEXT NOT NULL,
    subject TEXT NOT NULL,            -- ids, here and below
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    request_id TEXT NOT NULL,
    PRIMARY KEY (shop_id, id)
) {clustered};
