"""Letters about orders: what was bought, what is in the parcel, what goes back, and where all that can be looked up."""

import re
from collections.abc import Iterator

import msgspec

from matjar.core.address import Address
from matjar.domain.invoices import Invoice
from matjar.domain.notices import Letter, Message, Notice
from matjar.domain.orders import Tracking
from matjar.domain.shops import Shop
from matjar.edge.languages import catalogue, sentence
from matjar.edge.letters import lay_out, plain
from matjar.edge.pages import isolated
from matjar.edge.reader import Reader
from matjar.edge.regions import region_name
from matjar.workers.postman.letters import TEMPLATES, from_shop, sender_of
from matjar.workers.postman.matters import Links, Matter, Unpaid

SUBJECTS = {
    Letter.ORDER_CONFIRMED: sentence("Thank you for your order {order} at {shop}"),
    Letter.ORDER_PAID: sentence("Your payment for order {order} has arrived"),
    Letter.PARCEL_SENT: sentence("Your order {order} is on its way"),
    Letter.ORDER_CANCELLED: sentence("Your order {order} was cancelled"),
    Letter.REFUNDED: sentence("You get {amount} back for your order {order}"),
}
_PARTLY_SENT = sentence("A part of your order {order} is on its way")
_PAID = sentence("Your payment is in order. We write again when your parcel leaves.")
_CASH = sentence("You pay {due} in cash when your order arrives.")
_TRANSFER = sentence("We send your order as soon as your transfer is here.")
_FREE = sentence("There is nothing to pay. We write again when your parcel leaves.")
_RECEIVED = sentence("We have received {paid}. We write again when your parcel leaves.")
_RECEIVED_AFTERWARDS = sentence("We have received {paid}. Thank you.")
_REST = sentence("The rest follows, and we write again when it leaves.")
_NOTHING_MORE = sentence("We will send nothing more of it.")
_COMES_BACK = sentence("What you have paid for it comes back to you. We write again when it is on its way.")
_NOT_OWED = sentence("You owe nothing for it any more.")
_TO_CARD = sentence("The money goes to the card that you paid with. Some banks take up to ten days to show it.")
_BY_HAND = sentence("You paid outside our shop, so we give it back to you ourselves. Questions? Answer this letter.")

_UNPAID = sentence("Your payment at {shop} did not go through")
_NOT_CHARGED = sentence("Nothing was ordered, and you are not charged: what your bank may show comes back by itself.")
_WAITS = sentence("What you had chosen waits until {day} in the browser that you chose it in.")
_AGAIN = sentence("Try again")

_LINK_LIKE = re.compile(r"(?<=\w)([.:/])(?=[\w/])")


class Row(msgspec.Struct, frozen=True):
    """So many of an article, and what they cost; nothing where the letter is not about money."""

    title: str
    choice: str
    quantity: int
    amount: str = ""


class Sum(msgspec.Struct, frozen=True):
    """A line of the sums; the total stands out."""

    term: str
    amount: str
    is_total: bool = False


class Paper(msgspec.Struct, frozen=True):
    """An invoice or a credit note, and where it is."""

    invoice: Invoice
    url: str


class Writer:
    """One letter about one order."""

    def __init__(self, notice: Notice, shop: Shop, matter: Matter, links: Links) -> None:
        self._notice, self._shop, self._matter, self._links = notice, shop, matter, links
        self._dossier, self._order = matter.dossier, matter.dossier.order
        self._language = shop.language_for(self._order.language)
        self._reader = Reader.of(shop, self._language)
        self._say = catalogue(self._language).gettext
        part = int(notice.facts.get("part", "0"))
        self._parcel = next((each for each in self._dossier.fulfilments if each.id == part), None)
        self._refund = next((each for each in self._dossier.refunds if each.id == part), None)

    def write(self) -> Message:
        """The letter as it leaves, as text and as HTML."""
        order, shop, links = self._order, self._shop, self._links
        sender = sender_of(shop, self._language)
        facts = {
            "order": isolated(order.name),
            "shop": isolated(sender.name),
            "amount": self._money(self._refund.amount_minor if self._refund else 0),
            "due": self._money(order.due_minor),
            "paid": self._money(order.paid_minor),
        }
        letter = lay_out(
            key=f"shop-{shop.id}-{self._notice.id}",
            address=order.contact.email,
            language=self._language,
            sender=sender,
            subject=plain(self._say(self._subject()).format_map(facts)),
            lines=[self._say(line).format_map(facts) for line in self._lines()],
            button=self._say(_SEE),
            url=links.order(shop, self._matter.hosts, self._language, order.checkout_id),
            form="order-letter",
            forms=TEMPLATES,
            more=self._more(),
        )
        return from_shop(shop, letter)

    def _subject(self) -> str:
        return _PARTLY_SENT if self._parcel and self._rest() else SUBJECTS[self._notice.letter]

    def _lines(self) -> Iterator[str]:
        """What stands at the top, in a sentence or two."""
        order, owes = self._order, self._order.due_minor > 0
        match self._notice.letter:
            case Letter.ORDER_CONFIRMED if not owes or order.gateway not in _OUTSIDE:
                yield _PAID if order.total_minor else _FREE
            case Letter.ORDER_CONFIRMED:
                yield _TRANSFER if order.gateway == "bank_transfer" else _CASH
            case Letter.ORDER_PAID:
                yield _RECEIVED if self._rest() else _RECEIVED_AFTERWARDS
            case Letter.PARCEL_SENT:
                if owes and order.gateway == "cash_on_delivery":
                    yield _CASH
                if self._rest():
                    yield _REST
            case Letter.ORDER_CANCELLED:
                yield _NOTHING_MORE
                yield _COMES_BACK if order.paid_minor > order.refunded_minor else _NOT_OWED
            case Letter.REFUNDED:
                yield _BY_HAND if self._refund and self._refund.gateway in _OUTSIDE else _TO_CARD
            case _:
                raise AssertionError(self._notice.letter)

    def _more(self) -> dict[str, object]:
        """What the letter's form shows below."""
        order, contact, letter = self._order, self._order.contact, self._notice.letter
        whole = letter in (Letter.ORDER_CONFIRMED, Letter.ORDER_PAID)
        transfer = order.gateway == "bank_transfer" and order.due_minor > 0 and letter is Letter.ORDER_CONFIRMED
        return {
            "reader": self._reader,
            "order": order,
            "rows": self._rows(),
            "rest": self._rest() if self._parcel else [],
            "sums": self._sums() if whole else self._given_back(),
            "transfer": self._shop.settings.bank_details.strip() if transfer else "",
            "due": self._money(order.due_minor),
            "tracking": self._tracking(),
            "delivery": order.particulars.delivery_in(self._language),
            "to": self._address(contact.shipping) if letter in _WITH_ADDRESS else [],
            "bill_to": self._address(contact.billing) if whole and contact.billing != contact.shipping else [],
            "papers": [self._paper(each) for each in self._dossier.invoices if self._belongs(each)],
            "shop": self._shop,
        }

    def _rows(self) -> list[Row]:
        """The articles that the letter is about: of the whole order, of a parcel, or of a refund."""
        order = self._order
        pieces: list[tuple[int, int, int | None]] = [
            (line.id, line.quantity, line.unit_price_minor * line.quantity) for line in order.lines
        ]
        if self._parcel:
            pieces = [(piece.line_item_id, piece.quantity, None) for piece in self._parcel.lines]
        if self._refund:
            credited = self._refund.credit.lines
            pieces = [(each.line_item_id, each.quantity, each.total_minor) for each in credited]
        if self._notice.letter is Letter.ORDER_CANCELLED:
            pieces = [(line.id, line.cancelled, None) for line in order.lines if line.cancelled]
        return [self._row(*piece) for piece in pieces]

    def _rest(self) -> list[Row]:
        """What is still to be sent."""
        return [self._row(line.id, line.unsent, None) for line in self._order.lines if line.unsent]

    def _row(self, line_item_id: int, quantity: int, amount_minor: int | None) -> Row:
        goods = self._matter.goods[line_item_id]
        return Row(goods.title, goods.choice, quantity, "" if amount_minor is None else self._money(amount_minor))

    def _sums(self) -> list[Sum]:
        """The order's sums, as the checkout showed them; the total stands last, or before the taxes that are in it."""
        order, agreed, say = self._order, self._order.particulars, self._say
        sums = [Sum(say("Subtotal"), self._money(order.subtotal_minor))]
        if order.discount_minor:
            code = isolated(agreed.discount_code)
            sums.append(Sum(f"{say('Discount')} {code}", self._money(-order.discount_minor)))
        if delivery := agreed.delivery_in(self._language):
            free = say("Free") if not order.delivery_minor else self._money(order.delivery_minor)
            sums.append(Sum(delivery, free))
        total = Sum(say("Total"), self._money(order.total_minor), is_total=True)
        return [*sums, total, *self._taxes(_OF_WHICH)] if agreed.inclusive else [*sums, *self._taxes(_TAX), total]

    def _taxes(self, words: str) -> Iterator[Sum]:
        sums: dict[tuple[str, int], int] = {}
        order = self._order
        for due in (*(line.taxes for line in order.lines), order.particulars.delivery_taxes):
            for tax in due:
                sums[tax.name, tax.rate_ppm] = sums.get((tax.name, tax.rate_ppm), 0) + tax.amount_minor
        for (name, rate_ppm), amount_minor in sums.items():
            rate = isolated(self._reader.percent(rate_ppm))
            yield Sum(self._say(words).format(name=self._say(name), rate=rate), self._money(amount_minor))

    def _given_back(self) -> list[Sum]:
        """The sums of a refund."""
        refund = self._refund
        if refund is None:
            return []
        sums = [Sum(self._say("Delivery"), self._money(refund.credit.delivery_minor))]
        total = Sum(self._say("Refunded"), self._money(refund.amount_minor), is_total=True)
        return [*sums, total] if refund.credit.delivery_minor else [total]

    def _belongs(self, paper: Invoice) -> bool:
        """Whether a paper is of this letter: the credit note of a refund, else the order's invoice."""
        return paper.refund_id == (self._refund.id if self._refund else None)

    def _paper(self, paper: Invoice) -> Paper:
        return Paper(paper, self._links.paper(self._shop, self._matter.hosts, self._language, paper.name))

    def _tracking(self) -> Tracking | None:
        """How the parcel is followed; what is no address of a page leads nowhere."""
        tracking = self._parcel.tracking if self._parcel else None
        if tracking is None or tracking.url.startswith(("https://", "http://")):
            return tracking
        return msgspec.structs.replace(tracking, url="")

    def _address(self, address: Address) -> list[str]:
        """An address line by line. The buyer has typed it: no mail program is to make a link of it."""
        place = " ".join(filter(None, (address.city, address.postal_code)))
        typed = (address.name, address.company, address.line1, address.line2, place)
        country = self._reader.country_name(address.country) if address.country else ""
        region = region_name(address.country, address.region)
        if region != address.region:
            region = self._say(region)
            country = self._say(_REGION).format(region=region, country=country)
        return [*(harmless(text) for text in (*typed, country) if text)]

    def _money(self, amount_minor: int) -> str:
        return self._reader.money(amount_minor, self._order.currency)


_SEE = sentence("See your order")
_REGION = sentence("{region}, {country}")
_OF_WHICH = sentence("Of which {name} {rate}")
_TAX = sentence("{name} {rate}")
_OUTSIDE = ("bank_transfer", "cash_on_delivery")
_WITH_ADDRESS = (Letter.ORDER_CONFIRMED, Letter.ORDER_PAID, Letter.PARCEL_SENT)


def write_unpaid(notice: Notice, shop: Shop, found: Unpaid, links: Links) -> Message:
    """The letter about a payment that came to nothing."""
    unpaid = found.checkout
    language = shop.language_for(unpaid.language)
    say, sender = catalogue(language).gettext, sender_of(shop, language)
    until = Reader.of(shop, language).day(unpaid.expires_at)
    letter = lay_out(
        key=f"shop-{shop.id}-{notice.id}",
        address=unpaid.details.email,
        language=language,
        sender=sender,
        subject=plain(say(_UNPAID).format(shop=isolated(sender.name))),
        lines=[say(_NOT_CHARGED), say(_WAITS).format(day=until)],
        button=say(_AGAIN),
        url=links.unpaid(shop, found.hosts, language, unpaid.id),
    )
    return from_shop(shop, letter)


def harmless(text: str) -> str:
    """What a stranger typed, in one line, and with nothing in it that a mail program would make a link of.

    Whoever orders with somebody else's e-mail address could otherwise have the shop carry an advertisement to them.
    """
    return _LINK_LIKE.sub("\\1\u200b", " ".join(text.split()))
