"""Letters: each reads well in both languages, goes once, waits while nobody carries it, and ends where nobody is."""

import pytest

from matjar.core.clock import HOUR
from matjar.domain import access
from matjar.domain.access.model.mails import Mail, Template
from matjar.domain.notices import POST_AWAY, UNDELIVERABLE
from matjar.surfaces.identity.letters import LETTERS, Writer
from matjar.surfaces.identity.words import FACTORS
from tests.surfaces.identity.house import ADDRESS, Browser, House

FACTS = {
    "shop": "Rose & Oud", "handle": "rose", "role": "Cashier", "role_id": "cashier", "by": "Sara",
    "hint": "s…@example.com", "what": "passkey_added", "browser": "Firefox · Linux", "address": "192.0.2.1",
    "at": "1800000000000", "due_at": "1800000000000",
}  # fmt: skip


def mail(template: Template, language: str, **facts: str) -> Mail:
    return Mail(7, 4711, template, "sara@example.com", language, FACTS | facts, "token-123", 0, 0)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("template", Template)
def test_every_letter_is_whole_in_every_language(template: Template, language: str) -> None:
    letter = Writer(ADDRESS).write(mail(template, language))
    for text in (letter.subject, letter.text, letter.html):
        assert text
        assert "{" not in text
        assert "None" not in text
    assert ('dir="rtl"' in letter.html) == (language == "ar")
    assert (f"{ADDRESS}{LETTERS[template].path.partition('{')[0]}" in letter.text) == bool(LETTERS[template].path)
    assert "\u2068" not in letter.subject


@pytest.mark.parametrize("what", FACTORS)
def test_what_happened_to_a_factor_is_said(what: str) -> None:
    assert FACTORS[what] in Writer(ADDRESS).write(mail(Template.FACTORS_CHANGED, "en", what=what)).text


def test_nobody_writes_into_a_letter_by_their_name() -> None:
    letter = Writer(ADDRESS).write(mail(Template.INVITATION, "en", by="<script>buy()</script>"))
    assert "<script>" not in letter.html


def test_a_letter_goes_once(house: House, sara: Browser) -> None:
    assert [letter.address for letter in house.letters()].count("sara@example.com") >= 1
    assert not house.letters()


def test_a_letter_waits_while_nobody_carries_it_and_health_says_why(house: House, sara: Browser) -> None:
    house.letterbox.ailment = POST_AWAY(reason="ConnectionRefusedError")
    assert not house.letters()
    assert house.carrier.ailment == "notices.post_away"
    house.letterbox.ailment = None
    assert not house.letters()
    house.now += HOUR
    assert house.letters()
    assert house.carrier.ailment == ""


def test_a_letter_to_nobody_is_not_tried_again(house: House, sara: Browser) -> None:
    house.letterbox.ailment = UNDELIVERABLE(reason="550 nobody of that name")
    house.letters()
    house.letterbox.ailment = None
    house.now += HOUR
    assert not house.letters()
    assert not house.wait(house.storage.read(0, access.due_mails))
