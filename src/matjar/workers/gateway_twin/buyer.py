"""The buyer's door: a form that turns a test card into a token, and the page where a challenged charge is approved."""

import hmac

import msgspec

from matjar.core.refusal import Refusal
from matjar.workers.gateway_twin import charges, pages
from matjar.workers.gateway_twin.book import Book
from matjar.workers.gateway_twin.cards import mint_token, read_token
from matjar.workers.gateway_twin.charges import Charge, State
from matjar.workers.gateway_twin.hosts import check_address
from matjar.workers.gateway_twin.outcomes import seal
from matjar.workers.gateway_twin.webhooks import Courier
from matjar.workers.gateway_twin.wire import UNKNOWN, Answer, Call

_read_fields = msgspec.json.Decoder(dict[str, str]).decode


class BuyerDoor:
    """What a buyer does at the gateway itself; nothing here needs JavaScript."""

    def __init__(self, book: Book, courier: Courier, secret: str, allowed_hosts: frozenset[str]) -> None:
        self._book = book
        self._courier = courier
        self._secret = secret
        self._allowed_hosts = allowed_hosts

    async def ask_to_approve(self, call: Call) -> Answer:
        """The page of a challenged charge; one that is decided sends the buyer back."""
        charge = self._find_sealed(call)
        if charge.state is not State.CHALLENGED:
            return pages.send_back(charge.ask.return_url, call)
        return pages.ask_to_approve(charge, call)

    async def hear(self, call: Call) -> Answer:
        """Take the buyer's decision, tell the shop, and send the buyer back to it."""
        before = self._find_sealed(call)
        after = charges.answer_challenge(before, approved=call.form.get("decision") == "approve")
        if after is not before:
            self._book.write("challenge", after)
            self._courier.tell(after)
        return pages.send_back(after.ask.return_url, call)

    async def ask_for_card(self, call: Call) -> Answer:
        """The card form; refuses ``twin.bad_address`` for a return address that is not allowed."""
        return_url = call.query.get("return_url", "")
        check_address(return_url, self._allowed_hosts)
        return pages.ask_for_card(return_url, call)

    async def take_card_form(self, call: Call) -> Answer:
        """Send the buyer back with ``token=…`` added to the return address; a wrong number gets the form again."""
        form = call.form
        return_url = form.get("return_url", "")
        check_address(return_url, self._allowed_hosts)
        try:
            token = mint_token(form.get("number", ""))
        except Refusal:
            return pages.ask_for_card(return_url, call, wrong=True)
        return pages.send_back(pages.add_token(return_url, token), call)

    async def take_card(self, call: Call) -> Answer:
        """A token for ``{"number": …}``, for programs; refuses ``twin.not_a_test_card``."""
        token = mint_token(_read_fields(call.body).get("number", ""))
        return Answer(msgspec.json.encode({"token": token, "card_fingerprint": read_token(token)[1]}))

    def _find_sealed(self, call: Call) -> Charge:
        charge = self._book.charges.get(call.path[1])
        sealed = seal(self._secret, call.path[1])
        if charge is None or not hmac.compare_digest(call.query.get("seal", "").encode(), sealed.encode()):
            raise UNKNOWN()
        return charge
