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

    for text, code in [
        ("kata sandi saya kuda laut hijau", "text-has-password"),
        (f"nomor saya {receipt.register_number.lower()}", "text-has-register-number"),
        (f"kode saya {generate()}", "text-has-code"),
    ]:
        with pytest.raises(Refused) as refused:
            telltale.refuse_secrets(["Antre tiga jam", text], password="kuda laut hijau")
        assert refused.value.code == code


def test_p09_a_refusal_does_not_tell_which_numbers_are_in_use(world: World) -> None:
    used, unused = cast.join().tells().register_number, codes.new_register_number()

    def outcome(text: str) -> str:
        try:
            telltale.refuse_secrets([text])
        except Refused as refused:
            return refused.code
        return "taken"

    assert outcome(used) == outcome(unused) == "text-has-register-number"
    assert outcome(" ".join(used)) == outcome(" ".join(unused)) == "taken"


def test_p10_in_a_session_her_own_number_is_known_in_any_spelling(sari: Teller, receipt: Receipt) -> None:
    spelled = " ".join(receipt.register_number.lower().replace("-", ""))

    for deed in (lambda: sari.adds(receipt, spelled), lambda: sari.writes(receipt, spelled)):
        _refused_as("text-has-register-number", deed)


def test_p10_honest_words_pass(world: World) -> None:
    cast.join().tells()

    telltale.refuse_secrets(["Antre tiga jam di loket 2, hari Selasa", "Telepon 0812-3456-7890", ""])
    telltale.refuse_secrets(["kuda laut hijau"], password="")


def test_p10_her_own_secrets_are_not_taken_in_words_or_names(sari: Teller, receipt: Receipt) -> None:
    number = receipt.register_number

    _refused_as("text-has-register-number", lambda: sari.adds(receipt, f"nomor {number}"))
    _refused_as("text-has-register-number", lambda: sari.writes(receipt, f"nomor {number}"))
    _refused_as("text-has-register-number", lambda: sari.adds(receipt, files=[cast.file(name=f"{number}.jpg")]))
    assert not Attachment.objects.exists()
