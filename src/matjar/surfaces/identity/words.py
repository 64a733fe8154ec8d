"""What our own names for things are called in front of people."""

from matjar.domain import access
from matjar.edge.languages import catalogue, sentence

ROLES = {
    "owner": sentence("Owner"),
    "manager": sentence("Manager"),
    "fulfilment": sentence("Fulfilment"),
    "cashier": sentence("Cashier"),
    "developer": sentence("Developer"),
}
"""The roles that every shop has. Others are called as their maker called them."""

SURFACES = {
    "admin": sentence("Back office"),
    "till": sentence("Till"),
    "api": sentence("API"),
    "identity": sentence("My account"),
}

METHODS = {
    access.Method.PASSKEY: sentence("Passkey"),
    access.Method.PASSWORD: sentence("Password and one-time code"),
    access.Method.EMAIL_CODE: sentence("Password and a code by e-mail"),
    access.Method.LINK: sentence("Invitation"),
    access.Method.BREAK_GLASS: sentence("Printed code"),
    access.Method.OUTSIDE: sentence("Another provider"),
}

FACTORS = {
    "passkey_added": sentence("A passkey was added."),
    "passkey_removed": sentence("A passkey was removed."),
    "totp_set": sentence("An app for one-time codes was set up."),
    "totp_dropped": sentence("The app for one-time codes was removed."),
    "codes_made": sentence("New recovery codes were made. The earlier ones do not work any more."),
    "codes_printed": sentence("New emergency codes were printed. The earlier ones do not work any more."),
    "code_used": sentence("A printed emergency code was used."),
    "outside_linked": sentence("Signing in by another provider was allowed."),
    "outside_unlinked": sentence("Signing in by another provider was ended."),
}
"""What happened to the ways in which a person proves who they are."""


def role_name(role_id: str, own: str, language: str) -> str:
    """What a role is called; ``own`` is its name in the shop."""
    return catalogue(language).gettext(ROLES[role_id]) if role_id in ROLES else own


DONE = {
    "saved": sentence("Saved."),
    "sent": sentence("We have sent you a letter. Follow the link in it."),
    "confirmed": sentence("Your address is confirmed."),
    "password": sentence("Your password has changed. Other browsers were signed out."),
    "reset": sentence("Your password has changed. Sign in with the new one."),
    "passkey": sentence("The passkey was added. From now on you sign in with it."),
    "renamed": sentence("Renamed."),
    "removed": sentence("Removed."),
    "totp": sentence("From now on your app's codes are asked for when you sign in by password."),
    "totp-off": sentence("The app's codes are not asked for any more."),
    "signed-out": sentence("You are signed out."),
    "sent-code": sentence("We have sent you another code. Look for the newest letter."),
    "ended": sentence("That session has ended."),
    "invited": sentence("The invitation is on its way."),
    "withdrawn": sentence("Withdrawn."),
    "suspended": sentence("Suspended: they are signed out within a minute or two."),
    "resumed": sentence("They can sign in again."),
    "left": sentence("You do not work there any more."),
    "handed": sentence("The shop has a new owner. You are a manager now."),
    "linked": sentence("From now on you can sign in by that provider."),
    "unlinked": sentence("That provider does not sign you in any more."),
    "kept": sentence("Good: nothing changes."),
    "started-anew": sentence("Your old passkeys and codes are gone. Set up new ones now."),
}
"""What was done, by the word that the address carries after a form."""
