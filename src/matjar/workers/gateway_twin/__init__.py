"""The gateway twin: our own test gateway, a process of its own, over HTTP, with its own book.

Promise: what it answered is in its book, which survives SIGKILL; the same key never charges twice; and it can be told
to be slow, to fail, to be down, or to lose its answer after it charged. It knows nothing of the platform but `core`.
"""

from matjar.workers.gateway_twin.process import serve

__all__ = ["serve"]
