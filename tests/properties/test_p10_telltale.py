"""P10: a text that would give the reporter's own secrets away is refused, with the reason."""

import pytest

from tests import world as cast
from tests.world import Teller, World
from wise.casework.intake import Receipt
from wise.crypto import numbers as codes
from wise.crypto.passphrases import generate
from wise.refusals import Refused
from wise.register import telltale
from wise.register.models import Attachment


@pytest.fixture
def sari(world: World) -> Teller:
    return cast.join("burung malam")


@pytest.fixture
def receipt(sari: Teller) -> Receipt:
    return sari.tells()


def _refused_as(code: str, deed: object) -> None:
    with pytest.raises(Refused) as refused:
        deed()  # type: ignore[operator]
    assert refused.value.code == code


def test_p10_words_that_would_give_saris_secrets_away_are_refused(world: World) -> None:
    receipt = cast.join().tells()
    number = receipt.register_number

    for text, code in [
        ("kata sandi saya kuda laut hijau", "text-has-password"),
        (f"nomor saya {number.lower().replace('-', ' ')}", "text-has-register-number"),
        (f"kode saya {generate()}", "text-has-code"),
    ]:
        with pytest.raises(Refused) as refused:
            telltale.refuse_secrets(["Antre tiga jam", text], password="kuda laut hijau")
        assert refused.value.code == code


def test_p10_honest_words_pass(world: World) -> None:
    cast.join().tells()

    telltale.refuse_secrets(["Antre tiga jam di loket 2, hari Selasa", codes.new_register_number(), ""])
    telltale.refuse_secrets(["kuda laut hijau"], password="")


def test_p10_her_own_secrets_are_not_taken_in_words_or_names(sari: Teller, receipt: Receipt) -> None:
    number = receipt.register_number

    _refused_as("text-has-register-number", lambda: sari.adds(receipt, f"nomor {number}"))
    _refused_as("text-has-register-number", lambda: sari.writes(receipt, f"nomor {number}"))
    _refused_as("text-has-register-number", lambda: sari.adds(receipt, files=[cast.file(name=f"{number}.jpg")]))
    assert not Attachment.objects.exists()
