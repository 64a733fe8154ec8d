"""Signing in, where it costs: verifying a session, signing in by passkey, and how soon a revocation reaches a surface.

Sessions are verified one after another, in this process, a thousand different ones in turn; nothing is remembered of
the last time. *Raw* is the bare ES256 check of as many signatures, by OpenSSL, in slices between those of the other.

A sign-in is one request to the back office's process, from a passkey's answer to the session, one after another; what
the device takes is not counted. *Raw* is the same in this process, past HTTP: the answer verified, its challenge spent
durably, the session signed and noted.

One revocation is published into a folder that a surface follows, beside the bundles of a thousand shops. Two hundred
are told to identity's process at once, with everything that comes by the clock coming thirty times as often, and two
processes are asked over HTTP all the while who is in: from the first word to each one's refusal. *Raw* is until
identity has them all durably.
"""

import asyncio
import itertools
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from joserfc.util import urlsafe_b64decode

from benchmarks import signing_in
from benchmarks.figures import Figure, Pace, Run, of_runs
from benchmarks.machine import Meter
from matjar.core.clock import now_ms
from matjar.core.refusal import Refusal
from matjar.domain.access import BUILT_IN, Access, Member, Method
from matjar.edge.following import Folder, Follower
from matjar.edge.keyring import Keyring, list_public, load_root
from matjar.edge.sessions import Sessions
from matjar.edge.sharing import OPEN_KINDS
from matjar.edge.trust import Trust
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS, Keys, Revocations, Shelf
from matjar.resilience.bundles.publishing import publish

SESSIONS = 1_000
RUN_SECONDS = 4.0
SLICE = 50
SHOPS = 1_000
REVOKED_TIMES = 5
MOST_TIMES_RAW = 2
MOST_SECONDS = 5.0

_SHA256 = ec.ECDSA(hashes.SHA256())


async def measure(pace: Pace) -> AsyncIterator[Figure]:
    """How many bare checks a session takes, and seconds until a revoked one is refused."""
    with tempfile.TemporaryDirectory(prefix="matjar-sessions-") as home:
        house = _House(Path(home))
        runs = [_verify(house, pace.seconds(RUN_SECONDS)) for _ in range(pace.runs)]
        yield of_runs(
            "verifying", "a session, by bare ES256 checks", "×", runs, "times", most=MOST_TIMES_RAW,
            beside=("session µs", "bare µs"),
        )  # fmt: skip
        house.publish_shops(SHOPS if pace.runs > 1 else 10)
        revoked = [await _revoke(house) for _ in range(REVOKED_TIMES if pace.runs > 1 else 1)]
        yield of_runs("revoking", "until a surface refuses it", "s", revoked, "seconds", most=MOST_SECONDS)
    async for figure in signing_in.measure(pace):
        yield figure


class _House:
    """Identity's shelf, and an admin that follows it."""

    def __init__(self, home: Path) -> None:
        self.shelf = Shelf(home / "bundles")
        root, self.identity = load_root(home), Keyring(home, "identity")
        self.identity.signing(now_ms())
        publish(self.shelf, root, KEYS, 0, Keys(tuple(list_public(home))), now_ms=now_ms())
        self.revoke({})
        self.admin = Trust(home, "admin")
        self.admin.load()
        self.follower = Follower(self.admin, [Folder(self.shelf)], OPEN_KINDS | {ACCESS})
        self.sessions = Sessions("admin", self.admin.kept, lambda _: False)

    def revoke(self, sessions: dict[str, int]) -> None:
        key = self.identity.signing(now_ms())
        publish(self.shelf, key, REVOCATIONS, 0, Revocations(sessions=sessions), now_ms=now_ms())

    def publish_shops(self, count: int) -> None:
        key = self.identity.signing(now_ms())
        for shop_id in range(1, count + 1):
            members = (Member(shop_id, "Olfat", "o…@example.com", "owner"),)
            publish(self.shelf, key, ACCESS, shop_id, Access(shop_id, BUILT_IN, members), now_ms=now_ms())

    def cookies(self, count: int) -> list[str]:
        begin = self.admin.begin
        return [self.admin.sign(begin(person_id=each, shop_id=1, method=Method.PASSKEY)) for each in range(count)]


def _verify(house: _House, seconds: float) -> Run:
    cookies, now = house.cookies(SESSIONS), house.admin.now()
    key = house.admin.keyring.signing(now).public.verifying.public_key
    signed = [_parts(cookie) for cookie in cookies]
    turn, bare = itertools.cycle(cookies), itertools.cycle(signed)
    with Meter() as meter:
        session, check = _in_turn(
            (lambda: house.sessions.verify(next(turn), 1, now), lambda: key.verify(*next(bare), _SHA256)), seconds
        )
    return {
        "times": session / check, "session µs": session * 1e6, "bare µs": check * 1e6, "others": meter.others,
    }  # fmt: skip


def _in_turn(checks: Sequence[Callable[[], object]], seconds: float) -> list[float]:
    """Seconds that each takes once, measured in slices by turns, so that both meet the same machine."""
    taken, rounds = [0.0] * len(checks), 0
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        rounds += 1
        for number, check in enumerate(checks):
            began = time.perf_counter()
            for _ in range(SLICE):
                check()
            taken[number] += time.perf_counter() - began
    return [each / (rounds * SLICE) for each in taken]


def _parts(cookie: str) -> tuple[bytes, bytes]:
    """A cookie's signature as OpenSSL reads it, and what it signs."""
    signed, _, signature = cookie.rpartition(".")
    raw = urlsafe_b64decode(signature.encode())
    return encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:])), signed.encode()


async def _revoke(house: _House) -> Run:
    """From publishing a revocation until the session is refused, by a surface that follows as it always does."""
    following = asyncio.create_task(house.follower.run())
    cookie = house.cookies(1)[0]
    sid = house.sessions.verify(cookie, 1, house.admin.now()).sid
    await asyncio.sleep(1.0)
    with Meter() as meter:
        house.revoke({sid: now_ms() + 3_600_000})
        while _is_let_in(house, cookie):  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.005)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    return {"seconds": meter.seconds, "others": meter.others}


def _is_let_in(house: _House, cookie: str) -> bool:
    try:
        house.sessions.verify(cookie, 1, house.admin.now())
    except Refusal:
        return False
    return True
