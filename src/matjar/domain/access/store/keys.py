"""What opens a shop beside its people's own factors: printed codes, programs' tokens, tills."""

import msgspec

from matjar.core.tx import Reading, Tx
from matjar.domain.access.model.people import Code, Device, Token
from matjar.domain.access.model.staff import EnrolledDevice, MadeToken

_KNOWN_CODE = "SELECT 1 FROM printed_codes WHERE shop_id = :shop_id AND hash = :hash"
_PRINT = """
    INSERT INTO printed_codes (shop_id, hash, person_id, surface, printed_at, ended_at)
    VALUES (:shop_id, :hash, :person_id, :surface, :printed_at, NULL)
"""
_END_CODES = """
    UPDATE printed_codes SET ended_at = :now
    WHERE shop_id = :shop_id AND person_id = :person_id AND ended_at IS NULL
"""
_SPEND = """
    UPDATE printed_codes SET ended_at = :now WHERE shop_id = :shop_id AND hash = :hash AND ended_at IS NULL
"""
_CODE_OF = "SELECT person_id, surface FROM printed_codes WHERE shop_id = :shop_id AND hash = :hash"
_MAKE = """
    INSERT INTO api_tokens (shop_id, id, name, hash, scopes, made_by, created_at)
    VALUES (:shop_id, :id, :name, :hash, :scopes, :made_by, :created_at)
"""
_TOKENS = """
    SELECT id, name, scopes, made_by, created_at FROM api_tokens WHERE shop_id = :shop_id ORDER BY id LIMIT 1000
"""
_UNMAKE = "DELETE FROM api_tokens WHERE shop_id = :shop_id AND id = :id"
_ENROL = """
    INSERT INTO devices (shop_id, id, name, public_key, enrolled_by, enrolled_at)
    VALUES (:shop_id, :id, :name, :public_key, :enrolled_by, :enrolled_at)
"""
_KNOWN_DEVICE = "SELECT 1 FROM devices WHERE shop_id = :shop_id AND public_key = :public_key"
_DEVICES = """
    SELECT id, name, enrolled_by, enrolled_at FROM devices WHERE shop_id = :shop_id ORDER BY id LIMIT 1000
"""
_RENAME_DEVICE = "UPDATE devices SET name = :name WHERE shop_id = :shop_id AND id = :device_id"
_REMOVE_DEVICE = "DELETE FROM devices WHERE shop_id = :shop_id AND id = :id"

_encode = msgspec.json.Encoder().encode
_scopes = msgspec.json.Decoder(tuple[str, ...]).decode


def is_known_code(view: Reading, code_hash: bytes) -> bool:
    """Whether a code was ever printed for this shop."""
    return view.one(_KNOWN_CODE, hash=code_hash) is not None


def print_codes(tx: Tx, person_id: int, codes: tuple[Code, ...]) -> None:
    """New codes in the place of all that were left."""
    tx.run(_END_CODES, person_id=person_id, now=tx.now)
    rows = [
        {"hash": code.hash, "person_id": person_id, "surface": code.surface, "printed_at": tx.now} for code in codes
    ]
    tx.run_many(_PRINT, rows)


def end_codes(tx: Tx, person_id: int) -> None:
    """None of this person's codes opens anything any more."""
    tx.run(_END_CODES, person_id=person_id, now=tx.now)


def spend(tx: Tx, code_hash: bytes, at: int) -> bool:
    """A code was used; False: it was over before."""
    return tx.changed(_SPEND, hash=code_hash, now=at) > 0


def find_code(view: Reading, code_hash: bytes) -> tuple[int, str]:
    """Whose code it is, and of which surface; (0, ""): nobody's."""
    row = view.one(_CODE_OF, hash=code_hash)
    return (row[0], row[1]) if row else (0, "")


def make_token(tx: Tx, token: Token, made_by: int) -> None:
    """Write a token."""
    tx.run(
        _MAKE, id=token.id, name=token.name, hash=token.hash, scopes=_encode(token.scopes).decode(),
        made_by=made_by, created_at=tx.now,
    )  # fmt: skip


def list_tokens(view: Reading) -> list[MadeToken]:
    """The shop's tokens, the oldest first."""
    return [MadeToken(row[0], row[1], _scopes(row[2]), *row[3:]) for row in view.all(_TOKENS)]


def remove_token(tx: Tx, token_id: int) -> bool:
    """Take a token away; False: there is none."""
    return tx.changed(_UNMAKE, id=token_id) > 0


def enrol(tx: Tx, device: Device, enrolled_by: int) -> None:
    """Write a device."""
    tx.run(
        _ENROL, id=device.id, name=device.name, public_key=device.public_key, enrolled_by=enrolled_by,
        enrolled_at=tx.now,
    )  # fmt: skip


def is_known_device(view: Reading, public_key: bytes) -> bool:
    """Whether a device with this key is enrolled."""
    return view.one(_KNOWN_DEVICE, public_key=public_key) is not None


def list_devices(view: Reading) -> list[EnrolledDevice]:
    """The shop's devices, the oldest first."""
    return [EnrolledDevice(*row) for row in view.all(_DEVICES)]


def rename_device(tx: Tx, device_id: int, name: str) -> bool:
    """Give a device another name; False: there is none."""
    return tx.changed(_RENAME_DEVICE, device_id=device_id, name=name) > 0


def remove_device(tx: Tx, device_id: int) -> bool:
    """Take a device away; False: there is none."""
    return tx.changed(_REMOVE_DEVICE, id=device_id) > 0
