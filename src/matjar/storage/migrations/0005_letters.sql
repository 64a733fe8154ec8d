-- Letters about orders, taken from the feed; and who agreed to be told of news, when, and to which words.

ALTER TABLE notices ADD COLUMN event BIGINT;
ALTER TABLE notices ADD COLUMN subject_id BIGINT;
ALTER TABLE notices ADD COLUMN sent_at BIGINT;
ALTER TABLE notices ADD COLUMN reason TEXT;
CREATE UNIQUE INDEX notices_by_event ON notices (shop_id, event);
CREATE INDEX notices_by_subject ON notices (shop_id, subject_id) WHERE subject_id IS NOT NULL;

-- What was bought before there were letters gets none.
INSERT INTO cursors (shop_id, consumer, epoch, number) SELECT shop_id, 'letters', epoch, feed_number FROM heads;

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
