"""P03: no password, code or register number in a cookie, an address, the log, an error page or the database."""

import base64
import io
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django_webtest import DjangoTestApp

from tests import reporters
from tests.reporters import address, form_to, photo, secret
from tests.world import PASSWORD, World
from wise.config import logs

MARKER = "Penanda-7f3a: mesin fotokopi lantai dua"
CONTENT = b"penanda-berkas-91c2 " * 400
PSEUDONYM = "kenari biru muda"
NEW = "lampu hijau rumah tua sepi"
NAME = "Sari Dewanti Penanda"

type Visitor = Callable[[], DjangoTestApp]


class Watched:
    """A browser that remembers every address and every cookie."""

    def __init__(self, browser: DjangoTestApp) -> None:
        self.seen: list[str] = []
        ask = browser.do_request

        def do_request(request: Any, *given: Any, **named: Any) -> Any:
            response = ask(request, *given, **named)
            self.seen += [request.url, request.headers.get("Cookie", ""), response.headers.get("Location", "")]
            self.seen += response.headers.getall("Set-Cookie")
            return response

        browser.do_request = do_request
        self.browser = browser


def spellings(text: str) -> Iterator[bytes]:
    """A secret as it might lie about: as it is, without its joints, in other letters, encoded."""
    for form in {text, text.lower(), re.sub(r"[\s-]", "", text), text.replace(" ", "+"), text.replace(" ", "%20")}:
        raw = form.encode()
        # The inside of base64 does not depend on what comes before only at every third place.
        yield from (raw, raw.hex().encode(), *(base64.b64encode(raw[shift:])[4:-4] for shift in range(3)))


def everything_kept() -> Iterator[tuple[str, bytes]]:
    """Every value of the database, opened with its key, and every file under the data folder."""
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            for value in row:
                plain = bytes(value) if isinstance(value, bytes | memoryview | bytearray) else str(value).encode()
                yield model.__name__, plain
    for path in Path(settings.WISE_DATA_DIR).rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that any logger writes, down to the smallest detail."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.Formatter())
    logging.getLogger().addHandler(handler)
    before = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    yield text
    logging.getLogger().setLevel(before)
    logging.getLogger().removeHandler(handler)


def journey(sari: DjangoTestApp) -> dict[str, str]:
    """All that Sari can do, right and wrong; returns what must be found nowhere."""
    check = reporters.tell(sari, what=MARKER, identity_name=NAME, files=(photo(CONTENT),))
    receipt = reporters.send(check, pseudonym=PSEUDONYM)
    number, code = secret(receipt, "register-number"), secret(receipt, "recovery-code")
    form_to(receipt, "/simpan/").submit()
    history = form_to(receipt, field="kept").submit("kept").follow()
    report = history.click(number)
    report.click("foto.jpg")
    message = form_to(report, "/pesan/")
    message["text"] = MARKER
    message.submit()
    for asked, status in ((number, 200), (number[:-1] + "*", 422)):
        form = form_to(sari.get(address("status")), field="register_number")
        form["register_number"] = asked
        form.submit(status=status)
    change = form_to(sari.get(address("password")), field="new_password")
    change["password"], change["new_password"] = PASSWORD, NEW
    second = secret(change.submit(), "recovery-code")
    form_to(sari.get(address("reports")), "/keluar/").submit()
    reporters.sign_in(sari, pseudonym=PSEUDONYM, status=422)
    reporters.sign_in(sari, pseudonym=PSEUDONYM, password=NEW, status=302)
    sari.get(f"/pengaduan/{number}/", status=404)
    return {
        "text": MARKER,
        "name": NAME,
        "pseudonym": PSEUDONYM,
        "password": PASSWORD,
        "new password": NEW,
        "register number": number,
        "recovery code": code,
        "second recovery code": second,
        "file": CONTENT[:19].decode(),
    }


def test_p03_nothing_of_saris_journey_is_found_anywhere(
    world: World, visitor: Visitor, logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    watched = Watched(visitor())
    secrets = journey(watched.browser)
    # She typed a number into an address bar herself; that is her doing, not a link of ours.
    traffic = "\n".join(part for part in watched.seen if not part.endswith(f"/pengaduan/{secrets['register number']}/"))
    printed = "".join(capfd.readouterr())
    places = [("traffic", traffic.encode()), ("log", logged.getvalue().encode()), ("output", printed.encode())]
    found = {
        (name, where)
        for where, content in [*places, *everything_kept()]
        for name, text in secrets.items()
        for spelling in spellings(text)
        if spelling in content
    }
    assert found == set()


def test_p03_an_error_page_repeats_no_password(world: World, visitor: Visitor) -> None:
    sari = visitor()
    form = form_to(reporters.tell(sari), field="send")
    form["pseudonym"], form["password"] = "x", PASSWORD
    assert PASSWORD not in form.submit("send", status=422).text
    assert PASSWORD not in reporters.sign_in(sari, status=422).text
