"""Whatever happens to the messages, to identity and to the clocks: nobody is locked out, and nothing comes back.

Hypothesis makes up the schedules: keys turn, and bundles that leave the old ones out; messages are lost, doubled and
reordered; identity is restored from a backup; clocks are an hour off, each way; surfaces restart; strangers forge.
"""

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from matjar.core.clock import DAY, HOUR, MINUTE
from matjar.core.refusal import Refusal
from matjar.domain.access import BUILT_IN, Access, Method
from matjar.edge.sessions import Grant, Sessions, mint
from matjar.edge.trust import Trust
from matjar.resilience.bundles import ACCESS, KEYS, REVOCATIONS, Bundle, Keys, Moment, Revocations, SigningKey
from matjar.resilience.bundles.publishing import make
from matjar.resilience.bundles.signing import Use, sign
from tests.edge.crew import MEMBERS, OWNER, SHOP
from tests.resilience.bundles.makers import LIFE, NOW, ROOT_KEY, key

POOL = [key("identity", f"identity {number}", not_after=NOW + LIFE) for number in range(8)]
STRANGER = key("identity", "a stranger's")
clocks = st.integers(-HOUR, HOUR)


@dataclass
class Identity:
    """What identity knows; a backup is a copy of it."""

    numbers: dict[str, int] = field(default_factory=dict)
    current: int = 0
    told: tuple[int, ...] = (0,)
    """The keys that its keys bundle names."""
    revoked_keys: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)

    def copy(self) -> "Identity":
        return replace(
            self, numbers=dict(self.numbers), revoked_keys=dict(self.revoked_keys), sessions=dict(self.sessions)
        )

    def key(self) -> SigningKey:
        return POOL[self.current]

    def publish(self, kind: str, content: msgspec.Struct, now: int) -> Bundle:
        signer = ROOT_KEY if kind == KEYS else self.key()
        files = {f"{kind}.json": msgspec.json.encode(content)}
        shop_id = SHOP if kind == ACCESS else 0
        bundle = make(signer, kind, shop_id, files, previous=self.numbers.get(kind, 0), now_ms=now)
        self.numbers[kind] = bundle.manifest.number
        return bundle


class Schedules(RuleBasedStateMachine):
    """One surface, one identity, and what lies between them."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="matjar-"))
        self.after_ms = self.fast_ms = self.maker_fast_ms = 0
        self.identity, self.backup = Identity(), Identity()
        self.published: list[Bundle] = []
        self.known: dict[str, int] = {}
        self.revoked: set[str] = set()
        self.ended: set[tuple[str, int, str]] = set()
        """Sessions, until when that is worth knowing, and whose key said so."""
        self.newest: dict[tuple[str, int], Bundle] = {}
        self.heard_at: int | None = None
        self.grants: list[tuple[Grant, str]] = []

    def teardown(self) -> None:
        shutil.rmtree(self.home)

    def clock(self) -> Moment:
        return Moment(NOW + self.after_ms + self.fast_ms, 7_000_000 + self.after_ms)

    def makers_time(self) -> int:
        return NOW + self.after_ms + self.maker_fast_ms

    # What happens -----------------------------------------------------------------------------------------------------

    @initialize()
    def everything_is_well(self) -> None:
        self.restart()
        for publish in (self.publish_keys, self.publish_access, self.beat):
            publish()
            self.deliver(self.published[-1])

    @rule()
    def restart(self) -> None:
        self.surface = Trust(self.home, "admin", ROOT_KEY.public.jwk, clock=self.clock)
        assert self.surface.load() == []

    @rule(pause=st.sampled_from([MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, 2 * DAY]))
    def time_goes_by(self, pause: int) -> None:
        self.after_ms += pause

    @rule(fast=clocks, maker_fast=clocks)
    def clocks_go_wrong(self, fast: int, maker_fast: int) -> None:
        self.fast_ms, self.maker_fast_ms = fast, maker_fast

    @rule(forgets=st.booleans())
    def the_key_turns(self, forgets: bool) -> None:
        """To the next one; a bad rotation names it alone, and everybody else is left out."""
        following = self.identity.current + 1
        if following < len(POOL):
            self.identity.current = following
            self.identity.told = (following,) if forgets else (*self.identity.told, following)
            self.publish_keys()

    @precondition(lambda self: self.identity.current > 0)
    @rule()
    def an_old_key_is_revoked(self) -> None:
        kid = POOL[self.identity.current - 1].public.kid
        self.identity.revoked_keys[kid] = NOW + LIFE
        self.publish_keys()

    @rule()
    def publish_keys(self) -> None:
        keys = Keys(tuple(POOL[each].public for each in self.identity.told), dict(self.identity.revoked_keys))
        self.published.append(self.identity.publish(KEYS, keys, self.makers_time()))

    @rule()
    def publish_access(self) -> None:
        content = Access(SHOP, BUILT_IN, MEMBERS)
        self.published.append(self.identity.publish(ACCESS, content, self.makers_time()))

    @rule()
    def beat(self) -> None:
        told = Revocations(sessions=dict(self.identity.sessions))
        self.published.append(self.identity.publish(REVOCATIONS, told, self.makers_time()))

    @precondition(lambda self: self.grants)
    @rule()
    def a_session_is_revoked(self) -> None:
        grant, _ = self.grants[-1]
        self.identity.sessions[grant.sid] = NOW + self.after_ms + DAY
        self.beat()

    @rule()
    def identity_is_backed_up(self) -> None:
        self.backup = self.identity.copy()

    @rule()
    def identity_is_restored(self) -> None:
        self.identity = self.backup.copy()

    @rule(data=st.data())
    def a_message_arrives(self, data: st.DataObject) -> None:
        """Any that was ever sent: late, twice, out of order; others never do."""
        self.deliver(data.draw(st.sampled_from(self.published[-12:])))

    @rule(data=st.data(), how=st.sampled_from(["cut", "changed", "forged", "another's files"]))
    def a_stranger_sends_one(self, data: st.DataObject, how: str) -> None:
        bundle = data.draw(st.sampled_from(self.published[-12:]))
        manifest = msgspec.structs.replace(bundle.manifest, number=bundle.manifest.number + 1)
        payload = msgspec.json.encode(manifest)
        token, files = {
            "cut": (bundle.token[: len(bundle.token) // 2], bundle.files),
            "changed": (bundle.token[:-10] + "AAAAAAAAAA", bundle.files),
            "forged": (mint_as_bundle(STRANGER, payload), bundle.files),
            "another's files": (bundle.token, dict.fromkeys(bundle.files, b"{ }")),
        }[how]
        try:
            taken = self.surface.kept.offer(manifest.kind, manifest.shop_id, token, files, self.clock())
        except Refusal as refusal:
            assert refusal.code in ("bundles.unsigned", "bundles.damaged")
        else:
            assert not taken

    @rule(by_identity=st.booleans())
    def somebody_signs_in(self, by_identity: bool) -> None:
        """By a passkey at the surface, or at identity, where that is there."""
        grant = self.surface.begin(person_id=OWNER, shop_id=SHOP, method=Method.PASSKEY)
        signer = self.identity.key() if by_identity else None
        self.grants.append((grant, mint(grant, signer) if signer else self.surface.sign(grant)))
        if signer is None or signer.public.kid in self.known.keys() - self.revoked:
            assert self.is_let_in(*self.grants[-1])
            assert self.surface.people.load(SHOP).find(OWNER) is not None

    # What must hold ---------------------------------------------------------------------------------------------------

    def deliver(self, bundle: Bundle) -> None:
        manifest = bundle.manifest
        place = (manifest.kind, manifest.shop_id)
        before = self.newest.get(place)
        signed_well = manifest.kind == KEYS or bundle.kid in self.known.keys() - self.revoked
        gives_way = before is None or manifest.number > before.manifest.number or before.kid in self.revoked
        try:
            taken = self.surface.kept.offer(*place, bundle.token, bundle.files, self.clock())
        except Refusal as refusal:
            assert refusal.code == ("bundles.older" if signed_well else "bundles.unsigned")
            assert not (signed_well and gives_way)
            return
        assert taken == (before is None or before.token != bundle.token)
        if taken:
            assert signed_well
            assert gives_way
            self.newest[place] = bundle
            self.remember(bundle)

    def remember(self, bundle: Bundle) -> None:
        if bundle.manifest.kind == KEYS:
            keys = msgspec.json.decode(bundle.content(), type=Keys)
            self.known |= {each.kid: each.not_after for each in keys.keys}
            self.revoked |= keys.revoked.keys()
        elif bundle.manifest.kind == REVOCATIONS:
            told = msgspec.json.decode(bundle.content(), type=Revocations)
            self.ended |= {(sid, until, bundle.kid) for sid, until in told.sessions.items()}
            self.heard_at = self.after_ms

    def is_let_in(self, grant: Grant, value: str) -> bool:
        sessions = Sessions("admin", self.surface.kept, lambda _: False)
        try:
            return sessions.verify(value, SHOP, self.surface.now()) == grant
        except Refusal:
            return False

    @invariant()
    def every_key_that_was_ever_seen_counts_until_its_end(self) -> None:
        now = self.surface.now()
        for kid, not_after in self.known.items():
            counts = self.surface.kept.ring.find(kid, now) is not None
            assert counts == (kid not in self.revoked and now <= not_after)

    @invariant()
    def nobody_who_was_sent_away_comes_back(self) -> None:
        now = self.surface.now()
        for sid, until, kid in self.ended:
            assert self.surface.kept.revoked.session(sid) or until <= now or kid in self.revoked

    @invariant()
    def the_last_good_copy_stays(self) -> None:
        for (kind, shop_id), bundle in self.newest.items():
            kept = self.surface.kept.find(kind, shop_id)
            assert kept is not None
            assert kept.token == bundle.token

    @invariant()
    def the_news_is_never_younger_than_it_is(self) -> None:
        age = self.surface.age_ms()
        if self.heard_at is not None and age is not None:
            assert age >= self.after_ms - self.heard_at - 2 * HOUR


def mint_as_bundle(signer: SigningKey, payload: bytes) -> str:
    """A bundle's token by whoever wants to."""
    return sign(signer, Use.BUNDLE, payload)


Schedules.TestCase.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
TestSchedules = Schedules.TestCase
