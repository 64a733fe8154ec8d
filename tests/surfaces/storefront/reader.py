"""Somebody with a browser that knows no script: follows links, sends forms, keeps cookies, over plain HTTP."""

import http.client
import re
from urllib.parse import urlencode

from tests.platform import Platform


class Reader:
    """One person. ``headers`` go along with every request."""

    def __init__(self, platform: Platform, address: str) -> None:
        self._at = platform.settings.port_storefront
        self.headers = {"accept": "text/html", "x-forwarded-for": address}
        self.cookies: dict[str, str] = {}
        self.path = ""
        self.status = 0
        self.answer: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> str:
        """Open a page, following redirects; the page as text."""
        return self._ask("GET", path, "", headers)

    def send(self, path: str, fields: dict[str, str], **headers: str) -> str:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields), headers)

    def fields(self, page: str) -> dict[str, str]:
        """The hidden fields of a page's forms, as a browser would send them along."""
        inputs = re.findall(r'<input type="hidden" name="([^"]*)"(?: form="[^"]*")? value="([^"]*)"', page)
        return dict(inputs)

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._at, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        cookies = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        kind = {"content-type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body or None, self.headers | cookies | kind | named)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        connection.close()
        self.status, self.path, self.answer = response.status, path, {k.lower(): v for k, v in response.getheaders()}
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";")[0].partition("=")
                self.cookies[pair[0]] = pair[2]
        self.cookies = {name: value for name, value in self.cookies.items() if value.strip('"')}
        return self.get(self.answer["location"]) if response.status == 303 else text
