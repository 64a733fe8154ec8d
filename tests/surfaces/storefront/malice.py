"""What no honest client sends."""

from urllib.parse import quote

WORDS = {
    "nothing": "",
    "a null": "\x00",
    "a null within": "a\x00b",
    "line breaks": "a\r\nSet-Cookie: admin=1",
    "right to left": "\u202egnp.exe",
    "zero width": "\u200b\u200d\ufeff",
    "combining": "z\u0351\u0321\u0489" * 60,
    "emoji": "👩‍👩‍👧‍👦" * 20,
    "not a character": "\uffff",
    "beyond the plane": "\U0010ffff",
    "quotes": "' OR 1=1; DROP TABLE orders; --",
    "a template": "{{7*7}}{total}%s%n",
    "markup": "<script>alert(1)</script>",
    "longest": "x" * 255,
    "too long": "x" * 256,
    "much too long": "ش" * 100_000,
    "a path": "../../../../etc/passwd",
}
NUMBERS = [
    "-1",
    "0",
    "1.5",
    "1e3",
    "1e999",
    "-0",
    "1" * 400,
    "9223372036854775808",
    "NaN",
    "Infinity",
    '"1"',
    "true",
    "null",
    "[]",
    "{}",
]
BODIES = {
    "empty": b"",
    "not JSON": b"line_items=1",
    "cut off": b'{"line_items": [{"item": ',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "a text": b'"checkout"',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    "deep within": b'{"line_items":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep and unknown": b'{"unknown":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "not UTF-8": b'{"note": "\xff\xfe"}',
    "half a surrogate": b'{"note": "\\ud800", "buyer": {"email": "\\udc00"}}',
    "UTF-16": '{"note": "x"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "twice the same": b'{"note": "a", "note": ["b"]}',
    "zip": b"\x1f\x8b\x08\x00" + b"\x00" * 100,
}

PATHS = [
    "/products/../../../../etc/passwd.json", "/media/../../secrets/links", "/media/..%2f..%2fsecrets%2flinks",
    "/media/%2e%2e/%2e%2e/secrets/links", "/media/....//....//secrets/links", "/media//etc/passwd", "/media/%00",
    "/static/../app.py", "/static/..%5c..%5capp.py", "/static/%2e%2e%2fapp.py", "/products/%00.json",
    "/products/%ff.json",
    "/products/" + "x" * 8_000 + ".json", "/checkout-sessions/%ff%fe", "/checkout-sessions/" + "A" * 5_000,
    "/checkout-sessions/..", "/carts/%00", "/carts/" + "x" * 5_000, "//evil.example/", "/\\evil.example",
    "/%0d%0aX-Evil:1",
    "/webhooks/%00", "/webhooks/..%2ftwin", "/orders/%00", "/orders/" + "A" * 3_000, "/checkout/return/%00",
    "/checkout/return/" + "9" * 400 + ".x", "/checkout/return/1.%ff", "/ar/../en", "/collections/%00/products.json",
    "/search.json?q=" + quote('" OR * NEAR(a,b) title:x -"'), "/search.json?q=" + "a" * 7_000, "/search.json?q=%00",
    "/search.json?q=%ff", "/search.json?q=" + quote("*" * 100), "/search?q=" + quote('"*"'), "/products.json?page=-1",
    "/products.json?page=99999999999999999999&limit=" + "9" * 99, "/products.json?sort=" + quote("'; DROP TABLE x"),
    "/products.json?" + "&".join(f"a{n}=1" for n in range(500)), "/openapi/../healthz", "/healthz?x=%00", "/.env",
    "/.git/config",
]  # fmt: skip

HEADERS = [
    b"Idempotency-Key: short", b"Idempotency-Key: " + b"k" * 5_000, b"Idempotency-Key: " + b"\xff\xfe" * 9,
    b"Idempotency-Key: sixteen\tcharacters", b"Accept-Language: " + b"q=" * 2_000, b"Accept-Language: \xff;q=x,*;q=-1",
    b"Accept-Language: en;q=1e999, ar;q=nan", b"X-Forwarded-For: " + b"1.1.1.1, " * 500, b"X-Forwarded-For: \xff\xfe",
    b"X-Forwarded-For: ::1%eth0, [::1]:80, 999.1.1.1", b"X-Request-Id: " + b"\xff\xfe" * 8,
    b"X-Request-Id: " + b"9" * 64,
    b"Cookie: cart=\xff; checkout=" + b"x" * 4_000, b"Cookie: " + b"a=b;" * 1_000, b"Origin: null",
    b"Expect: 100-continue",
    b"Content-Encoding: gzip", b"Range: bytes=0-1,5-", b"If-None-Match: " + b'"x",' * 500,
    b"X-Forwarded-Proto: javascript",
    b"X-Forwarded-Host: evil.example", b"Upgrade: websocket\r\nConnection: Upgrade", b"Sec-Purpose: \xff",
]  # fmt: skip


def _post(*lines: str, body: str = "") -> bytes:
    head = "\r\n".join(["POST /carts HTTP/1.1", "Host: 127.0.0.1", *lines, "Connection: close"])
    return f"{head}\r\n\r\n{body}".encode()


FRAMES = [
    b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n", b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    b"\x00" * 500, b"\x16\x03\x01\x02\x00\x01",
    b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
    _post("Host: evil.example"),
    _post("Content-Length: x"),
    _post("Content-Length: -1"),
    _post("Content-Length: 99999999999999999999999"),
    _post("Content-Length: 2", "Content-Length: 3", body="{}"),
    _post("Content-Length: 2", "Transfer-Encoding: chunked", body="{}"),
    _post("Transfer-Encoding: chunked", body="zz\r\n{}\r\n0\r\n\r\n"),
]  # fmt: skip
HOSTS = [
    "evil.example", "127.0.0.1.evil.example", "bench.localhost@evil.example", "bench.localhost:80@evil.example",
    "bench.localhost:evil", "BENCH.LOCALHOST", "bench.localhost.", "", "[::1]", "[", "xn--bench.localhost",
    "bench.localhost/evil", "bench.localhost:99999", "é.localhost", "bench.localhost:80#x", "bench.localhost\\evil",
]  # fmt: skip
