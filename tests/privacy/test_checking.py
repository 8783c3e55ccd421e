"""What is shown to Sari before she sends, what is not, and why."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wise.privacy import checking
from wise.privacy.checking import FILE, Finding
from wise.privacy.owners import Whose

EMPLOYERS = ("kemenkeu.go.id",)


def look(text: str, field: str = "what") -> list[Finding]:
    return checking.look(text, field=field, employers=EMPLOYERS)


def shown(text: str, field: str = "what") -> list[tuple[str, str]]:
    """Each finding's kind and the very words."""
    return [(finding.kind.code, finding.text) for finding in look(text, field)]


def test_saris_own_number_is_shown_and_that_of_the_reported_person_is_not() -> None:
    text = "Terlapor NIP 19790412 200501 1 003. NIP saya 19900214 201502 2 001."

    assert shown(text) == [("nip", "19900214 201502 2 001")]
    assert [text[finding.start : finding.end] for finding in look(text)] == ["19900214 201502 2 001"]


@pytest.mark.parametrize(
    ("text", "field", "whose"),
    [
        ("0812-7000-1234", "what", Whose.UNSAID),
        ("nomor saya 0812-7000-1234", "what", Whose.REPORTER),
        ("nomor saya 0812-7000-1234", "who", Whose.REPORTER),
        ("0812-7000-1234 itu nomor saya", "who", Whose.REPORTER),
        ("0812-7000-1234", "who", None),
        ("Nama terlapor: Budi\nHP: 0812-7000-1234", "how", None),
        ("Nama saya dirahasiakan\nHP: 0812-7000-1234", "how", Whose.UNSAID),
        ("His number is 0812-7000-1234", "what", None),
        ('Kata petugas itu, "hubungi saya di 0812-7000-1234"', "what", None),
        ('Saya bilang, "hubungi saya di 0812-7000-1234"', "what", Whose.REPORTER),
    ],
)
def test_whose_a_number_is_the_sentence_says_or_the_field(text: str, field: str, whose: Whose | None) -> None:
    found = [finding for finding in look(text, field) if finding.kind.code == "phone"]

    assert [finding.whose for finding in found] == ([whose] if whose else [])


def test_where_nobody_says_whose_it_is_the_reason_says_so() -> None:
    with translation.override("en"):
        unsaid, own = look("0812-7000-1234")[0], look("nomor saya 0812-7000-1234")[0]

        assert "if it is yours" in str(unsaid.why)
        assert str(own.why).startswith("Whoever has your number")


def test_an_address_of_the_employer_has_a_reason_of_its_own() -> None:
    assert shown("surel saya ratna@kemenkeu.go.id atau ratna@djkn.kemenkeu.go.id atau r@example.org") == [
        ("work_mail", "ratna@kemenkeu.go.id"),
        ("work_mail", "ratna@djkn.kemenkeu.go.id"),
        ("mail", "r@example.org"),
    ]
    assert shown("r@notkemenkeu.go.id") == [("mail", "r@notkemenkeu.go.id")]
    assert not shown("saya menulis ke kpknlpekanbaru@kemenkeu.go.id")


def test_sixteen_digits_are_a_nik_only_with_a_province_and_a_day_of_birth() -> None:
    assert shown("1471054107920001") == [("nik", "1471054107920001")]
    for no_nik in (
        "9971054107920001",
        "1471053207920001",
        "1471054113920001",
        "14710541079200011",
        "A1471054107920001",
    ):
        assert not shown(no_nik)
    assert shown("NIK saya 9971053207920001") == [("nik", "9971053207920001")]


def test_money_is_no_telephone_number() -> None:
    assert not shown("denda Rp 0812.3456.7890 dan sebesar 081234567890")


def test_a_home_is_shown_and_the_place_where_it_happened_is_not() -> None:
    home = "Jl. Melati No. 5 RT 02/RW 05"

    assert shown(f"Saya tinggal di {home}.") == [("address", f"Saya tinggal di {home}")]
    assert shown(f"Alamat: {home}") == [("address", home)]
    assert not shown(home, "where")
    assert not shown(f"Tanah di {home} dijual murah")
    assert not shown("Kami di jalan keluar kantor. Jalan")
    assert not shown("Jl. Melati No. 5")


def test_of_two_traces_at_one_place_one_is_shown() -> None:
    assert shown("Hubungi rumah saya di 0812-7000-1234") == [("phone", "0812-7000-1234")]


def test_a_files_name_is_looked_at_without_its_ending() -> None:
    assert shown("dina@example.org.pdf", FILE) == [("mail", "dina@example.org")]
    assert shown("KTP_sari.jpg", FILE) == [("paper", "KTP")]
    assert shown("199002142015021002", FILE) == [("nip", "199002142015021002")]
    assert not shown("IMG-20260311-WA0004.jpg", FILE)
    assert not shown("KTP saya dipinjam", "what")


def test_a_form_can_name_a_finding_as_long_as_the_words_stay() -> None:
    one, other = look("HP saya 081270001234, sekali lagi 081270001234")

    assert one.id != other.id
    assert [finding.id for finding in look("Kabar: HP saya 081270001234, sekali lagi 081270001234")] == [
        one.id,
        other.id,
    ]
    assert look("HP saya 081270001234", "how")[0].id != one.id


def test_no_words_no_findings() -> None:
    for nothing in ("", " \n ", "?!", "@", "…"):
        assert not look(nothing)
        assert not look(nothing, FILE)


PIECES = st.sampled_from(
    [
        "saya",
        "kami",
        "nama",
        "NIP",
        "rekening",
        "terlapor",
        "Pak",
        "Jl.",
        "RT",
        "02",
        "ratna@go.id",
        "@",
        "“",
        "”",
        '"',
        ",",
        ".",
        "\n",
        "1471054107920001",
        "0812-7000-1234",
        "Rp",
        "[",
        "]",
    ]
)


@given(
    st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map(" ".join), st.sampled_from(["what", "who", FILE])
)
def test_whatever_is_typed_each_finding_lies_in_the_text_and_apart_from_the_others(text: str, field: str) -> None:
    reached = 0
    for finding in look(text, field):
        assert reached <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
        reached = finding.end
