"""What is counted, for Prometheus. Labels are few and bounded: never a shop, a path or a person."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

REGISTRY = CollectorRegistry()
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

REQUESTS = Counter("matjar_requests_total", "Requests answered.", ["surface", "method", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "matjar_request_seconds", "From the door to the answer.", ["surface", "method"], buckets=_BUCKETS, registry=REGISTRY
)
CACHED = Counter("matjar_cached_total", "Requests answered from ready bytes.", registry=REGISTRY)
SHED = Counter("matjar_shed_total", "Requests turned away because too many were inside.", registry=REGISTRY)
CATALOGUE_AGE = Gauge(
    "matjar_catalogue_age_seconds", "Since the catalogue was last known to be fresh.", registry=REGISTRY
)
PART_ILL = Gauge("matjar_part_ill", "1 for each part that this surface finds ill.", ["part"], registry=REGISTRY)
HEARTBEAT_AGE = Gauge("matjar_heartbeat_age_seconds", "Since identity was last heard: A.", registry=REGISTRY)
BUNDLE_AHEAD = Gauge(
    "matjar_bundle_ahead_seconds", "How far in the future the newest bundle came from.", registry=REGISTRY
)
BUNDLES_REFUSED = Counter("matjar_bundles_refused_total", "Bundles refused, by why.", ["code"], registry=REGISTRY)

PAYING = Gauge("matjar_paying", "Payments under way, by step.", ["step"], registry=REGISTRY)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_requests: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}


def observe(surface: str, method: str, status: int, seconds: float) -> None:
    """Count one answer. Children are kept at hand: looking one up by its labels costs more than counting."""
    method = method if method in _METHODS else "other"
    known = _requests.get((surface, method, status))
    if known is None:
        known = (REQUESTS.labels(surface, method, str(status)), SECONDS.labels(surface, method))
        _requests[surface, method, status] = known
    known[0].inc()
    known[1].observe(seconds)


class Step:
    """A step of paying; used as ``with``, it counts who is in it."""

    def __init__(self, name: str) -> None:
        self._inside = 0
        PAYING.labels(name).set_function(lambda: self._inside)

    def __enter__(self) -> None:
        self._inside += 1

    def __exit__(self, *_: object) -> None:
        self._inside -= 1


PREPARE, CHARGE, SETTLE = Step("prepare"), Step("charge"), Step("settle")


def exposition() -> bytes:
    """Everything, in Prometheus' text format."""
    return generate_latest(REGISTRY)
