"""Somebody who is erased leaves the log as it was: it never had anything of theirs but an id."""

from matjar.domain import audit, customers
from matjar.storage.tx import ShopTx
from tests.domain.audit.books import AT, book, entry

WORDS = (b"sara", b"haddad", b"example.com", b"marina")


def test_an_erased_customer_leaves_the_audit_whole(tx: ShopTx) -> None:
    customer = customers.upsert(tx, email="sara@example.com", name="Sara Haddad", phone="+971501234567")
    deeds = (entry(AT, subject="order:1"), entry(AT + 1, action="customers.erase", subject=f"customer:{customer}"))
    audit.take(tx, surface="admin", book="a", entries=book(*deeds))
    before = audit.list_entries(tx), audit.check(tx)
    customers.erase(tx, customer_id=customer)
    assert (audit.list_entries(tx), audit.check(tx)) == before
    content = b"".join(audit.encode(each.entry) for each in audit.list_entries(tx)).lower()
    assert not any(word in content for word in WORDS)
