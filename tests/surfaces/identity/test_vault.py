"""Secrets of one-time codes lie sealed: the database alone opens nothing, and without its key the page says so."""

from pathlib import Path

import pyotp
import pytest

from matjar.core.clock import MINUTE, SECOND
from matjar.core.refusal import Refusal
from matjar.domain import access
from matjar.surfaces.identity.vault import Vault
from tests.surfaces.identity.house import Browser, House

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
VAULT = Vault(b"key")


def test_what_is_sealed_opens_for_its_person_alone() -> None:
    sealed = VAULT.seal(SECRET, 7)
    assert SECRET not in sealed
    assert VAULT.open(sealed, 7) == SECRET
    assert VAULT.seal(SECRET, 7) != sealed
    changed = sealed[:-4] + ("AAAA" if sealed[-4:] != "AAAA" else "BBBB")
    for vault, stored, person in ((VAULT, sealed, 8), (Vault(b"other"), sealed, 7), (VAULT, changed, 7)):
        with pytest.raises(Refusal) as no:
            vault.open(stored, person)
        assert no.value.code == "identity.code_unreadable"


@pytest.mark.parametrize("stored", ["sealed:", "sealed::", "sealed:x:y", "sealed:x:!!!", "sealed:x:AAAA"])
def test_what_is_no_seal_is_refused_calmly(stored: str) -> None:
    with pytest.raises(Refusal):
        VAULT.open(stored, 7)


def stored_of(house: House) -> str:
    person_id = owner_of(house)
    return house.wait(house.storage.read(0, lambda view: access.find_totp(view, person_id=person_id)))


def owner_of(house: House) -> int:
    return house.wait(house.storage.read(7, access.access_of)).members[0].person_id


def set_up(house: House, stored: str) -> None:
    """As if the app had been set up with this in the database."""
    code = pyotp.TOTP(SECRET).at(house.now // SECOND)
    house.do(access.set_totp, 0, owner_of(house))(secret=SECRET, sealed=stored, code=code)
    house.now += 2 * MINUTE


def show_code(house: House) -> Browser:
    browser = Browser(house).sign_in()
    browser.send("/sign-in/code", code=pyotp.TOTP(SECRET).at(house.now // SECOND), do="code")
    return browser


def test_a_secret_from_before_goes_on_working_and_is_sealed_by_its_next_use(house: House, sara: Browser) -> None:
    set_up(house, SECRET)
    assert show_code(house).path == "/account"
    assert stored_of(house).startswith("sealed:")
    house.now += 2 * MINUTE
    assert show_code(house).path == "/account"


def test_without_the_key_the_page_says_what_still_opens(house: House, sara: Browser, tmp_path: Path) -> None:
    set_up(house, Vault(b"the key that was lost").seal(SECRET, owner_of(house)))
    browser = show_code(house)
    assert browser.page.status_code == 409
    assert "Use a passkey or one of your recovery codes" in browser.text
    assert "I cannot use my app" in browser.text
