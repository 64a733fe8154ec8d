"""What the back office leans on, and what it does while that is away: docs and drills are made from this list."""

from matjar.edge.needs import Need

NEEDS = (
    Need("bundles", "knowing who works in which shop, from its own disk", "nobody can sign in where none ever came"),
    Need(
        "identity",
        "news of people and their rights; a password, roles, staff",
        "a passkey or a printed code still lets people in; after an hour changes want a passkey or a session that "
        "began before, after a day it is read only; what holds power is refused access.not_now after five minutes",
    ),
    Need("database", "orders, stock, prices", "shows the last it saw, read only, and since when"),
    Need("writer", "every change (SQLite)", "as without the database; one that dies is started anew within a second"),
    Need("gateways", "refunds, captures, voids", "they stay 'under way', and the finisher asks again"),
    Need("catalogue", "names and pictures of goods, from a file of its own", "titles as they were sold, no pictures"),
)
