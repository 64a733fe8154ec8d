"""What identity leans on, and what it does while that is away: docs and drills are made from this list."""

from matjar.edge.needs import Need

NEEDS = (
    Need(
        "database",
        "accounts, roles, invitations, signing in by password",
        "says so; nobody signs in or changes anything here, and every other surface goes on",
    ),
    Need(
        "mail",
        "invitations, codes and links by letter",
        "letters wait, for up to a day; who has an app for codes, or a passkey, signs in all the same",
    ),
    Need(
        "heartbeat",
        "telling every surface what is revoked",
        "what changes power is refused here too; what was revoked meanwhile counts elsewhere until it is heard of",
    ),
)
