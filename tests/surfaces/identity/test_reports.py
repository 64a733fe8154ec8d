"""What surfaces of staff did by themselves, as identity hears it: once, from them alone, in whatever order."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import msgspec
import pytest

from matjar.core.clock import MINUTE
from matjar.core.ids import hash_token, mint_token
from matjar.core.proof import Method
from matjar.domain import access
from matjar.domain.access import Code, Revoked
from matjar.edge import reporting
from matjar.edge.following import Away
from matjar.edge.local import Local
from matjar.edge.reporting import PATH, Reporter
from matjar.edge.sessions import Grant
from matjar.edge.sharing import authorization
from matjar.surfaces.identity.scribe import Scribe
from tests.surfaces.identity.house import Browser, House
from tests.workers.publisher.identity import SHOP

FIREFOX, HERE = "Firefox/1 (Linux)", "127.0.0.1"
CODES = tuple(Code(hash_token(f"code-{number}"), "admin") for number in range(10))


class Office:
    """A surface of staff with its file, and its way to identity: the very bytes that it would send."""

    def __init__(self, house: House, name: str = "admin") -> None:
        self.house, self.trust = house, house.surface(name)
        house.now += MINUTE  # the next look publishes keys that are new
        house.hear()
        self.local = Local(house.home / name / "local.sqlite")
        self.reporter = Reporter(self.local, self)
        self.away = False
        self.sent: list[tuple[bytes, str]] = []

    async def post(self, path: str, body: bytes) -> bytes:
        """As ``fetching.Surface`` does."""
        if self.away:
            raise Away("not there")
        now = self.trust.now()
        self.sent.append((body, authorization(self.trust.keyring.signing(now), path, now, body, mint_token())))
        answer = await self.house.post(path, *self.sent[-1])
        if answer.status_code != 200:
            raise Away(str(answer.status_code))
        return answer.content

    def tell(self) -> bool:
        """Tell what waits."""
        return self.house.wait(self.reporter.tell())

    def spend(self, person_id: int, code_hash: bytes, shop_id: int = SHOP) -> None:
        """Somebody comes in by a printed code."""
        reporting.tell_spent(self.local, shop_id, person_id, code_hash, self.trust.now(), HERE)

    def begin(self, person_id: int, mark: str = "mark") -> Grant:
        """Somebody signs in by passkey."""
        grant = self.trust.begin(person_id=person_id, shop_id=SHOP, method=Method.PASSKEY)
        reporting.tell_begun(self.local, grant, FIREFOX, HERE, hash_token(mark))
        return grant


@pytest.fixture
def office(house: House) -> Iterator[Office]:
    made = Office(house)
    yield made
    made.local.close()


@pytest.fixture
def owner(house: House, sara: Browser) -> int:
    """Sara, with a sheet of printed codes."""
    (member,) = house.wait(house.storage.read(SHOP, access.access_of)).members
    house.do(access.print_codes, SHOP, member.person_id)(codes=CODES)
    house.letters()
    return member.person_id


def left(house: House) -> int:
    return len(house.wait(house.storage.read(SHOP, access.access_of)).members[0].codes)


def places(house: House, person_id: int) -> list[str]:
    found = house.wait(house.storage.read(0, lambda view: access.list_sessions(view, person_id=person_id)))
    return sorted(each.surface for each in found)


def test_a_code_that_was_spent_while_identity_was_away_is_told_when_it_is_back(
    house: House, office: Office, owner: int
) -> None:
    office.spend(owner, CODES[0].hash)
    office.away = True
    assert not office.tell()
    assert left(house) == 10
    office.away = False
    assert office.tell()
    assert left(house) == 9
    assert office.local.untold(10) == []
    assert "A printed emergency code was used" in house.letters()[0].text


def test_a_code_told_of_later_is_noted_as_its_person_s_then_and_not_told_to_the_shop_twice(
    house: House, office: Office, owner: int
) -> None:
    spent_at = office.trust.now()
    office.spend(owner, CODES[0].hash)
    house.now += 4 * MINUTE
    assert office.tell()
    noted = house.wait(house.storage.read(SHOP, access.list_audit))[-1]
    assert (noted.deed, noted.person_id, noted.at) == ("code_spent", owner, spent_at)
    assert (noted.proof, noted.address) == ("break_glass", HERE)
    book = house.parts.audit
    house.wait(Scribe(house.storage, book).look())
    assert "keys.codes_printed" in [each.entry.action for each in book.latest(SHOP)]
    assert "keys.code_spent" not in [each.entry.action for each in book.latest(SHOP)]


def test_a_surface_tells_of_no_code_as_of_another_person_s(house: House, office: Office, owner: int) -> None:
    office.spend(owner + 1, CODES[0].hash)
    assert office.tell()
    assert left(house) == 10


def test_a_report_from_before_reports_said_who_and_when_is_still_heard(
    house: House, office: Office, owner: int
) -> None:
    office.local.tell(
        msgspec.json.encode({"type": "code_spent", "shop_id": SHOP, "code_hash": CODES[0].hash}), 1 << 62
    )
    assert office.tell()
    assert left(house) == 9


def test_a_session_begun_at_a_surface_is_in_its_person_s_list(
    house: House, office: Office, owner: int, sara: Browser
) -> None:
    office.begin(owner)
    office.tell()
    assert places(house, owner) == ["admin", "identity"]
    assert "Back office" in sara.get("/account/sessions").text
    assert "You signed in on a new device" in [letter.subject for letter in house.letters()]


def test_a_browser_that_identity_knows_is_told_of_to_nobody(house: House, office: Office, owner: int) -> None:
    office.begin(owner)
    office.tell()
    house.letters()
    office.begin(owner)
    office.tell()
    assert house.letters() == []


def test_signing_out_at_a_surface_closes_identity_too_and_reaches_every_surface(
    house: House, office: Office, owner: int, sara: Browser
) -> None:
    grant = office.begin(owner)
    house.now += 1
    reporting.tell_ended(office.local, grant, house.now)
    office.tell()
    assert places(house, owner) == []
    assert sara.get("/account").url.path == "/sign-in"
    revoked = house.wait(house.storage.read(0, access.revocations))
    assert grant.sid in [each.subject for each in revoked if each.kind is Revoked.SESSION]


def test_what_is_told_twice_is_done_once(house: House, office: Office, owner: int) -> None:
    for _ in range(2):
        office.spend(owner, CODES[0].hash)
        assert office.tell()
    assert left(house) == 9


def test_what_is_refused_for_good_is_dropped_and_holds_up_nothing(house: House, office: Office, owner: int) -> None:
    office.spend(owner, b"nobody printed it")
    office.spend(owner, CODES[1].hash, 99)
    office.spend(owner, CODES[1].hash)
    assert office.tell()
    assert office.local.untold(10) == []
    assert left(house) == 9


def test_a_request_counts_once_unchanged_and_signed(house: House, office: Office, owner: int) -> None:
    office.spend(owner, CODES[0].hash)
    office.tell()
    body, signature = office.sent[0]
    other = body.replace(b'"number":1', b'"number":2')
    for strange in ((body, signature), (other, signature), (body, ""), (body, "Matjar a.b.c")):
        assert house.wait(house.post(PATH, *strange)).status_code == 401
    now = office.trust.now()
    late = authorization(office.trust.keyring.signing(now), PATH, now - 3 * MINUTE, body, mint_token())
    assert house.wait(house.post(PATH, body, late)).status_code == 401


def test_a_signature_without_a_nonce_or_for_another_path_is_none(house: House, office: Office) -> None:
    now = office.trust.now()
    key = office.trust.keyring.signing(now)
    for signature in (authorization(key, PATH, now, b"[]"), authorization(key, "/bundles", now, b"[]", mint_token())):
        assert house.wait(house.post(PATH, b"[]", signature)).status_code == 401


def test_a_surface_of_customers_tells_nothing(house: House, owner: int) -> None:
    storefront = Office(house, "storefront")
    storefront.spend(owner, CODES[0].hash)
    assert not storefront.tell()
    assert left(house) == 10
    storefront.local.close()


def test_a_surface_speaks_for_itself_alone(house: House, office: Office, owner: int) -> None:
    till = Office(house, "till")
    office.begin(owner)
    (told,) = office.local.untold(1)
    till.local.tell(told[1], 1 << 62)
    till.spend(owner, CODES[0].hash)
    assert till.tell()
    assert (places(house, owner), left(house)) == (["identity"], 10)
    till.local.close()


def test_what_is_no_report_is_not_read(house: House, office: Office) -> None:
    now = office.trust.now()
    for body in (b"{", b'[{"number":1,"report":{"type":"nothing"}}]'):
        signature = authorization(office.trust.keyring.signing(now), PATH, now, body, mint_token())
        answer: httpx.Response = house.wait(house.post(PATH, body, signature))
        assert answer.status_code == 422
        assert msgspec.json.decode(answer.content) == {"done": [], "refused": {}}


def test_reports_outlive_their_surface_and_what_is_over_is_forgotten(tmp_path: Path) -> None:
    local = Local(tmp_path / "local.sqlite")
    local.tell(b"spent", 1 << 62)
    local.tell(b"begun", 1_000)
    local.close()
    again = Local(tmp_path / "local.sqlite")
    assert [content for _, content in again.untold(10)] == [b"spent", b"begun"]
    again.sweep(2_000)
    assert [content for _, content in again.untold(10)] == [b"spent"]
    again.close()


def test_a_code_is_spent_and_told_of_in_one_breath_or_neither(tmp_path: Path) -> None:
    local = Local(tmp_path / "local.sqlite")
    with suppress(InterruptedError), local.together():
        local.spend("code", b"x", 1 << 62)
        local.tell(b"spent", 1 << 62)
        raise InterruptedError
    assert local.untold(10) == []
    assert local.spend("code", b"x", 1 << 62)
    local.close()

