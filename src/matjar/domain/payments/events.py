"""What happens to a shop's money beside its orders."""

from matjar.core.tx import Event


class PayoutAccountNamed(Event, tag="payout_account_named", frozen=True):
    """The shop's money is paid out to another account from now on."""

    account_id: int


class PaymentFailed(Event, tag="payment_failed", frozen=True):
    """A checkout's charge came to nothing: declined, let go, or never made."""

    checkout_id: int
