"""The postman: writes the letters that shops owe, in the reader's language, and takes them to the mail server.

Promise: a letter goes out within a second or two, those about orders come from the feed and none is lost or owed twice,
a shop's letters never wait for another's, and what the mail server does not take now is brought again.
"""

from matjar.workers.postman.caller import Caller
from matjar.workers.postman.clerk import Clerk
from matjar.workers.postman.matters import Links
from matjar.workers.postman.rounds import Postman

__all__ = ["Caller", "Clerk", "Links", "Postman"]
