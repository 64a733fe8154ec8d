"""A shop's letters, written: in the shop's name and colour, and in the language of whoever reads them."""

from collections.abc import Sequence

import msgspec

from matjar.domain.notices import Letter, Message, Notice
from matjar.domain.shops import Shop
from matjar.edge.colours import LIGHT_PAPER, ink_on, parse, readable
from matjar.edge.colours import text as written
from matjar.edge.languages import catalogue, sentence
from matjar.edge.letters import Sender, lay_out, plain
from matjar.edge.pages import Templates, isolated
from matjar.workers.postman.matters import Links


class Wording(msgspec.Struct, frozen=True):
    """What a letter says; facts stand in braces, and ``shop`` is one of every letter."""

    subject: str
    lines: tuple[str, ...]
    button: str = ""


_NOT_ME = sentence("If this was not you, sign in and remove what you do not know.")

WORDINGS = {
    Letter.SIGN_IN: Wording(
        sentence("{code} is your code for {shop}"),
        (
            sentence("Enter it where you are signing in, or use the button. Both are good for ten minutes, and once."),
            sentence("If you are not signing in just now, leave this letter alone, and tell nobody the code."),
        ),
        sentence("Sign in"),
    ),
    Letter.PASSKEY_ADDED: Wording(
        sentence("A passkey was added to your account at {shop}"),
        (sentence("It is called {name}. From now on it signs you in."), _NOT_ME),
    ),
    Letter.PASSKEY_REMOVED: Wording(
        sentence("A passkey was removed from your account at {shop}"),
        (sentence("It was called {name}, and does not sign you in any more."), _NOT_ME),
    ),
    Letter.MOVING: Wording(
        sentence("{code} is your code for your new address at {shop}"),
        (
            sentence("Enter it where you asked for it. It is good for ten minutes, and once."),
            sentence("If you did not ask for it, leave this letter alone, and tell nobody the code."),
        ),
    ),
    Letter.ADDRESS_TAKEN: Wording(
        sentence("This address is known at {shop} already"),
        (
            sentence("Somebody asked to use it for an account of theirs. It belongs to you, so nothing was changed."),
            sentence("If that was you, sign in with this address: what you bought with it is there."),
        ),
    ),
    Letter.MOVED: Wording(
        sentence("Your account at {shop} has another address"),
        (
            sentence("Letters and codes go there from now on, and this address does not sign you in any more."),
            sentence("If this was not you, tell us at once: answer this letter."),
        ),
    ),
    Letter.FORGOTTEN: Wording(
        sentence("{shop} has forgotten you"),
        (
            sentence("Your account is gone, with your name, your addresses and your passkeys."),
            sentence("Only invoices that the law asks us to keep still name you. This is our last letter."),
        ),
    ),
}

MESSAGE = sentence("{name} writes to {shop}")
BACK = Wording(
    sentence("{product} is back at {shop}"),
    (sentence("You wanted to be told. It can be bought again, as long as there is some."),),
    sentence("To the product"),
)
_WHY_BACK = sentence("You get this one letter because somebody gave us this address to be told.")
_NO_MORE_WAITING = sentence("I do not wait for anything any more")
_NO_MORE_NEWS = sentence("I want no more news")
_WHY = sentence("You get this because you asked {shop} to tell you about news and offers.")
TEMPLATES = Templates("matjar.workers.postman")
"""The forms of letters that show more than a few lines."""


def write(notice: Notice, shop: Shop) -> Message:
    """A letter as it leaves, as text and as HTML."""
    language, wording = notice.language or shop.languages[0], WORDINGS[notice.letter]
    say, sender = catalogue(language).gettext, sender_of(shop, language)
    facts = {key: isolated(fact) for key, fact in notice.facts.items()} | {"shop": isolated(sender.name)}
    letter = lay_out(
        key=f"shop-{notice.shop_id}-{notice.id}",
        address=notice.address,
        language=language,
        sender=sender,
        subject=plain(say(wording.subject).format_map(facts)),
        lines=[say(line).format_map(facts) for line in wording.lines],
        code=notice.facts.get("code", ""),
        button=say(wording.button) if wording.button else "",
        url=notice.facts.get("link", ""),
    )
    return from_shop(shop, letter)


def write_message(notice: Notice, shop: Shop) -> Message:
    """What somebody writes to the shop; the answer goes to them."""
    say, sender, facts = catalogue(notice.language).gettext, sender_of(shop, notice.language), notice.facts
    who = facts["name"] or facts["email"]
    letter = lay_out(
        key=f"shop-{shop.id}-{notice.id}",
        address=notice.address,
        language=notice.language,
        sender=sender,
        subject=say(MESSAGE).format(name=who, shop=sender.name),
        lines=[isolated(line) for line in (f"{who} <{facts['email']}>", *facts["text"].splitlines()) if line.strip()],
    )
    return msgspec.structs.replace(from_shop(shop, letter), reply_to=facts["email"])


def write_back(notice: Notice, shop: Shop) -> Message:
    """To somebody who waited for something; its headers say how to wait no more (RFC 2369, RFC 8058)."""
    language = shop.language_for(notice.language)
    say, sender, facts = catalogue(language).gettext, sender_of(shop, language), notice.facts
    told = {"product": isolated(facts["product"]), "shop": isolated(sender.name)}
    letter = lay_out(
        key=f"shop-{shop.id}-{notice.id}",
        address=notice.address,
        language=language,
        sender=sender,
        subject=plain(say(BACK.subject).format_map(told)),
        lines=[say(line) for line in BACK.lines],
        button=say(BACK.button),
        url=facts["link"],
        form="news-letter",
        forms=TEMPLATES,
        more={"why": say(_WHY_BACK), "way_out": facts["leave"], "way_out_name": say(_NO_MORE_WAITING)},
    )
    return from_shop(shop, letter, unsubscribe_url=facts["leave"])


def write_news(notice: Notice, shop: Shop, hosts: Sequence[str], links: Links) -> Message:
    """A letter to somebody who agreed to be told; its headers say how to stop more of them (RFC 2369, RFC 8058)."""
    language = shop.language_for(notice.language)
    say, sender = catalogue(language).gettext, sender_of(shop, language)
    url = links.no_more_news(shop, hosts, language, int(notice.facts["customer"]))
    letter = lay_out(
        key=f"shop-{shop.id}-{notice.id}",
        address=notice.address,
        language=language,
        sender=sender,
        subject=notice.facts["subject"],
        lines=[line for line in notice.facts["text"].splitlines() if line.strip()],
        form="news-letter",
        forms=TEMPLATES,
        more={"why": say(_WHY).format(shop=sender.name), "way_out": url, "way_out_name": say(_NO_MORE_NEWS)},
    )
    return from_shop(shop, letter, unsubscribe_url=url)


def sender_of(shop: Shop, language: str) -> Sender:
    """The shop, as whoever its letters come from."""
    accent = readable(parse(shop.settings.accent), LIGHT_PAPER)
    return Sender(shop.name_in(language), written(accent), written(ink_on(accent)))


def from_shop(shop: Shop, letter: Message, *, unsubscribe_url: str = "") -> Message:
    """A letter that comes in the shop's name, as its reader knows it, and is answered to the shop."""
    name = shop.name_in(letter.language)
    return msgspec.structs.replace(
        letter, sender_name=name, reply_to=shop.settings.email, unsubscribe_url=unsubscribe_url
    )
