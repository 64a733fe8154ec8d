"""Letters, written: from a row of ours to a text that somebody likes to get, in their language."""

from datetime import UTC, datetime

import msgspec
from babel.dates import format_datetime

from matjar.core.clock import SECOND
from matjar.domain.access.model.mails import Mail, Template
from matjar.domain.notices import Message
from matjar.edge.languages import catalogue, sentence
from matjar.edge.letters import Sender, lay_out
from matjar.edge.pages import isolated
from matjar.surfaces.identity import words


class Letter(msgspec.Struct, frozen=True):
    """A kind of letter; facts stand in braces. ``path`` is where its button leads, below identity's address."""

    subject: str
    lines: tuple[str, ...]
    button: str = ""
    path: str = ""


_SENDER = Sender("Matjar", accent="#1f6f5c", on_accent="#ffffff")
_UNWANTED = sentence("If you did not ask for this, you can leave this letter alone: nothing changes.")
_ALARM = sentence("If this was not you, sign in, sign out everywhere, and tell the owner of your shop.")

LETTERS = {
    Template.INVITATION: Letter(
        sentence("Your invitation to {shop}"),
        (
            sentence("{by} invites you to work in {shop} as: {role}."),
            sentence("The invitation is good for seven days, once, and for you alone."),
        ),
        sentence("Accept the invitation"),
        "/join/{handle}/{token}",
    ),
    Template.RESET: Letter(
        sentence("A new password"),
        (sentence("Here you choose a new password. The link is good for half an hour, and once."), _UNWANTED),
        sentence("Choose a new password"),
        "/reset/{token}",
    ),
    Template.CONFIRM: Letter(
        sentence("Confirm your e-mail address"),
        (sentence("Please confirm that this is your address. The link is good for one day."), _UNWANTED),
        sentence("Confirm the address"),
        "/confirm/{token}",
    ),
    Template.CODE: Letter(
        sentence("Your code: {token}"),
        (
            sentence("Enter this code where you are signing in. It is good for ten minutes."),
            sentence("Nobody of ours ever asks for it. If you are not signing in just now, change your password."),
        ),
    ),
    Template.ADDRESS_CHANGING: Letter(
        sentence("Your address is about to change"),
        (sentence("Somebody asked to sign in with {hint} rather than with this address."), _ALARM),
        sentence("Look at my account"),
        "/account",
    ),
    Template.ADDRESS_CHANGED: Letter(
        sentence("Your address has changed"),
        (sentence("From now on you sign in with {hint}. This address does not open your account any more."), _ALARM),
    ),
    Template.PASSWORD_CHANGED: Letter(
        sentence("Your password has changed"),
        (sentence("Your password was changed just now. Other browsers were signed out."), _ALARM),
        sentence("Look at my account"),
        "/account",
    ),
    Template.FACTORS_CHANGED: Letter(
        sentence("How you sign in has changed"), ("{what}", _ALARM), sentence("Look at my account"), "/account"
    ),
    Template.NEW_BROWSER: Letter(
        sentence("You signed in on a new device"),
        (sentence("{browser}, from {address}, on {at}."), _ALARM),
        sentence("See where I am signed in"),
        "/account/sessions",
    ),
    Template.RECOVERY_ASKED: Letter(
        sentence("Somebody says that they have lost your keys"),
        (
            sentence("Somebody who knows your password says that they have lost what proves them."),
            sentence("On {due_at} they may start anew. If that is not you, sign in before then and say no."),
        ),
        sentence("Say no"),
        "/account",
    ),
    Template.RECOVERED: Letter(
        sentence("Your account starts anew"),
        (sentence("Your passkeys and one-time codes were removed, and new ones can be set up."), _ALARM),
    ),
    Template.WELCOME: Letter(
        sentence("Welcome to {shop}"),
        (
            sentence("You work in {shop} now, as: {role}."),
            sentence("Add a passkey first: with it you get in on any day, also when parts of the platform are away."),
        ),
        sentence("Add a passkey"),
        "/account/passkeys",
    ),
    Template.MEMBER_LEFT: Letter(
        sentence("You do not work in {shop} any more"),
        (sentence("Your access to {shop} has ended. If that surprises you, ask its owner."),),
    ),
}


class Writer:
    """Writes letters with links to ``address``, where identity's pages are."""

    def __init__(self, address: str) -> None:
        self._address = address

    def write(self, mail: Mail) -> Message:
        """A letter as it leaves, as text and as HTML."""
        say, form = catalogue(mail.language).gettext, LETTERS[mail.template]
        facts = self._facts(mail)
        lines = [say(line).format_map(facts) for line in form.lines]
        path = form.path.format_map(mail.facts | {"token": mail.token})
        return lay_out(
            key=f"identity-{mail.shop_id}-{mail.id}",
            address=mail.address,
            language=mail.language,
            sender=_SENDER,
            subject=say(form.subject).format_map(facts),
            lines=lines,
            code=mail.token if mail.template is Template.CODE else "",
            button=say(form.button) if form.button else "",
            url=self._address + path if path else "",
        )

    def _facts(self, mail: Mail) -> dict[str, str]:
        say = catalogue(mail.language).gettext
        facts = {name: isolated(fact) for name, fact in mail.facts.items()} | {"token": mail.token}
        if "role" in mail.facts:
            role_id = mail.facts.get("role_id", "")
            facts["role"] = isolated(words.role_name(role_id, mail.facts["role"], mail.language))
        if "what" in mail.facts:
            facts["what"] = say(words.FACTORS[mail.facts["what"]])
        if "by" in mail.facts and not mail.facts["by"]:
            facts["by"] = "Matjar"
        for name in ("at", "due_at"):
            if name in mail.facts:
                facts[name] = isolated(_moment(int(mail.facts[name]), mail.language))
        return facts


def _moment(at: int, language: str) -> str:
    return f"{format_datetime(datetime.fromtimestamp(at / SECOND, UTC), 'long', locale=language)}"
