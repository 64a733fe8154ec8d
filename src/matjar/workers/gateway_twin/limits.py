"""The bounds of the twin."""

MAX_BODY_BYTES = 16_384  # a charge is some 300 bytes; a return address may be long
MAX_CHARGES = 1_000_000  # about 1 kB of memory each: more than the longest drill makes
MAX_BOOK_BYTES = 2_000_000_000
MAX_REFUNDS = 100  # on one charge
BOOK_PAGE_BYTES = 1_000_000
MAX_WAITING_WEBHOOKS = 10_000
WEBHOOK_ATTEMPTS = 10
WEBHOOK_FIRST_WAIT_SECONDS = 0.25  # doubled after each attempt, so the last comes about two minutes after the first
WEBHOOK_TIMEOUT_SECONDS = 5.0
WEBHOOKS_AT_ONCE = 8
MAX_CONNECTIONS = 2_000
IDLE_SECONDS = 75  # longer than a client keeps an idle connection, so that it is the client who closes it
STOPPING_SECONDS = 3
