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
