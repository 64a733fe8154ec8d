"""Coming in at this surface, with nobody else's help: by passkey, by printed code, or with what identity has signed."""

import asyncio
import hmac
from typing import Any

from litestar import Response

from matjar.core.clock import DAY, HOUR
from matjar.core.ids import hash_token
from matjar.core.refusal import Kind, Refusal, declare
from matjar.domain.access import Method, Passkey
from matjar.domain.attempts import Limit
from matjar.domain.audit import Entry
from matjar.edge import codes, reporting
from matjar.edge.passkeys import Ceremony, Used, credential_id
from matjar.edge.sessions import Grant, as_cookie, cookie_name
from matjar.edge.visit import Visit
from matjar.surfaces.admin.parts import Parts

UNKNOWN_KEY = declare(
    "admin.unknown_passkey", Kind.FORBIDDEN, "This passkey does not open this shop. Try another, or sign in otherwise."
)
UNKNOWN_CODE = declare(
    "admin.unknown_code", Kind.FORBIDDEN, "This code does not open the back office, or it was used before."
)
LOST_WAY = declare(
    "admin.lost_way", Kind.INVALID, "This sign-in was begun elsewhere, or too long ago. Please try again."
)

TRIES = 30
"""Passkeys and codes that fail from one address in an hour: a family of slips, and no way to guess 128 bits."""
CODE_SPENT_MS = 3_650 * DAY
"""A printed code stays spent for as long as anybody could find the sheet."""

KNOWN_SECONDS, KNOWN_LOOKS = 5.0, 25
"""How long, and how often, somebody is looked for whom identity has just signed in: bundles come every two seconds."""


def ceremony(parts: Parts, visit: Visit, purpose: str, person_id: int = 0) -> Ceremony:
    """What a challenge of this visit is good for."""
    return Ceremony(parts.address, visit.shop.id, purpose, person_id)


def by_passkey(parts: Parts, visit: Visit, answer: str) -> Grant:
    """Somebody shows a passkey; refuses ``admin.unknown_passkey``, ``passkeys.…``, ``attempts.too_many``."""
    limits, now = _limits(visit), parts.trust.now()
    parts.local.check(limits, now)
    try:
        person_id, passkey = _find_passkey(parts, visit, answer)
        asked = ceremony(parts, visit, "sign-in")
        used = parts.passkeys.check_used(asked, answer, passkey.public_key, passkey.sign_count, now)
    except Refusal:
        parts.local.count(limits, now)
        raise
    grant = parts.trust.begin(person_id=person_id, shop_id=visit.shop.id, method=Method.PASSKEY, passkey_at=now)
    return _noted(parts, visit, grant, used)


def proven(parts: Parts, visit: Visit, grant: Grant, answer: str) -> Grant:
    """The same session, after its person has shown their passkey again; refuses as ``by_passkey`` does."""
    limits, now = _limits(visit), parts.trust.now()
    parts.local.check(limits, now)
    try:
        person_id, passkey = _find_passkey(parts, visit, answer)
        if person_id != grant.person_id:
            raise UNKNOWN_KEY()
        asked = ceremony(parts, visit, "proof", person_id)
        used = parts.passkeys.check_used(asked, answer, passkey.public_key, passkey.sign_count, now)
    except Refusal:
        parts.local.count(limits, now)
        raise
    return _noted(parts, visit, grant.proven(now), used)


def by_code(parts: Parts, visit: Visit, typed: str) -> Grant:
    """Somebody types a printed code: spent before anything is signed. Refuses ``admin.unknown_code``.

    This shares nothing with passkeys, so that an error in one leaves the other.
    """
    limits, now = _limits(visit), parts.trust.now()
    parts.local.check(limits, now)
    code_hash = hash_token(codes.fold(typed))
    member = parts.trust.people.load(visit.shop.id).find_by_code(code_hash, parts.trust.surface)
    if member is None or not _spend(parts, visit, member.person_id, code_hash, now):
        parts.local.count(limits, now)
        raise UNKNOWN_CODE()
    return parts.trust.begin(person_id=member.person_id, shop_id=visit.shop.id, method=Method.BREAK_GLASS)


def by_identity(parts: Parts, visit: Visit, value: str, state: str, expected: str) -> Grant:
    """Identity has signed a grant for here; ``expected`` is what this browser left with. Refuses ``session.…``."""
    if not expected or not hmac.compare_digest(state.encode(), expected.encode()):
        raise LOST_WAY()
    return parts.guard.sessions.verify(value, visit.shop.id, parts.trust.now())


async def wait_until_known(parts: Parts, grant: Grant) -> None:
    """Somebody who has joined just now is told of within seconds; before that, they would be nobody here."""
    for _ in range(KNOWN_LOOKS):
        if _is_known(parts, grant):
            return
        await asyncio.sleep(KNOWN_SECONDS / KNOWN_LOOKS)


def let_in(response: Response[Any], parts: Parts, grant: Grant, value: str = "") -> Response[Any]:
    """Give the browser its session; ``value`` where somebody else signed it."""
    now = parts.trust.now()
    parts.local.see(grant.sid, now, grant.ends_at)
    response.cookies.append(as_cookie(grant, value or parts.trust.sign(grant), now))
    return response


def let_out(response: Response[Any], parts: Parts, shop_id: int, grant: Grant | None) -> Response[Any]:
    """End a session here, whatever its cookie says, and everywhere as soon as identity hears of it."""
    if grant is not None:
        with parts.local.together():
            parts.local.sign_out(grant.sid, grant.ends_at)
            reporting.tell_ended(parts.local, grant, parts.trust.now())
    name = cookie_name(parts.trust.surface, shop_id)
    response.set_cookie(name, "", path="/", max_age=0, secure=True, httponly=True, samesite="lax")
    return response


def _is_known(parts: Parts, grant: Grant) -> bool:
    try:
        return parts.trust.people.load(grant.shop_id).find(grant.person_id) is not None
    except Refusal:
        return False


def _noted(parts: Parts, visit: Visit, grant: Grant, used: Used) -> Grant:
    """The grant; and an entry in the shop's book where its passkey counted backwards, since it may have been copied."""
    if used.regressed:
        number, method = parts.trust.people.load(visit.shop.id).number, grant.method.value
        entry = Entry(
            parts.trust.now(), grant.person_id, grant.sid, "self.passkey_regressed", "", method, grant.passkey_at,
            visit.address, access_number=number, age_ms=parts.trust.age_ms(),
        )  # fmt: skip
        parts.audit.write(visit.shop.id, entry)
    return grant


def _spend(parts: Parts, visit: Visit, person_id: int, code_hash: bytes, now: int) -> bool:
    """Spend a printed code, for good, and let identity hear of it; False: it was spent before."""
    with parts.local.together():
        if not parts.local.spend("code", code_hash, now + CODE_SPENT_MS):
            return False
        reporting.tell_spent(parts.local, visit.shop.id, person_id, code_hash, now, visit.address)
    return True


def _find_passkey(parts: Parts, visit: Visit, answer: str) -> tuple[int, Passkey]:
    wanted = credential_id(answer)
    member = parts.trust.people.load(visit.shop.id).find_by_passkey(wanted)
    if member is None:
        raise UNKNOWN_KEY()
    return member.person_id, next(each for each in member.passkeys if each.id == wanted)


def _limits(visit: Visit) -> list[Limit]:
    return [Limit("admin.enter", f"address:{visit.address}", TRIES, HOUR)]
