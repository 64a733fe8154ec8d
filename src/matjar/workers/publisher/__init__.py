"""The publisher: makes of identity's database the signed bundles that every surface decides by.

It runs inside identity's process. Promise: what identity decides is out within seconds; what it has once revoked stays
revoked, and whom it has once known stays known, also when its database is lost and begins again.
"""

from matjar.workers.publisher.press import Press
from matjar.workers.publisher.rounds import Publisher

__all__ = ["Press", "Publisher"]
