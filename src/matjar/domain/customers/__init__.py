"""Customers: who bought here, and how to reach them.

Promise: one person is one customer by e-mail, whatever its letters' case; and one who asks to be forgotten leaves an
id behind, and nothing else.
"""

from matjar.domain.customers.events import CustomerChanged, CustomerCreated, CustomerErased
from matjar.domain.customers.model import Customer
from matjar.domain.customers.operations import erase, upsert
from matjar.domain.customers.queries import find, list_customers, load

COMMANDS = (upsert, erase)

__all__ = [
    "COMMANDS",
    "Customer",
    "CustomerChanged",
    "CustomerCreated",
    "CustomerErased",
    "erase",
    "find",
    "list_customers",
    "load",
    "upsert",
]
