"""What a shop promises to whoever buys."""

import pytest

from matjar.core.refusal import Refusal
from matjar.domain import shops
from matjar.domain.shops import PolicyKind
from matjar.domain.shops.operations import POLICY_LENGTH
from matjar.storage.tx import ShopTx


def test_a_policy_has_a_text_in_each_language_and_the_last_one_counts(tx: ShopTx) -> None:
    for language, text in (("en", "<p>Old</p>"), ("ar", "<p>شروط</p>"), ("en", "<p>New</p>")):
        shops.write_policy(tx, kind=PolicyKind.TERMS, language=language, body_html=text)
    found = {(each.kind, each.language): each.body_html for each in shops.list_policies(tx)}
    assert found == {(PolicyKind.TERMS, "en"): "<p>New</p>", (PolicyKind.TERMS, "ar"): "<p>شروط</p>"}


def test_an_empty_text_takes_a_policy_back(tx: ShopTx) -> None:
    shops.write_policy(tx, kind=PolicyKind.REFUND, language="en", body_html="<p>Two weeks</p>")
    shops.write_policy(tx, kind=PolicyKind.REFUND, language="en", body_html=" ")
    assert not shops.list_policies(tx)


def test_a_policy_in_a_language_that_the_shop_does_not_speak_is_refused(tx: ShopTx) -> None:
    with pytest.raises(Refusal) as refused:
        shops.write_policy(tx, kind=PolicyKind.TERMS, language="fr", body_html="<p>…</p>")
    assert refused.value.code == "shops.bad_language"


def test_a_policy_has_an_end(tx: ShopTx) -> None:
    with pytest.raises(Refusal) as refused:
        shops.write_policy(tx, kind=PolicyKind.TERMS, language="en", body_html="x" * (POLICY_LENGTH + 1))
    assert refused.value.code == "shops.too_long"
