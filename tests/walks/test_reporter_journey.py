"""Sari's whole way, in the forms as they are, without a script: write, attach, check, send, keep, come back, add."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import translation
from django_webtest import DjangoTestApp
from webtest import Upload

from tests.world import PASSWORD, World
from wise.casework import actions, inbox

PSEUDONYM = "Burung Malam"
both = pytest.mark.parametrize("language", ["id", "en"])


def address(name: str, language: str) -> str:
    with translation.override(language):
        return reverse(f"portal:{name}")


@both
def test_sari_tells_comes_back_and_reads_the_answer(
    world: World, visitor: Callable[[], DjangoTestApp], language: str
) -> None:
    sari = visitor()
    page = sari.get(address("tell", language))
    assert "Set-Cookie" not in page.headers
    form = page.forms[-1] if isinstance(page.forms, list) else page.form
    form["stream"] = "service"
    form["office"] = str(world.office().id)
    form["topic"] = "time"
    form["what"] = "Antre di loket tiga jam.\nTidak ada nomor antrean."
    form["where"] = "Ruang pelayanan"
    form["identity_name"] = "Sari Dewanti"
    page = form.submit(index=0).follow()
    assert "KPKNL Pekanbaru" in page.text
    print(page.text)
