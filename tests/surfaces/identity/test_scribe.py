"""What identity's database says of who did what gets into its book, each shop's own and nobody's data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matjar.core.proof import Method
from matjar.domain import access
from matjar.domain.audit import Entry
from matjar.edge.audit import Audit
from matjar.surfaces.identity.scribe import DEEDS, Scribe
from tests.workers.publisher.identity import OTHER, SHOP, Identity


class Copied(Identity):
    """Identity with a scribe."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.book = Audit(home / "identity" / "audit.sqlite")
        self.scribe = Scribe(self.storage, self.book)

    def deeds(self, shop_id: int = SHOP) -> list[str]:
        """What the book says was done in a shop, in order."""
        self.wait(self.scribe.look())
        return [each.entry.action for each in reversed(self.book.latest(shop_id))]

    def newest(self, shop_id: int = SHOP) -> Entry:
        """The newest entry."""
        self.wait(self.scribe.look())
        return self.book.latest(shop_id)[0].entry

    def sign_in(self, person_id: int, shop_id: int) -> None:
        """Somebody signs in for a shop."""
        self.do(access.begin_session, 0, person_id)(
            sid=f"sid-{person_id}-{shop_id}", of_shop_id=shop_id, surface="admin", method=Method.PASSWORD,
            browser="Firefox", browser_hash=b"b" * 32,
        )  # fmt: skip


@pytest.fixture
def identity(tmp_path: Path) -> Iterator[Copied]:
    made = Copied(tmp_path)
    yield made
    made.end()


def test_a_shop_s_book_tells_how_it_began(identity: Copied) -> None:
    identity.open_shop()
    assert identity.deeds() == ["staff.owner_invited", "staff.member_joined"]


def test_an_entry_says_who_how_from_where_and_what_changed(identity: Copied) -> None:
    owner = identity.open_shop()
    role = identity.do(access.make_role, SHOP, owner)(name="Packers", permissions=("read_orders",))
    told = identity.newest()
    assert (told.person_id, told.method, told.address) == (owner, "passkey", "192.0.2.7")
    assert (told.action, told.subject, told.after) == (
        "staff.role_made",
        f"role:{role.id}",
        {"permissions": "read_orders"},
    )
    assert told.age_ms == 0


def test_signing_in_for_a_shop_stands_in_that_shop_s_book_alone(identity: Copied) -> None:
    owner = identity.open_shop()
    identity.open_shop(OTHER)
    assert "self.signed_in" not in identity.deeds()
    identity.sign_in(owner, SHOP)
    assert identity.deeds()[-1] == "self.signed_in"
    assert identity.newest().after == {"surface": "admin"}
    assert "self.signed_in" not in identity.deeds(OTHER)


def test_a_person_s_factors_are_the_business_of_every_shop_where_they_work(identity: Copied) -> None:
    owner = identity.open_shop()
    identity.open_shop(OTHER)
    assert "self.passkey_added" not in identity.deeds()
    identity.do(access.add_passkey, 0, owner)(
        credential_id=b"key", public_key=b"cose", name="Phone of Sara", sign_count=0, backed_up=True
    )
    assert identity.deeds()[-1] == "self.passkey_added"
    assert "self.passkey_added" not in identity.deeds(OTHER)


def test_copying_again_and_by_another_process_writes_nothing_twice(identity: Copied) -> None:
    identity.open_shop()
    before = identity.deeds()
    identity.scribe = Scribe(identity.storage, Audit(identity.home / "identity" / "audit.sqlite"))
    assert identity.deeds() == before
    assert identity.book.broken_at(SHOP) == 0


def test_nobody_s_name_or_address_is_in_the_book(identity: Copied) -> None:
    owner = identity.open_shop()
    identity.do(access.invite, SHOP, owner)(email="lina@example.com", role_id="manager", token="t", language="en")
    identity.do(access.describe_me, 0, owner)(name="Sara Haddad", language="ar")
    identity.wait(identity.scribe.look())
    content = b"".join(each.content for each in identity.book.entries_after(SHOP, 0, 100))
    for word in (b"lina", b"example.com", b"Sara", b"Haddad"):
        assert word not in content


def test_every_deed_that_identity_notes_of_a_shop_has_an_action_of_its_own() -> None:
    assert len({deed.action for deed in DEEDS.values()}) == len(DEEDS)


def test_somebody_who_goes_for_good_leaves_the_book_whole(identity: Copied) -> None:
    owner = identity.open_shop()
    identity.do(access.invite, SHOP, owner)(email="lina@example.com", role_id="manager", token="t", language="en")
    lina = identity.do(access.open_account)(
        of_shop_id=SHOP, token="t", email="lina@example.com", name="Lina", language="en"
    )
    identity.do(access.accept, SHOP, lina)(token="t")
    before = identity.deeds()
    identity.do(access.leave, SHOP, lina)()
    identity.do(access.forget_me, 0, lina)()
    assert identity.deeds() == [*before, "staff.member_left"]
    assert {each.entry.person_id for each in identity.book.latest(SHOP)} == {0, owner, lina}
    assert identity.book.broken_at(SHOP) == 0
