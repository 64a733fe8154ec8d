"""`python -m matjar.workers.gateway_twin --port 8010 --book /tmp/twin.jsonl --webhook-secret …`."""

import argparse

from matjar.workers.gateway_twin import serve


def main() -> None:
    """Read the command line and serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="gateway_twin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--book", required=True, help="the file that the twin keeps its charges in")
    parser.add_argument("--webhook-secret", required=True)
    parser.add_argument("--webhook-url", default="", help="where news go that no answer brought")
    parser.add_argument("--allow-host", action="append", default=[], help="a host to send buyers and webhooks to")
    parser.add_argument("--slow-seconds", type=float, default=10.0, help="how long the slow card makes its shop wait")
    given = parser.parse_args()
    serve(
        given.host,
        given.port,
        given.book,
        given.webhook_secret,
        given.webhook_url,
        allowed_hosts=given.allow_host,
        slow_seconds=given.slow_seconds,
    )


if __name__ == "__main__":
    main()
