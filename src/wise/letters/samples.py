"""Invented letters that a template must be able to set: an ordinary one, the longest one, one in English, a draft."""

import datetime
from dataclasses import replace

from wise.letters.content import Content, Urgency
from wise.letters.kinds import Kind
from wise.letters.letterheads import Letterhead
from wise.letters.wording import Sheet

_ON = datetime.date(2026, 11, 24)
_LONGEST_NAME = "Raden Mas " + "Kusumawardhani " * 26

_ORDINARY = Content(
    language="id",
    subject="Tanggapan atas Pengaduan Nomor Agenda PGD-41/KNL.0303/2026",
    urgency=Urgency.SOON.value,
    enclosures="-",
    recipient=("Nama Penerima (contoh)", "Jl. Contoh No. 1", "Pekanbaru 28111"),
    opening="Sehubungan dengan pengaduan Saudara yang kami terima pada tanggal 3 November 2026 melalui loket dengan"
    " nomor agenda PGD-41/KNL.0303/2026, dengan ini kami sampaikan hal-hal sebagai berikut.",
    points=(
        "Pokok pengaduan: contoh pokok pengaduan.",
        "Hasil verifikasi: contoh hasil verifikasi.",
        "Tindak lanjut: contoh tindak lanjut.",
    ),
    closing="Demikian kami sampaikan, atas perhatian Saudara kami ucapkan terima kasih.",
    copies=("Kepala Kantor Wilayah (contoh)",),
    signer_title="Kepala Kantor",
    signer_name="Nama Penanda Tangan (contoh)",
    signer_number="19700101 199501 1 999",
)
_LONG = replace(
    _ORDINARY,
    recipient=(_LONGEST_NAME, "Jl. " + "Panjang Sekali " * 20),
    points=tuple("Kalimat contoh yang cukup panjang untuk mengisi beberapa baris. " * 6 for _ in range(12)),
    copies=("Pertama", "Kedua", "Ketiga"),
    signer_name=_LONGEST_NAME,
    signer_number="",
)
_BARE = replace(_ORDINARY, enclosures="", copies=(), recipient=("Pelapor",), points=("Satu butir.\nDua baris.",))


def letters(kind: Kind) -> tuple[Sheet, ...]:
    """The samples of a kind; the first is the one that is shown."""
    number, code = f"{kind.prefix}-17/KNL.0303/2026", "0000-0000-0000-0000"
    return (
        Sheet(_ORDINARY, number, _ON, code=code),
        Sheet(_LONG, number, _ON, code=code),
        Sheet(replace(_ORDINARY, language="en"), number, _ON, code=code, courtesy=True),
        Sheet(_BARE, f"{kind.prefix}-…/KNL.0303/2026", _ON),
    )


def of_office(sheet: Sheet, *, head: Letterhead) -> Sheet:
    """The sample on an office's paper."""
    return replace(sheet, content=replace(sheet.content, letterhead=head.lines, address=head.address))
