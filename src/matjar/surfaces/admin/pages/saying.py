"""What was just done, in words: said once, above the next page."""

from collections.abc import Callable

from matjar.edge.languages import sentence
from matjar.surfaces.admin.pages.cookies import Done

SENTENCES = {
    "fulfilled": sentence("{name} is on its way."),
    "partly_fulfilled": sentence("A part of {name} is on its way."),
    "several_fulfilled": sentence("On their way: {names}."),
    "tracked": sentence("The tracking of {name} is saved."),
    "cancelled": sentence("{name} is cancelled."),
    "refunded": sentence("{amount} were given back for {name}."),
    "refunding": sentence("{amount} for {name} are on their way back; the gateway has yet to confirm it."),
    "refund_refused": sentence(
        "{amount} did not go back to the buyer of {name}. Give it back by another way, then mark it as given back."
    ),
    "given_back": sentence("{amount} were given back for {name}."),
    "credited": sentence("{name}: the buyer owes that much less."),
    "paid": sentence("{name} is paid."),
    "partly_paid": sentence("{amount} were taken down for {name}."),
    "captured": sentence("{amount} were taken for {name}."),
    "capturing": sentence("The gateway has yet to confirm the payment of {name}."),
    "voided": sentence("The money held for {name} was let go."),
    "put_away": sentence("{name} is put away."),
    "taken_out": sentence("{name} is open again."),
    "counted": sentence("{title}: {count} on the shelf at {location}."),
    "priced": sentence("{title} costs {price} from now on."),
    "task_done": sentence("The task is done."),
    "task_done_owing": sentence("The task is done; {name} goes on owing the buyer until it is marked as given back."),
    "task_open": sentence("The task is open again."),
    "payout_saved": sentence("The payout account is now {account}."),
    "signed_out": sentence("You are signed out."),
}

UNSETTLED = {"refunding", "refund_refused", "capturing", "task_done_owing"}
"""What was asked for, and is not done."""


def saying(done: Done, gettext: Callable[[str], str]) -> str:
    """The sentence; nothing for a word that is none of ours."""
    known = SENTENCES.get(done.what, "")
    try:
        return gettext(known).format_map(done.facts) if known else ""
    except KeyError:
        return ""
