"""Identity's own guard, asked on its real routes: it says what the table of rights says, which it shares with all."""

import re

import httpx
import pytest
from msgspec.structs import replace

from matjar.domain import access
from matjar.domain.access import BUILT_IN, OWNER, Method
from matjar.edge.framework import application
from matjar.surfaces.identity.pages import PAGES
from tests.edge import rights
from tests.surfaces.identity.house import ADDRESS, Browser, House
from tests.surfaces.identity.test_attacks import filled
from tests.workers.publisher.identity import SHOP

ASKED = {"passkey now": Method.PASSKEY, "since within": Method.PASSWORD}
"""Proofs of the table that identity can be shown: a printed code is for other surfaces."""
CODES = {rights.FORBIDDEN: "access.not_yours", rights.PROVE: "access.unproven"}


def hire(house: House, owner: int, role_id: str) -> int:
    """Somebody of this role, with a passkey; tells who."""
    email = f"{role_id}@example.com"
    house.do(access.invite, SHOP, owner)(email=email, role_id=role_id, token=role_id, language="en")
    person_id = house.do(access.open_account)(of_shop_id=SHOP, token=role_id, email=email, name=role_id, language="en")
    house.do(access.accept, SHOP, person_id)(token=role_id)
    house.do(access.add_passkey, by=person_id)(
        credential_id=role_id.encode(), public_key=b"key", name="Phone", sign_count=0, backed_up=True
    )
    return person_id


def cookie_of(house: House, person_id: int, proof: str) -> str:
    """A session of theirs, which identity knows of, as if begun with this proof."""
    told, method = rights.PROOFS[proof], ASKED[proof]
    grant = house.trust.begin(person_id=person_id, shop_id=0, method=method)
    house.do(access.begin_session, by=person_id)(
        sid=grant.sid, of_shop_id=0, surface="identity", method=method, browser="", browser_hash=b"x" * 32
    )
    shown = grant.began_at if told.passkey_at else 0
    return house.trust.sign(replace(grant, began_age_ms=told.began_age_ms, passkey_at=shown))


@pytest.mark.filterwarnings("ignore:.*Inferred")
@pytest.mark.parametrize("age", ["5 min", "more than an hour", "more than a day"])
def test_the_guard_says_what_the_table_says(house: House, sara: Browser, age: str) -> None:
    owner = house.wait(house.storage.read(SHOP, access.list_colleagues))[0].person_id
    people = {role.id: hire(house, owner, role.id) for role in BUILT_IN if role.id != OWNER} | {OWNER: owner}
    house.do(access.add_passkey, by=owner)(
        credential_id=b"owner", public_key=b"key", name="Phone", sign_count=0, backed_up=True
    )
    house.hear()
    house.now += rights.AGES[age] or 0
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=house.app), base_url=ADDRESS)
    cookies = {(role, proof): cookie_of(house, person, proof) for role, person in people.items() for proof in ASKED}
    for cell in rights.table(application([PAGES], None)):
        if cell.age != age or cell.proof not in ASKED or cell.action in ("public", "self.sign_out"):
            continue
        headers = {"cookie": f"__Host-identity={cookies[cell.role, cell.proof]}", "accept": "application/json"}
        answer = house.wait(client.request(cell.method, filled(cell.path), headers=headers))
        said = re.search(r'"code":"((?:access\.(?:not_yours|unproven|read_only|not_now)|session\.)[^"]*)"', answer.text)
        code = said[1] if said else ""
        if cell.answer == rights.AWAY:
            assert code in ("access.read_only", "access.not_now"), (cell, answer.text[:300])
        else:
            assert code == CODES.get(cell.answer, ""), (cell, answer.text[:300])
