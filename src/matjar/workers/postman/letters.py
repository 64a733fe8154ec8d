"""A shop's letters, written: in the shop's name and colour, and in the language of whoever reads them."""

import msgspec

from matjar.domain.notices import Letter, Message, Notice
from matjar.domain.shops import Shop
from matjar.edge.colours import LIGHT_PAPER, ink_on, parse, readable
from matjar.edge.colours import text as written
from matjar.edge.languages import catalogue, direction, sentence
from matjar.edge.pages import LOOK, Templates, isolated


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
    Letter.FORGOTTEN: Wording(
        sentence("{shop} has forgotten you"),
        (
            sentence("Your account is gone, with your name, your addresses and your passkeys."),
            sentence("Only invoices that the law asks us to keep still name you. This is our last letter."),
        ),
    ),
}


def write(notice: Notice, shop: Shop) -> Message:
    """A letter as it leaves, as text and as HTML."""
    language, wording = notice.language or shop.languages[0], WORDINGS[notice.letter]
    say, name = catalogue(language).gettext, shop.settings.names.get(language, shop.name)
    facts = {key: isolated(fact) for key, fact in notice.facts.items()} | {"shop": isolated(name)}
    accent = readable(parse(shop.settings.accent), LIGHT_PAPER)
    subject = _plain(say(wording.subject).format_map(facts))
    told = {
        "subject": subject,
        "lines": [say(line).format_map(facts) for line in wording.lines],
        "code": notice.facts.get("code", ""),
        "button": say(wording.button) if wording.button else "",
        "url": notice.facts.get("link", ""),
        "sender": name,
        "accent": written(accent),
        "on_accent": written(ink_on(accent)),
        "language": language,
        "direction": direction(language),
    }
    return Message(
        key=f"shop-{notice.shop_id}-{notice.id}",
        address=notice.address,
        language=language,
        subject=subject,
        text=_TEMPLATES.render("letter.txt", language, **told).decode(),
        html=_TEMPLATES.render("letter.html", language, **told).decode(),
        sender_name=name,
        reply_to=shop.settings.email,
    )


_TEMPLATES = Templates(LOOK)


def _plain(text: str) -> str:
    """A line without marks of direction: subjects show them as boxes here and there."""
    return text.translate({0x2068: None, 0x2069: None})
