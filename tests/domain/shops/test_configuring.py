"""A shop's settings: what is changed holds at once, also for who has asked before in the same transaction."""

import msgspec

from matjar.domain import shops
from matjar.storage.tx import ShopTx


def test_who_asked_before_is_told_the_new_name(tx: ShopTx) -> None:
    before = shops.load(tx)
    changed = shops.configure(tx, settings=before.settings, name="Another", languages=("ar",))
    assert (before.name, shops.load(tx)) == ("Demo", changed)
    assert (changed.name, changed.languages) == ("Another", ("ar",))


def test_who_asked_before_is_told_the_new_settings(tx: ShopTx) -> None:
    before = shops.load(tx)
    settings = msgspec.structs.replace(before.settings, legal_name="Another LLC")
    shops.configure(tx, settings=settings)
    assert shops.load(tx).settings == settings


def test_who_asked_for_a_shop_before_it_was_opened_finds_it(tx: ShopTx) -> None:
    tx.shop_id = 2
    tx.know("shop", None, None)
    shops.create(tx, handle="other", name="Other", currency="AED", country="AE", time_zone="Asia/Dubai")
    assert shops.load(tx).handle == "other"
