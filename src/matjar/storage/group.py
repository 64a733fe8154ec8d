"""The heart of the writer: many commands, one transaction, one commit, and only then their answers.

begin ─ command ─ command ─ command ─ heads and feed ─ commit ─ answers
         │          └ refused: its savepoint alone is rolled back
         └ savepoint
"""

import hashlib

import msgspec
import structlog

from matjar.core.clock import monotonic_seconds
from matjar.core.command import Answer, Command, refused
from matjar.core.limits import GROUP_COMMANDS, GROUP_SECONDS, LEAST_GROUP_COMMANDS, SERIALIZATION_RETRIES
from matjar.core.refusal import Kind, Refusal
from matjar.core.tx import opened
from matjar.storage import refusals
from matjar.storage.head import Engine, Head
from matjar.storage.known import Memory
from matjar.storage.operations import Operation, Operations
from matjar.storage.tx import ShopTx

_FIND_KEY = "SELECT digest, answer FROM idempotency WHERE shop_id = :shop_id AND key = :key"
_KEEP_KEY = """
    INSERT INTO idempotency (shop_id, key, digest, answer, at) VALUES (:shop_id, :key, :digest, :answer, :at)
"""
_PASSING = (Kind.BUSY, Kind.AWAY, Kind.THROTTLED, Kind.FAULT)
"""Refusals that a retry may overcome are not kept beside the key."""
_WEIGHT_OF_THE_LAST = 0.2
"""How much the last group counts in the pace: a single slow commit says little."""

_encode = msgspec.msgpack.Encoder().encode
_decode_answer = msgspec.msgpack.Decoder(Answer).decode
_log = structlog.get_logger("matjar.storage")


class EngineFailed(Exception):
    """The database itself failed: nothing of the group was done, as far as we know."""

    def __init__(self, refusal: Refusal, *, retry: bool = False) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
        self.retry = retry


class Executor:
    """Runs groups of commands on one engine, for one writer, who remembers its shops from group to group."""

    def __init__(self, engine: Engine, operations: Operations) -> None:
        self._engine = engine
        self._operations = operations
        self._memory = Memory()
        self._pace_seconds = 0.0
        """What a command took of late."""

    @property
    def most(self) -> int:
        """How many commands the next group may be: as many as fit into its time at the pace of the last ones."""
        fitting = int(GROUP_SECONDS / self._pace_seconds) if self._pace_seconds else GROUP_COMMANDS
        return max(LEAST_GROUP_COMMANDS, min(fitting, GROUP_COMMANDS))

    def answer(self, commands: list[Command], now: int) -> list[Answer]:
        """Run a group to its answers, whatever the engine does: what failed together is tried again one by one."""
        began = monotonic_seconds()
        answers = self._answer(commands, now)
        pace_seconds = (monotonic_seconds() - began) / len(commands)
        self._pace_seconds += (pace_seconds - self._pace_seconds) * _WEIGHT_OF_THE_LAST
        return answers

    def _answer(self, commands: list[Command], now: int) -> list[Answer]:
        for _ in range(SERIALIZATION_RETRIES):
            try:
                return self.run(commands, now)
            except EngineFailed as failure:
                refusal = failure.refusal
                if failure.__cause__ is not None:
                    _log.warning("group_failed", refusal=refusal.code, retry=failure.retry, exc_info=failure.__cause__)
                if failure.retry:
                    continue
            except Exception:  # noqa: BLE001 - a bug in one command must not stop the writer of all
                _log.exception("group_failed", operations=[command.operation for command in commands])
                refusal = refusals.FAULT()
            if len(commands) > 1 and refusal.code == refusals.FAULT.code:
                return [self._answer([command], now)[0] for command in commands]
            break
        return [refused(refusal) for _ in commands]

    def run(self, commands: list[Command], now: int) -> list[Answer]:
        """Run the commands in order inside one transaction and commit it; raises EngineFailed with nothing done."""
        heads: dict[int, Head] = {}
        with opened():
            try:
                self._engine.begin()
                answers = [self._run_command(heads, command, now) for command in commands]
                for head in heads.values():
                    head.save(self._engine, now)
                self._engine.commit()
            except BaseException:
                self._engine.rollback()
                raise
        for head in heads.values():
            self._memory.keep(head.shop_id, head.version, head.known)
        return answers

    def _run_command(self, heads: dict[int, Head], command: Command, now: int) -> Answer:
        operation = self._operations.get(command.operation)
        if operation is None:
            return refused(refusals.UNKNOWN_OPERATION(operation=command.operation))
        head = heads.get(command.shop_id)
        if head is None:
            head = Head(command.shop_id)
            if not head.load(self._engine, self._memory) and not operation.founds_a_shop:
                return refused(refusals.NO_SHOP())
            heads[command.shop_id] = head
        tx = ShopTx(self._engine, head, now, command.actor, command.request_id)
        if not command.key:
            return _attempt(self._engine, head, tx, operation, command)
        digest = hashlib.sha256(command.operation.encode() + b"\0" + bytes(command.arguments)).digest()
        earlier = tx.one(_FIND_KEY, key=command.key)
        if earlier is not None:
            same = bytes(earlier[0]) == digest
            return _decode_answer(bytes(earlier[1])) if same else refused(refusals.KEY_REUSED())
        answer = _attempt(self._engine, head, tx, operation, command)
        if answer.no is None or answer.no.kind not in _PASSING:
            tx.run(_KEEP_KEY, key=command.key, digest=digest, answer=_encode(answer), at=now)
        return answer


def _attempt(engine: Engine, head: Head, tx: ShopTx, operation: Operation, command: Command) -> Answer:
    """Run one command in its savepoint; a refusal leaves only what it says it leaves."""
    engine.savepoint()
    mark = head.mark()
    try:
        result = operation(tx, command.arguments)
        answer = Answer(msgspec.Raw(_encode(result)))
    except (Refusal, msgspec.ValidationError) as no:
        engine.rollback_to_savepoint()
        head.return_to(mark)
        refusal = no if isinstance(no, Refusal) else refusals.BAD_ARGUMENTS(reason=str(no))
        for trace in refusal.afterwards:
            trace(tx)
        return refused(refusal)
    except EngineFailed:
        raise
    except Exception:  # noqa: BLE001 - for the same reason
        _log.exception(
            "operation_failed", operation=command.operation, shop=command.shop_id, request=command.request_id
        )
        engine.rollback_to_savepoint()
        head.return_to(mark)
        return refused(refusals.FAULT())
    engine.release_savepoint()
    return answer
