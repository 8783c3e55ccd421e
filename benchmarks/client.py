"""A browser with scripts off, reduced to what costs time: one kept connection, cookies, forms. Blocking, small, quick.

It does what a browser does with our pages: it carries the form's hidden fields and says where the form came from.
"""

import re
import secrets
import socket
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

_HIDDEN = re.compile(rb'<input[^>]*type="hidden"[^>]*>')
_NAME = re.compile(rb'name="([^"]*)"')
_VALUE = re.compile(rb'value="([^"]*)"')
_TIMEOUT = 60.0
_MOST_REDIRECTS = 5

type Fields = Mapping[str, str]
# name of the field, name of the file, media type, content
type Files = Sequence[tuple[str, str, str, bytes]]


class GoneError(OSError):
    """The connection ended before the answer was complete: nothing was acknowledged."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came back."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    # Bytes on the wire for this page, head included; requests that it took with its redirects.
    weight: int
    requests: int = 1

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")

    def form(self, control: str) -> dict[str, str]:
        """The hidden fields of the form that has a control of this name (the last one, where several have)."""
        has = f'name="{control}"'.encode()
        forms = [part.partition(b"</form>")[0] for part in self.body.split(b"<form")[1:]]
        found = {}
        for tag in _HIDDEN.findall(next((form for form in reversed(forms) if has in form), b"")):
            name, value = _NAME.search(tag), _VALUE.search(tag)
            if name and value:
                found[name[1].decode()] = value[1].decode()
        return found

    def by_id(self, name: str) -> str | None:
        """The text of the element with this id, if it has no element inside."""
        found = re.search(rf'id="{re.escape(name)}"[^>]*>\s*([^<]*?)\s*<', self.text)
        return found[1] if found else None


@dataclass(slots=True)
class Browser:
    """One visitor. `weight` and `requests` count everything that was asked for."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    weight: int = 0
    requests: int = 0
    timeout: float = _TIMEOUT
    _socket: socket.socket | None = None
    _rest: bytes = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, address: str) -> Page:
        """Ask for a page, and follow where it leads."""
        return self._follow(self._send("GET", address, b"", ()))

    def post(self, address: str, fields: Fields, *, files: Files | None = None, follow: bool = True) -> Page:
        """Send a form."""
        page = self.send_form(address, fields, files=files)
        return self._follow(page) if follow else page

    def send_form(self, address: str, fields: Fields, *, files: Files | None = None) -> Page:
        """Send a form and return the very answer, not what it leads to."""
        if files is None:
            return self._send("POST", address, urlencode(fields).encode(), _URLENCODED)
        boundary = secrets.token_hex(16)
        kind = ("Content-Type", f"multipart/form-data; boundary={boundary}")
        return self._send("POST", address, multipart(fields, files, boundary=boundary), (kind, _SAME_SITE))

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket, self._rest = None, b""

    def begin_post(self, address: str, body: bytes, *, kind: str, share: float) -> None:
        """Send only a share of a form and hang up in the middle, as a lost connection does."""
        head = self._head("POST", address, len(body), (("Content-Type", kind), _SAME_SITE))
        connection = self._connected()
        connection.sendall(head + body[: int(len(body) * share)])
        self.close()

    def _follow(self, page: Page) -> Page:
        requests, weight = page.requests, page.weight
        while page.status in {301, 302, 303} and requests < _MOST_REDIRECTS:
            page = self._send("GET", page.headers["location"], b"", ())
            requests, weight = requests + 1, weight + page.weight
        return Page(page.address, page.status, page.headers, page.body, weight, requests)

    def _send(self, method: str, address: str, body: bytes, headers: Iterable[tuple[str, str]]) -> Page:
        head = self._head(method, address, len(body), headers)
        fresh = self._socket is None
        try:
            page = self._exchange(address, head, body)
        except OSError:
            self.close()
            # A kept connection may have been closed meanwhile, as browsers know: a GET is asked again, a POST never.
            if fresh or method != "GET":
                raise
            page = self._exchange(address, head, body)
        self.requests += 1
        self.weight += page.weight
        return page

    def _head(self, method: str, address: str, length: int, headers: Iterable[tuple[str, str]]) -> bytes:
        lines = [f"{method} {address} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines.append(f"Content-Length: {length}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _connected(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _exchange(self, address: str, head: bytes, body: bytes) -> Page:
        connection = self._connected()
        connection.sendall(head + body if len(body) < _SMALL else head)
        if len(body) >= _SMALL:
            connection.sendall(body)
        start = self._until(b"\r\n\r\n")
        status, headers = self._parse(start)
        content = self._content(headers)
        if headers.get("connection") == "close":
            self.close()
        return Page(address, status, headers, content, len(start) + 4 + len(content))

    def _parse(self, head: bytes) -> tuple[int, dict[str, str]]:
        first, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            name, value = name.lower(), value.strip()
            if name == "set-cookie":
                self._keep_cookie(value)
            headers[name] = value
        return int(first.split(" ", 2)[1]), headers

    def _keep_cookie(self, line: str) -> None:
        name, _, value = line.partition(";")[0].partition("=")
        if value.strip('"'):
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)

    def _content(self, headers: Mapping[str, str]) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            parts = []
            while size := int(self._until(b"\r\n"), 16):
                parts.append(self._exactly(size))
                self._exactly(2)
            self._until(b"\r\n")
            return b"".join(parts)
        return self._exactly(int(headers.get("content-length") or 0))

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._rest += self._more()
        found, _, self._rest = self._rest.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        parts, missing = [self._rest[:size]], size - len(self._rest)
        self._rest = self._rest[size:]
        while missing > 0:
            chunk = self._more()
            parts.append(chunk[:missing])
            self._rest = chunk[missing:]
            missing -= len(chunk)
        return b"".join(parts)

    def _more(self) -> bytes:
        assert self._socket is not None
        chunk = self._socket.recv(262144)
        if not chunk:
            message = "the connection ended before the answer was complete"
            raise GoneError(message)
        return chunk


_SAME_SITE = ("Sec-Fetch-Site", "same-origin")
_URLENCODED = (("Content-Type", "application/x-www-form-urlencoded"), _SAME_SITE)
_SMALL = 65536


def multipart(fields: Fields, files: Files, *, boundary: str) -> bytes:
    """A form with files, text first, as browsers send it."""
    parts = []
    for name, value in fields.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, file_name, kind, content in files:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts += [f"{head}Content-Type: {kind}\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])
