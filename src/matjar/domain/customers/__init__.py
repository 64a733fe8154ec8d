"""Customers: who bought here, how to reach them, and, where they wish, an account.

Promise: one person is one customer by e-mail, whatever its letters' case; whoever reads the mail there, or holds a
passkey of theirs, is that person, and nobody else is asked; and one who asks to be forgotten leaves an id behind, and
nothing else.
"""

from matjar.domain.customers.events import CustomerChanged, CustomerCreated, CustomerErased
from matjar.domain.customers.model import NOT_FOUND, Account, Consent, Customer, CustomerPasskey, SavedAddress
from matjar.domain.customers.operations.buying import upsert
from matjar.domain.customers.operations.entering import (
    ask_for_code,
    ask_for_move,
    enter_by_code,
    enter_by_link,
    enter_by_passkey,
    move,
    sign_out_everywhere,
)
from matjar.domain.customers.operations.erasing import erase, sweep
from matjar.domain.customers.operations.keys import add_passkey, remove_passkey, rename_passkey
from matjar.domain.customers.operations.telling import (
    change_address,
    describe,
    keep_address,
    put_first,
    remove_address,
    stop_news,
    tell_news,
)
from matjar.domain.customers.queries import (
    find,
    find_account,
    find_asked,
    find_asked_move,
    list_addresses,
    list_consents,
    list_customers,
    list_passkeys,
    load,
    load_account,
    load_address,
    load_passkey,
)

COMMANDS = (
    upsert, ask_for_code, enter_by_code, enter_by_link, enter_by_passkey, sign_out_everywhere, describe, keep_address,
    change_address, put_first, remove_address, add_passkey, rename_passkey, remove_passkey, ask_for_move, move, erase,
    stop_news, tell_news, sweep,
)  # fmt: skip

__all__ = [
    "COMMANDS", "NOT_FOUND", "Account", "Consent", "Customer", "CustomerChanged", "CustomerCreated", "CustomerErased",
    "CustomerPasskey", "SavedAddress", "add_passkey", "ask_for_code", "ask_for_move", "change_address", "describe",
    "enter_by_code", "enter_by_link", "enter_by_passkey", "erase", "find", "find_account", "find_asked",
    "find_asked_move", "keep_address", "list_addresses", "list_consents", "list_customers", "list_passkeys", "load",
    "load_account", "load_address", "load_passkey", "move", "put_first", "remove_address", "remove_passkey",
    "rename_passkey", "sign_out_everywhere", "stop_news", "sweep", "tell_news", "upsert",
]  # fmt: skip
