"""What happens to a shop's money beside its orders."""

from matjar.core.tx import Event


class PayoutAccountNamed(Event, tag="payout_account_named", frozen=True):
    """The shop's money is paid out to another account from now on."""

    account_id: int
