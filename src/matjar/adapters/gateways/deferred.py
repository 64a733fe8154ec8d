"""Ways to pay that no provider stands behind: the money changes hands outside, and a person of the shop says when."""

from matjar.domain.payments.ports import BAD_SIGNATURE, Charge, Message, Outcome, State


class Deferred:
    """Answers at once and calls nobody, so it is never away. Its reference is the charge's own key."""

    name: str

    async def fingerprint(self, token: str) -> str:  # noqa: ARG002
        """There is no card."""
        return ""

    async def charge(self, charge: Charge) -> Outcome:
        """The buyer owes the amount."""
        return Outcome(State.DEFERRED, charge.key, charge.amount_minor)

    async def find(self, key: str, reference: str) -> Outcome | None:
        """A debt needs nobody's agreement, so any charge that was meant is made."""
        return Outcome(State.DEFERRED, reference or key)

    async def capture(self, reference: str, amount_minor: int, key: str) -> Outcome:  # noqa: ARG002
        """A person of the shop has received the money."""
        return Outcome(State.CAPTURED, reference, amount_minor)

    async def void(self, reference: str, key: str) -> Outcome:  # noqa: ARG002
        """The buyer owes nothing any more."""
        return Outcome(State.VOIDED, reference)

    async def refund(self, reference: str, amount_minor: int, currency: str, key: str) -> bool:  # noqa: ARG002
        """A person of the shop gives the money back; there is no one who could refuse."""
        return True

    def read_message(self, headers: dict[str, str], body: bytes) -> Message | None:  # noqa: ARG002
        """Nobody sends any, so whatever comes is forged."""
        raise BAD_SIGNATURE(gateway=self.name)

    async def close(self) -> None:
        """Nothing is open."""
