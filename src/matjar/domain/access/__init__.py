"""Access: who works in a shop, how they prove who they are, and what they may do while parts of the house are away.

Promise: nothing is switched on in an emergency. Each decision is made from what is at hand and how old it is, and
ageing only takes rights away.
"""

from matjar.domain.access.model import actions
from matjar.domain.access.model.people import (
    BUILT_IN,
    OWNER,
    Access,
    Code,
    Device,
    Member,
    Passkey,
    Role,
    Token,
)
from matjar.domain.access.model.rights import (
    Action,
    Allowed,
    Class,
    Method,
    NeedsProof,
    Proof,
    Reason,
    Refused,
    Verdict,
    Way,
)
from matjar.domain.access.rules.rights import holds, is_fresh, is_present, may

__all__ = [
    "BUILT_IN",
    "OWNER",
    "Access",
    "Action",
    "Allowed",
    "Class",
    "Code",
    "Device",
    "Member",
    "Method",
    "NeedsProof",
    "Passkey",
    "Proof",
    "Reason",
    "Refused",
    "Role",
    "Token",
    "Verdict",
    "Way",
    "actions",
    "holds",
    "is_fresh",
    "is_present",
    "may",
]
