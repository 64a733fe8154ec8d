"""The back office: where a shop's people see what was bought, pack, fulfil, refund, count and price, and hold power.

Promise: whoever is signed in stays so while identity is away, and a passkey or a printed code lets in whoever is not;
while the database is away too, it shows what it saw last, and since when.
"""
