"""Starting the institution's sign-in server, and going through it as an officer's browser would."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from wise.people.oidc import Provider

BACK = "http://testserver/kerja/masuk/instansi/kembali/"
LOGINS = ("wulan.sari", "rahmat.h")


@dataclass(frozen=True, slots=True)
class Institution:
    """The running server, as WiSe knows it."""

    provider: Provider

    def answers(self, url: str, login: str) -> dict[str, str]:
        """What the browser of somebody who signs in there brings back to WiSe."""
        browser = requests.Session()
        page = browser.get(url, timeout=30)
        answer = browser.post(page.url, {"login": login, "password": login}, timeout=30, allow_redirects=False)
        while not (address := urljoin(answer.url, answer.headers["Location"])).startswith(BACK):
            answer = browser.get(address, timeout=30, allow_redirects=False)
        return dict(parse_qsl(urlsplit(address).query))


@contextlib.contextmanager
def institution(folder: Path) -> Iterator[Institution]:
    """The server, from a database and a key of its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    provider = Provider(f"http://127.0.0.1:{port}", "wise", "rahasia-bersama", "Akun Kemenkeu")
    command = [sys.executable, "-m", "tests.institution.server", str(port), provider.client_id, provider.secret, BACK]
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "WISE_"))}
    started = subprocess.Popen(
        [*command, *LOGINS],
        env=variables | {"INSTITUTION": str(folder), "DJANGO_SETTINGS_MODULE": "tests.institution.settings"},
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert started.stdout is not None
        assert started.stdout.readline().strip() == "ready"
        yield Institution(provider)
    finally:
        started.terminate()
        started.wait(timeout=30)
        assert started.stdout is not None
        started.stdout.close()
