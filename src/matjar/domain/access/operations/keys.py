"""What opens a shop beside its people's own factors: printed codes, programs' tokens, tills."""

from matjar.core.limits import DEVICE_REVOKED_MS, DEVICES_PER_SHOP, PRINTED_CODES, TOKENS_PER_SHOP
from matjar.core.tx import Tx
from matjar.domain.access import events
from matjar.domain.access.model import actions
from matjar.domain.access.model import staff as nouns
from matjar.domain.access.model.mails import Template
from matjar.domain.access.model.people import Code, Device, Token
from matjar.domain.access.model.sessions import Revocation, Revoked
from matjar.domain.access.operations.acting import post, require
from matjar.domain.access.queries.shop import load_colleague
from matjar.domain.access.rules.people import check_permissions, clean_name, reaches
from matjar.domain.access.store import audit, keys, sessions, staff


def print_codes(tx: Tx, *, codes: tuple[Code, ...]) -> None:
    """Ten break-glass codes for whoever acts, each for one surface; those printed earlier open nothing any more.

    A code that was ever printed is refused, ``access.code_known``: none that was spent or replaced comes back.
    """
    require(tx, actions.SELF_FACTORS)
    colleague = load_colleague(tx, person_id=tx.actor.person_id)
    if len({code.hash for code in codes}) != PRINTED_CODES or len(codes) != PRINTED_CODES:
        raise nouns.BAD_CODES(count=PRINTED_CODES)
    if any(keys.is_known_code(tx, code.hash) for code in codes):
        raise nouns.CODE_KNOWN()
    keys.print_codes(tx, colleague.person_id, codes)
    audit.note(tx, "codes_printed", subject=colleague.person_id)
    post(tx, Template.FACTORS_CHANGED, colleague, facts={"what": "codes_printed"})
    tx.emit(events.AccessChanged())


def note_spent(tx: Tx, *, code_hash: bytes, surface: str, spent_at: int = 0) -> None:
    """Take down that a surface let somebody in by a printed code of its own, as often as it tells it.

    ``spent_at`` is when, milliseconds UTC; 0: it did not say. The person hears of it. Refuses ``access.no_code`` for
    one that was never printed for that surface, or for another than who came in by it.
    """
    person_id, opens = keys.find_code(tx, code_hash)
    if opens != surface or tx.actor.person_id not in {0, person_id}:
        raise nouns.NO_CODE()
    at = min(spent_at, tx.now) or tx.now
    if not keys.spend(tx, code_hash, at):
        return
    audit.note(tx, "code_spent", subject=person_id, after=surface, at=at)
    colleague = staff.find_colleague(tx, person_id)
    if colleague is not None:
        post(tx, Template.FACTORS_CHANGED, colleague, facts={"what": "code_used"})
    tx.emit(events.AccessChanged())


def make_token(tx: Tx, *, name: str, scopes: tuple[str, ...], token_hash: bytes) -> int:
    """A token for a program, of 256 random bits, shown once and known here by its SHA-256; tells its id.

    Scopes are permissions, none of which is beyond the actor's own.
    """
    mine, scopes = require(tx, actions.TOKENS_WRITE), check_permissions(scopes)
    if not reaches(mine, scopes):
        raise nouns.BEYOND_YOURS()
    if len(keys.list_tokens(tx)) >= TOKENS_PER_SHOP:
        raise nouns.TOO_MANY(most=TOKENS_PER_SHOP)
    token = Token(tx.new_id(), token_hash, scopes, clean_name(name))
    keys.make_token(tx, token, tx.actor.person_id)
    audit.note(tx, "token_made", subject=token.id, after=",".join(scopes))
    tx.emit(events.AccessChanged())
    return token.id


def withdraw_token(tx: Tx, *, token_id: int) -> None:
    """The token opens nothing any more. Refuses ``access.no_token``."""
    require(tx, actions.TOKENS_WRITE)
    if not keys.remove_token(tx, token_id):
        raise nouns.NO_TOKEN()
    audit.note(tx, "token_withdrawn", subject=token_id)
    tx.emit(events.AccessChanged())


def enrol_device(tx: Tx, *, name: str, public_key: bytes) -> int:
    """A till that may sign for this shop from now on; tells its id. Refuses ``access.device_known``."""
    require(tx, actions.DEVICES_WRITE)
    if keys.is_known_device(tx, public_key):
        raise nouns.DEVICE_KNOWN()
    if len(keys.list_devices(tx)) >= DEVICES_PER_SHOP:
        raise nouns.TOO_MANY(most=DEVICES_PER_SHOP)
    device = Device(tx.new_id(), clean_name(name), public_key)
    keys.enrol(tx, device, tx.actor.person_id)
    audit.note(tx, "device_enrolled", subject=device.id)
    tx.emit(events.AccessChanged())
    return device.id


def rename_device(tx: Tx, *, device_id: int, name: str) -> None:
    """Call a till something else. Refuses ``access.no_device``."""
    require(tx, actions.DEVICES_WRITE)
    if not keys.rename_device(tx, device_id, clean_name(name)):
        raise nouns.NO_DEVICE()
    tx.emit(events.AccessChanged())


def withdraw_device(tx: Tx, *, device_id: int) -> None:
    """A till that was lost, or is not wanted; every surface hears of it. Refuses ``access.no_device``."""
    require(tx, actions.DEVICES_WRITE)
    if not keys.remove_device(tx, device_id):
        raise nouns.NO_DEVICE()
    revocation = Revocation(Revoked.DEVICE, f"{tx.shop_id}:{device_id}", 0, tx.now + DEVICE_REVOKED_MS)
    sessions.revoke(tx, revocation)
    audit.note(tx, "device_withdrawn", subject=device_id)
    tx.emit(events.AccessChanged())
    tx.emit(events.Revoked())
