-- Where gateways pay a shop's money out to.
CREATE TABLE payout_accounts (
    shop_id BIGINT NOT NULL,
    id BIGINT NOT NULL,               -- the latest counts; those before are history
    holder TEXT NOT NULL,
    iban TEXT NOT NULL,
    named_by BIGINT NOT NULL,
    named_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, id)
) {clustered};
