"""Bank transfer: the buyer sends the money, and the order waits for it."""

from matjar.adapters.gateways.deferred import Deferred


class BankTransfer(Deferred):
    """The buyer pays from a bank account, with the order's number as the purpose."""

    name = "bank_transfer"
