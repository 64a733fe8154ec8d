"""The work of peers, on two such cores with PostgreSQL: what is known of them, by measurement."""

PEERS = {
    "checkout": (
        "Guest checkouts a second, best of 1, 8 and 32 buyers: Vendure 3.7 8.6 (7 calls), django-oscar 4.2 6.0, "
        "Medusa 2.21 2.2 (6 calls), Saleor 3.23 2.1 (4 calls). Vendure on SQLite lost about half of its checkouts to "
        '"database is locked".'
    ),
    "hot": (
        "Of 200 pieces, with 1,000 buyers, Vendure 3.7 sold 978 and django-oscar 4.2 201; Medusa 2.21 was exact, "
        "at 1 order a second."
    ),
    "browsing": "The best peer gave 268 products and 492 lists of 20 a second.",
}
