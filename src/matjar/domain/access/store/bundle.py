"""What goes into a shop's access bundle, read in a handful of statements however many people the shop has."""

from collections import defaultdict

import msgspec

from matjar.core.tx import Reading
from matjar.domain.access.model.people import Access, Code, Device, Member, Passkey, Token
from matjar.domain.access.rules.people import hint_of
from matjar.domain.access.store.factors import passkey

_MEMBERS = """
    SELECT m.person_id, p.name, COALESCE(p.email, ''), m.role_id, m.suspended_at, m.not_before, p.not_before
    FROM members m JOIN people p ON p.shop_id = 0 AND p.id = m.person_id
    WHERE m.shop_id = :shop_id ORDER BY m.person_id LIMIT 1000
"""
_PASSKEYS = """
    SELECT m.person_id, k.id, k.public_key, k.name, k.sign_count, k.backed_up, k.created_at
    FROM members m JOIN passkeys k ON k.shop_id = 0 AND k.person_id = m.person_id
    WHERE m.shop_id = :shop_id ORDER BY k.created_at, k.id LIMIT 20000
"""
_CODES = """
    SELECT person_id, hash, surface FROM printed_codes
    WHERE shop_id = :shop_id AND ended_at IS NULL ORDER BY surface, hash LIMIT 10000
"""
_TOKENS = "SELECT id, hash, scopes, name FROM api_tokens WHERE shop_id = :shop_id ORDER BY id LIMIT 1000"
_DEVICES = "SELECT id, name, public_key FROM devices WHERE shop_id = :shop_id ORDER BY id LIMIT 1000"

_scopes = msgspec.json.Decoder(tuple[str, ...]).decode


def load(view: Reading) -> Access:
    """The shop's people, programs and tills; of roles, none."""
    passkeys: dict[int, list[Passkey]] = defaultdict(list)
    for person_id, *columns in view.all(_PASSKEYS):
        passkeys[person_id].append(passkey(tuple(columns)))
    codes: dict[int, list[Code]] = defaultdict(list)
    for person_id, code_hash, surface in view.all(_CODES):
        codes[person_id].append(Code(bytes(code_hash), surface))
    members = tuple(
        Member(
            person_id, name, hint_of(email), role_id, tuple(passkeys[person_id]), tuple(codes[person_id]),
            suspended=suspended_at is not None, not_before=max(not_before, not_before_anywhere),
        )
        for person_id, name, email, role_id, suspended_at, not_before, not_before_anywhere in view.all(_MEMBERS)
    )  # fmt: skip
    tokens = tuple(Token(row[0], bytes(row[1]), _scopes(row[2]), row[3]) for row in view.all(_TOKENS))
    devices = tuple(Device(row[0], row[1], bytes(row[2])) for row in view.all(_DEVICES))
    return Access(view.shop_id, (), members, tokens, devices)
