"""What the storefront leans on, and what it does while that is away: docs and drills are made from this list."""

from matjar.edge.needs import Need

NEEDS = (
    Need(
        "catalogue",
        "browsing, from a file of its own",
        "does not start; while it runs, goods in memory are still shown",
    ),
    Need("database", "carts, checkouts, orders", "browses; carts and checkouts are refused storage.away, uncharged"),
    Need("writer", "every change (SQLite)", "as without the database; one that dies is started anew within a second"),
    Need(
        "gateways",
        "charging cards",
        "a few payments stay 'being confirmed'; from then on cards are refused payments.gateway_away before any "
        "charge, while other ways to pay stay",
    ),
    Need(
        "identity",
        "news of revoked keys, and passing them on to other surfaces",
        "nothing is missing: browsing, buying and customers' accounts never ask it; what was heard last is kept and "
        "passed on",
    ),
    Need(
        "finisher",
        "ending charges whose answer was lost, and bringing letters",
        "such payments stay 'being confirmed', and codes to sign in with do not arrive until it is back; who has a "
        "passkey signs in with it, and who has none buys without an account",
    ),
)
