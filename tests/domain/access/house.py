"""Identity's database as tests find it: a shop that has begun, and people who come into it."""

from collections.abc import Callable
from itertools import count
from typing import Any

from matjar.core.clock import now_ms
from matjar.core.ids import hash_token
from matjar.core.refusal import Refusal
from matjar.core.tx import SYSTEM, Actor
from matjar.domain import access
from matjar.storage.head import Engine, Head
from matjar.storage.tx import ShopTx

SHOP, OTHER = 7, 8
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SEALED = "sealed:SECRET"
OPENED = {"secret": SECRET, "stored": SEALED, "sealed": SEALED}
"""A secret of one-time codes, as the edge hands it over."""
_numbers = count(1)


class House:
    """One open transaction, seen from the house or from a shop, by whoever acts."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._heads: dict[int, Head] = {}
        self.now = now_ms()

    def at(self, shop_id: int, person_id: int = 0, proof: str = "passkey") -> ShopTx:
        """The transaction as this person has it there; 0: as the command line has it."""
        actor = Actor("staff", person_id, "192.0.2.7", proof) if person_id else SYSTEM
        head = self._heads.setdefault(shop_id, Head(shop_id))
        return ShopTx(self.engine, head, self.now, actor, "test")

    def home(self, person_id: int = 0) -> ShopTx:
        """The transaction as the house has it."""
        return self.at(0, person_id)

    def open_shop(self, shop_id: int, token: str = "") -> int:
        """Begin a shop; tells its owner."""
        token = token or f"owner-{shop_id}"
        handle, name = f"shop-{shop_id}", f"Shop {shop_id}"
        access.begin_shop(self.at(shop_id), handle=handle, name=name, language="en", token=token)
        return self.enter(shop_id, token)

    def enter(self, shop_id: int, token: str, email: str = "") -> int:
        """Somebody new comes into a shop by a link; tells who."""
        email = email or f"person-{next(_numbers)}@example.com"
        person_id = access.open_account(
            self.home(), of_shop_id=shop_id, token=token, email=email, name="Sara", language="en", password_hash="hash"
        )
        access.accept(self.at(shop_id, person_id), token=token)
        return person_id

    def employ(self, shop_id: int, by: int, role_id: str) -> int:
        """Somebody new comes into a shop by invitation; tells who."""
        email, token = f"person-{next(_numbers)}@example.com", f"invitation-{next(_numbers)}"
        access.invite(self.at(shop_id, by), email=email, role_id=role_id, token=token, language="en")
        return self.enter(shop_id, token, email)

    def letters(self) -> list[access.Mail]:
        """What is to be sent."""
        return access.due_mails(self.home())

    def deeds(self, shop_id: int) -> list[str]:
        """What was done, by its name."""
        return [entry.deed for entry in access.list_audit(self.at(shop_id))]


def refused(doing: Callable[..., Any], tx: ShopTx, **arguments: Any) -> str:
    """The code of the refusal that this ends in; what the refusal leaves is left. Empty: it was not refused."""
    try:
        doing(tx, **arguments)
    except Refusal as no:
        for trace in no.afterwards:
            trace(tx)
        return no.code
    return ""


def hashes(count: int, salt: str = "") -> tuple[bytes, ...]:
    """SHA-256 of so many codes."""
    return tuple(hash_token(f"{salt}-{number}") for number in range(count))
