"""Logs: one line of JSON for each thing that happened, with the request that it happened for.

Set up once in each process. The file is the process's standard output and error too, so that what a library or the
interpreter says in its last moments is not lost; it is turned over when it has grown, so that it cannot fill the disk.
Every line, a library's too, leaves what opens a cart, a checkout or an order out: that is nobody's to read there.
"""

import contextlib
import logging
import os
import re
import sys
from pathlib import Path
from typing import TextIO, cast

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LOG_BYTES = 10 << 20
"""A process's log; the one before it is kept too. Two of these for each process are what logs can ever take."""

bound = structlog.contextvars.bound_contextvars
"""``with bound(request=…):`` every line inside carries it."""


class LogFile:
    """A process's log, opened as its standard output and error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()

    def write(self, text: str) -> None:
        """Append whole lines. A full disk must not stop a sale for want of a log line."""
        with contextlib.suppress(OSError):
            self._size += os.write(1, text.encode())
            if self._size > LOG_BYTES:
                self._open()

    def flush(self) -> None:
        """Nothing is held back."""

    def _open(self) -> None:
        if self._path.exists() and self._path.stat().st_size > LOG_BYTES:
            self._path.replace(self._path.with_suffix(".log.1"))
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._size = os.fstat(file).st_size
        os.dup2(file, 1)
        os.dup2(file, 2)
        os.close(file)


def set_up(process: str, level: str, folder: Path | None = None) -> None:
    """Send this process's log to ``<folder>/<process>.log``; without a folder, to standard error."""
    file: TextIO | LogFile = LogFile(folder / f"{process}.log") if folder else sys.stderr
    threshold = logging.getLevelNamesMapping()[level.upper()]

    def stamp(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        stamp,
        _tracebacks,
    ]
    structlog.configure(
        processors=[*first, _as_json],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, file)),
        cache_logger_on_first_use=True,
    )
    _take_over_libraries(first, threshold, file)


def _take_over_libraries(first: list[Processor], threshold: int, file: TextIO | LogFile) -> None:
    """What libraries log goes the same way, in the same form; their chatter below a warning does not."""
    handler = logging.StreamHandler(file)
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _as_json]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=first, processors=last))
    logging.basicConfig(handlers=[handler], level=max(threshold, logging.WARNING), force=True)


# Values of local variables stay out of the log: among them are addresses, tokens and cards' fingerprints.
_tracebacks = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=20)
)


def _as_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    return without_tokens(msgspec.json.encode(event, enc_hook=repr).decode())


# The second finds by its look what ``core.ids.mint_token`` made, at addresses that the first does not know.
_AFTER_ITS_ADDRESS = re.compile(
    r"(/(?:carts|checkout-sessions|orders|return)/(?<!domain/carts/)(?<!domain/orders/)|token=)[^/?&\"\\\s]+"
)
_BY_ITS_LOOK = re.compile(r"([/=])(?=[\w-]*[A-Z])(?=[\w-]*[\d_-])[\w-]{22}(?:[\w-]{21})?(?![\w-])", re.ASCII)


def without_tokens(text: str) -> str:
    """A line as the log may have it."""
    return _BY_ITS_LOOK.sub(r"\1…", _AFTER_ITS_ADDRESS.sub(r"\1…", text))
