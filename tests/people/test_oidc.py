"""The institution says who an officer is: asked of a real provider, and of one that answers wrongly on purpose."""

import datetime
import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, override

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.institution.running import BACK, Institution, institution
from wise.people import oidc
from wise.people.oidc import Provider
from wise.refusals import Refused

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Institution]:
    with institution(tmp_path_factory.mktemp("institution")) as found:
        yield found


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found:
        deed()
    return found.value.code


def test_wulan_comes_back_as_herself_each_time_and_rahmat_as_somebody_else(real: Institution) -> None:
    names = []
    for login in ("wulan.sari", "wulan.sari", "rahmat.h"):
        going = oidc.begin(real.provider, back=BACK)
        names.append(oidc.subject(real.provider, kept=going.kept, answer=real.answers(going.url, login), back=BACK))

    assert names[0] == names[1] != names[2]
    assert all(names)


def test_an_answer_counts_once_and_for_the_session_alone_that_asked(real: Institution) -> None:
    first, second = (oidc.begin(real.provider, back=BACK) for _ in range(2))
    answer = real.answers(first.url, "wulan.sari")

    def taken(kept: dict[str, str], answer: dict[str, str]) -> str:
        return refused(lambda: oidc.subject(real.provider, kept=kept, answer=answer, back=BACK))

    assert taken(second.kept, answer) == "institution-stale"
    assert taken({}, answer) == "institution-stale"
    # Somebody who stole the code has neither our secret words nor the verifier.
    assert taken(first.kept | {"verifier": second.kept["verifier"]}, answer) == "institution-no"
    answer = real.answers(first.url, "wulan.sari")
    assert taken(first.kept, answer | {"iss": "https://elsewhere.example"}) == "institution-no"
    assert taken(first.kept, {"state": answer["state"], "error": "access_denied"}) == "institution-no"
    assert oidc.subject(real.provider, kept=first.kept, answer=answer, back=BACK)
    assert taken(first.kept, answer) == "institution-no"


def test_a_wrong_secret_signs_nobody_in(real: Institution) -> None:
    wrong = Provider(real.provider.issuer, real.provider.client_id, "salah", real.provider.name)
    going = oidc.begin(wrong, back=BACK)
    answer = real.answers(going.url, "wulan.sari")

    assert refused(lambda: oidc.subject(wrong, kept=going.kept, answer=answer, back=BACK)) == "institution-no"


class Liar:
    """A provider whose every answer the test decides."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.provider = Provider(self.issuer, "wise", "rahasia", "Palsu")
        self.about: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/ask?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        self.keys: dict[str, Any] = {"keys": [_public(KEY, "a")]}
        self.token: object = None
        self.redirects: str = ""
        self.raw: bytes | None = None
        self.asked: list[dict[str, str]] = []

    def says(self, path: str) -> bytes:
        if self.raw is not None:
            return self.raw
        found = {"/token": {"id_token": self.token}, "/keys": self.keys}.get(path, self.about)
        return json.dumps(found).encode()


def _public(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return found | {"kid": kid, "alg": "RS256", "use": "sig"}


@pytest.fixture
def liar() -> Iterator[Liar]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.liar.asked.append(dict(self.headers))  # type: ignore[attr-defined] # set below
            liar: Liar = self.server.liar  # type: ignore[attr-defined]
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(302 if self.path == liar.redirects else 200)
            if self.path == liar.redirects:
                self.send_header("Location", f"{liar.issuer}/elsewhere")
            self.end_headers()
            self.wfile.write(liar.says(self.path))

        do_POST = do_GET  # noqa: N815 - the library asks for this name

        @override
        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.liar = Liar(server.server_address[1])  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.liar  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


def _token(liar: Liar, nonce: str, *, key: Any = KEY, kid: str = "a", alg: str = "RS256", **other: object) -> str:
    now = datetime.datetime.now(datetime.UTC)
    claims: dict[str, object] = {"iss": liar.issuer, "sub": "1", "aud": "wise", "nonce": nonce}
    claims |= {"iat": now, "exp": now + datetime.timedelta(minutes=5)} | other
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, key, algorithm=alg, headers={"kid": kid})


def _comes(liar: Liar, kept: dict[str, str]) -> str:
    answer = {"state": kept["state"], "code": "x"}
    return oidc.subject(liar.provider, kept=kept, answer=answer, back=BACK)


def test_a_token_that_is_right_is_believed(liar: Liar) -> None:
    going = oidc.begin(liar.provider, back=BACK)
    liar.token = _token(liar, going.kept["nonce"])

    assert going.url.startswith(f"{liar.issuer}/ask?tenant=1&response_type=code&")
    assert _comes(liar, going.kept) == "1"
    assert any(each.get("Authorization", "").startswith("Basic ") for each in liar.asked)


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(liar: Liar) -> None:
    liar.about["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    going = oidc.begin(liar.provider, back=BACK)
    liar.token = _token(liar, going.kept["nonce"])

    assert _comes(liar, going.kept) == "1"
    assert not any("Authorization" in each for each in liar.asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "somebody-else"},
        {"iss": "https://elsewhere.example"},
        {"exp": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
        {"exp": None},
        {"sub": None},
        {"nonce": "another"},
        {"nonce": None},
        {"azp": "somebody-else"},
        {"key": OTHER},
        {"kid": "b"},
        {"key": "", "alg": "none"},
        {"key": "rahasia" * 8, "alg": "HS256"},
    ],
    ids=lambda wrong: "-".join(f"{name} {value}" if name != "key" else "key" for name, value in wrong.items()),
)
def test_a_token_that_is_not_its_word_for_us_now_is_not_believed(liar: Liar, wrong: dict[str, Any]) -> None:
    going = oidc.begin(liar.provider, back=BACK)
    liar.token = _token(liar, **{"nonce": going.kept["nonce"], **wrong})

    assert refused(lambda: _comes(liar, going.kept)) == "institution-no"


@pytest.mark.parametrize("token", [None, "", "x.y", 7])
def test_nor_is_what_is_no_token(liar: Liar, token: object) -> None:
    going = oidc.begin(liar.provider, back=BACK)
    liar.token = token

    assert refused(lambda: _comes(liar, going.kept)) == "institution-no"


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_a_provider_that_names_other_places_is_not_asked(liar: Liar, change: dict[str, object]) -> None:
    liar.about |= change

    assert refused(lambda: oidc.begin(liar.provider, back=BACK)) == "institution-silent"


def test_an_address_that_redirects_is_not_followed(liar: Liar) -> None:
    going = oidc.begin(liar.provider, back=BACK)
    liar.token = _token(liar, going.kept["nonce"])
    liar.redirects = "/token"

    assert refused(lambda: _comes(liar, going.kept)) == "institution-no"


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"\xff"])
def test_what_is_no_answer_is_said_to_be_none(liar: Liar, raw: bytes) -> None:
    liar.raw = raw

    assert refused(lambda: oidc.begin(liar.provider, back=BACK)) == "institution-silent"


def test_a_provider_that_is_not_there_is_said_to_be_silent() -> None:
    gone = Provider("http://127.0.0.1:9", "wise", "x", "Akun Kemenkeu")
    with pytest.raises(Refused) as found:
        oidc.begin(gone, back=BACK)

    assert found.value.code == "institution-silent"
    assert "Akun Kemenkeu" in str(found.value.sentence)


def test_a_slow_provider_holds_up_few_requests_and_the_rest_are_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=16) as mute, ThreadPoolExecutor(6) as officers:
        slow = Provider(f"http://127.0.0.1:{mute.getsockname()[1]}", "wise", "x", "Akun Kemenkeu")
        asked = [officers.submit(refused, lambda: oidc.begin(slow, back=BACK)) for _ in range(6)]
        told = next(as_completed(asked, timeout=oidc._SECONDS / 2))

        assert told.result() == "institution-silent"
        assert sum(each.done() for each in asked) <= 6 - oidc._AT_ONCE
        mute.close()


def test_the_secret_of_the_provider_is_shown_nowhere() -> None:
    assert "geheim" not in repr(Provider("https://x.example", "wise", "geheim", "x"))
