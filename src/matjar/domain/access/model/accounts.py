"""What identity alone knows of a person: a person works in any number of shops, and is one and the same in all."""

from enum import StrEnum

import msgspec

from matjar.core.refusal import Kind, declare

NOBODY = declare("access.nobody", Kind.NOT_FOUND, "There is no such person.")
BAD_EMAIL = declare("access.bad_email", Kind.INVALID, "{email} is not an e-mail address.")
NO_NAME = declare("access.no_name", Kind.INVALID, "Please give a name.")
BAD_NAME = declare("access.bad_name", Kind.INVALID, "Please give a name of {most} characters at most.")
EMAIL_TAKEN = declare("access.email_taken", Kind.CONFLICT, "Somebody signs in with {email} already.")
WRONG_CODE = declare("access.wrong_code", Kind.INVALID, "This code is not right, or it was used already.")
LINK_GONE = declare("access.link_gone", Kind.NOT_FOUND, "This link was used already, or its time is over.")
TOO_SOON = declare("access.too_soon", Kind.CONFLICT, "This waits until somebody who knows better could have said no.")
PASSKEY_KNOWN = declare("access.passkey_known", Kind.CONFLICT, "This passkey is known already.")
NO_PASSKEY = declare("access.no_passkey", Kind.NOT_FOUND, "There is no such passkey.")
TOO_MANY_PASSKEYS = declare("access.too_many_passkeys", Kind.CONFLICT, "{most} passkeys are enough for one person.")
OUTSIDE_TAKEN = declare("access.outside_taken", Kind.CONFLICT, "This account signs in somebody else already.")
STILL_MEMBER = declare("access.still_member", Kind.CONFLICT, "First leave the shops that you work in.")


class Purpose(StrEnum):
    """What a letter's token is for."""

    RESET = "reset"
    """Set a new password."""
    EMAIL = "email"
    """Confirm the address that the letter went to, and take it from then on."""
    SIGN_IN = "sign_in"
    """The second step of signing in, for people without one-time codes of their own."""


class Credentials(msgspec.Struct, frozen=True):
    """What a password is held against. ``has_totp``: the second step is their own code, else one by mail."""

    person_id: int
    password_hash: str
    has_totp: bool


class Account(msgspec.Struct, frozen=True):
    """A person as their own pages show them. ``email`` is empty once they are forgotten."""

    id: int
    email: str
    email_confirmed_at: int | None
    name: str
    language: str
    has_password: bool
    has_totp: bool
    recovery_codes: int
    """How many are left."""
    passkeys: int
    recovery_due_at: int | None
    """Somebody says that they have lost everything, and at this moment may start anew; None: nobody does."""
    created_at: int


class Person(msgspec.Struct, frozen=True):
    """A person's row; never leaves identity's process."""

    id: int
    email: str | None
    email_confirmed_at: int | None
    name: str
    language: str
    password_hash: str | None
    totp_secret: str | None
    totp_step: int
    not_before: int
    created_at: int


class Letter(msgspec.Struct, frozen=True):
    """What was mailed to be handed back: for whom, for what, and to which address it went."""

    purpose: Purpose
    person_id: int
    email: str
    expires_at: int


class OutsideAccount(msgspec.Struct, frozen=True):
    """An account with an OpenID Connect provider; the pair of both is one person for ever (OIDC Core, 5.7)."""

    issuer: str
    subject: str
