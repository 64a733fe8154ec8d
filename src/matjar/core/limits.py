"""Every bound of the platform, by name and with its reason. What has no bound here has none that we can promise."""

from matjar.core.clock import DAY, HOUR, MINUTE, SECOND

# The writer ---------------------------------------------------------------------------------------------------------

GROUP_COMMANDS = 64
"""Commands in one commit: beyond this the fsync is already shared by so many that only waiting would grow."""

QUEUED_COMMANDS = 512
"""Commands that wait in a writer: a third of a second's work. Beyond it ``storage.busy`` is the honest answer."""

COMMAND_BYTES = 1 << 20
"""One command on the socket: a cart of the most lines is a tenth of it."""

UNREAD_ANSWER_BYTES = 4 << 20
"""Answers that a surface has not fetched; one that is stopped is cut off, so that it holds up nobody else."""

GROUP_SECONDS = 0.025
"""How long a group may take at the pace of the last: a till's one sale waits for two groups at most."""

LEAST_GROUP_COMMANDS = 8
"""Commands in one commit however slow the pace: beneath this the commits themselves would be most of the work."""

KNOWN_ANSWERS = 1_000
"""Rows of one kind that a writer knows of a shop without asking: the checkouts of everybody who is paying just now."""

KNOWN_SHOPS = 32
"""Shops that a writer knows so: some 100 MB if all of them were at their busiest."""

SUBMIT_TIMEOUT_SECONDS = 5.0
"""How long a surface waits for a command's answer: longer, and the person has gone."""

SERIALIZATION_RETRIES = 3
"""Tries of a group that PostgreSQL could not serialize, before its commands are ``storage.busy``."""

LOCK_TIMEOUT_MS = 2_000
"""How long PostgreSQL lets a group wait for its shop's head."""

# What is kept, and for how long --------------------------------------------------------------------------------------

IDEMPOTENCY_KEPT_MS = 48 * HOUR
"""Answers beside their keys: a day is promised, two let a weekend's retry through."""

FEED_KEPT_MS = 90 * DAY
"""The feed: a consumer that was away for a quarter starts afresh from a snapshot."""

WISHES_KEPT_MS = 180 * DAY
"""That somebody waits for something: what has not come back in half a year, they have found elsewhere."""

CART_KEPT_MS = 30 * DAY
"""A cart that nobody touched."""

CHECKOUT_KEPT_MS = 2 * DAY
"""A checkout that nobody finished."""

ATTEMPTS_KEPT_MS = DAY
"""Counted tries: the longest window that looks back at them."""

FORMER_HANDLES_KEPT_MS = 1_095 * DAY
"""Handles that goods had before: for three years a link in somebody's letter still leads to them."""

HOLD_MS = 10 * MINUTE
"""Stock held for a buyer who was sent to their bank's page."""

CHARGE_DEADLINE_SECONDS = 15.0
"""How long a surface waits for the gateway before the buyer is told that the payment is being confirmed."""

FINISHER_GRACE_MS = 30 * SECOND
"""After this the finisher asks what became of a charge: twice the surface's own deadline, so that they never race."""

RETRIES_REMEMBERED = 1_000
"""Payments that fail and fail, each tried ever later: with more of them somebody is at the gateway's door already."""

SWEEP_ROWS = 500
"""Rows that a sweeper deletes in one command, so that it never holds up a sale."""

READY_BYTES = 32 << 20
"""The catalogue's answers that one process keeps as bytes: ten thousand products, on a small machine."""

# What people may send ------------------------------------------------------------------------------------------------

CONNECTIONS = 4_096
"""Of one surface: some 40 MB. One more takes the place of the one that has kept silent for the longest."""

OTHER_FILES = 256
"""What a surface opens beside its connections: the database, the catalogue, gateways, logs."""

REQUEST_SECONDS = 20.0
"""How long a connection may keep silent before its request is whole: twice as long as the slowest body may take."""

HEAD_BYTES = 64 * 1024
"""A request's line and headers: browsers send 4 kB, and nginx lets 32 through unless it is told otherwise."""

UNREAD_SECONDS = 30.0
"""How long an answer may lie unread: a telephone in a tunnel. Who takes anything of it has all this time again."""

BODY_BYTES = 256 * 1024
"""A request's body on the storefront."""

BODY_SECONDS = 10.0
"""How long a body may take to arrive: the largest, over a telephone in a lift."""

SLOW_BODIES = 256
"""Bodies that come in several pieces at a time: 64 MB of them at most."""

CART_LINES = 100
"""Lines in one cart or checkout: more is a wholesale order, which is a conversation."""

LINE_QUANTITY = 1_000
"""Pieces in one line, for the same reason."""

TEXT = 255
"""A name, a line of an address, a title."""

PAGE_ROWS = 250
"""Rows in one page of any list."""

# Against those who try ----------------------------------------------------------------------------------------------

TRIES_WINDOW_MS = HOUR
"""How far back tries are counted."""

DECLINES_PER_ADDRESS = 20
"""A family behind one address mistypes a card or two; who tests stolen cards needs hundreds."""

DECLINES_PER_CARD = 5
"""What banks allow before they block a card."""

DECLINES_PER_SESSION = 6
"""One buyer with two cards and three tries each."""

HOLDS_PER_ADDRESS = 30
"""Payments sent to the bank's page or the gateway's, and not paid there: each holds stock for ten minutes."""

GUESSES_PER_ADDRESS = 20
"""Discount codes that do not exist: at twenty an hour a code of five letters lasts a lifetime."""

LOOKUPS_PER_ADDRESS = 20
"""Wrong pairs of an order's number and an e-mail address in an hour, from one address: a family with old letters."""

LOOKUPS_OF_ORDER = 10
"""The same for one order, from wherever: nobody finds out by guessing who bought it."""

RETURNS_ASKED_PER_ORDER = 5
"""Requests to send something of one order back: each is a task for a person."""

WISHES_PER_ADDRESS = 30
"""E-mail addresses that one address may have us write to in an hour, once each, when something is back."""

WISHES_PER_PERSON = 30
"""Things that one person waits for: more is a list of groceries."""

MESSAGES_PER_ADDRESS = 5
"""Messages to a shop in an hour from one address: somebody who forgot something, twice."""

MESSAGES_TO_SHOP = 200
"""All messages to one shop in an hour, from wherever: nobody floods its box through us."""

MESSAGE_MS = 7 * DAY
"""How long a message to a shop is tried: the shop's own mail server may be away over a weekend."""

BEGINNINGS_AT_ONCE = 300
"""Carts and checkouts that one address may begin at once: an office at a drop, or the homes that share an address."""

BEGINNING_EVERY_SECONDS = 2.0
"""And in the long run: 1,800 an hour. Who hoards them has 90,000 when the first are swept: some 100 MB, no stock."""

ADDRESSES_REMEMBERED = 50_000
"""Addresses whose beginnings a surface counts: 10 MB. Those that began most are forgotten last."""

# What a surface keeps in memory --------------------------------------------------------------------------------------

CATALOGUE_DOCUMENTS = 5_000
"""Products in memory, those asked last: some 50 MB; the others wait in the catalogue's file, 30 microseconds away."""

PRINTS_BYTES = 16 << 20
"""Sitemaps and product feeds, packed: all of a shop of twenty thousand products in two languages."""

CATALOGUE_LISTS = 500
"""Pages of lists, answers of searches and hosts that a surface remembers until something changes."""

CATALOGUE_CHUNK = 50
"""Products loaded from the database at a time, so that no request waits for a whole catalogue."""

CATALOGUE_STOCK = 500
"""Inventory items whose stock is asked at a time, for the same reason."""

# Signing in ----------------------------------------------------------------------------------------------------------

PRINTED_CODES = 10
"""Codes in one print, for break-glass and for recovery: one sheet of paper."""

INVITATION_MS = 7 * DAY
"""How long a link into a shop is good: over a weekend and a few days off."""

RESET_MS = 30 * MINUTE
"""How long a link that sets a new password is good: whoever asked for it is waiting for it."""

CONFIRM_MS = DAY
"""How long a link that confirms an address is good."""

MAILED_CODE_MS = 10 * MINUTE
"""How long a mailed code of six digits is good: with ten guesses an hour, one in a million is guessed in ten years."""

RECOVERY_WAIT_MS = 3 * DAY
"""How long somebody who has lost everything waits, so that a letter to the true person is read over a weekend."""

RECOVERY_OPEN_MS = 7 * DAY
"""How long after that the waiting may be ended, before it has to begin anew."""

STAFF_SESSION_MS = 12 * HOUR
"""How long a session of the shop's people lasts: the longest working day."""

REVOCATIONS = 100_000
"""Revocations in one bundle: of sessions, which live half a day, so many are a platform's whole staff."""

DEVICE_REVOKED_MS = 400 * DAY
"""How long a device that was taken out is named: a till that lay in a drawer for a year."""

PASSWORD_TRIES = 10
"""Of one account from one address in an hour: a person who forgot which of three it was."""

PASSWORD_TRIES_PER_ACCOUNT = 50
"""From all addresses together: a stranger's guessing is slowed down, without shutting the person out at ten."""

PASSWORD_TRIES_PER_ADDRESS = 100
"""Of all accounts from one address: an office behind one line."""

CODE_TRIES = 10
"""Wrong codes of one person in an hour."""

LETTERS_PER_PERSON = 6
"""Letters that a person's own pages, or a stranger, can order for one person in an hour."""

LETTERS_TO_ADDRESS = 20
"""Letters that all strangers together can order for one customer in an hour, above what the customer needs."""

LETTERS_PER_ADDRESS = 60
"""Letters to customers that can be ordered from one address in an hour: a university behind one line."""

CODES_PER_ADDRESS = 60
"""Wrong codes of customers from one address in an hour, for the same reason."""

CUSTOMER_SESSION_MS = 14 * DAY
"""How long a customer's session lasts: no longer than the storefront's key is sure to count after it was turned."""

ADDRESSES_PER_CUSTOMER = 20
"""Addresses that a customer keeps: a family and its friends."""

PASSKEYS_PER_PERSON = 20
"""A telephone, a laptop, two keys; more than twenty is a mistake."""

MEMBERS_PER_SHOP = 1_000
"""People of one shop: the access bundle of so many is half a megabyte."""

ROLES_PER_SHOP = 50
"""Roles that a shop makes for itself."""

INVITATIONS_PER_SHOP = 100
"""Invitations that wait at a time: each is a letter to a stranger."""

TOKENS_PER_SHOP = 100
"""Tokens of one shop's programs."""

DEVICES_PER_SHOP = 1_000
"""Tills of one shop, with those lying ready."""

MAIL_TRIES = 10
"""Tries to send one letter, half an hour apart at most: after a night, what it says is of no use."""

ORDER_LETTER_MS = 5 * DAY
"""How long a letter about an order is worth sending: as long as mail servers try (RFC 5321, 4.5.4.1)."""

SESSIONS_KEPT_MS = 90 * DAY
"""Sessions that are over, by which a browser is known again."""

MAILS_KEPT_MS = 30 * DAY
"""That a letter was sent, without what it said."""

AUDIT_KEPT_MS = 730 * DAY
"""Who changed what: two years of questions."""

AUDIT_BATCH = 100
"""Entries that a surface brings to a shop's log at a time: some 60 kB, a few milliseconds of the writer's time."""

AUDIT_TABLE_ROWS = 10_000
"""Entries in one table to take home: a year of a busy shop, and as many as a spreadsheet is read with."""

CODES_KEPT_MS = 730 * DAY
"""Printed codes that were spent or replaced: the oldest backup from which they could come again."""
