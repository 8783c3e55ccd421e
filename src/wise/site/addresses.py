"""Addresses and numbers as data: from the FAQ of KPKNL Pekanbaru and the ministry's site, none of them invented."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """Where an institution is reached. What is empty was not published."""

    name: str
    address: str
    emails: tuple[str, ...] = ()
    whatsapp: str = ""
    whatsapp_dialled: str = ""
    call_centre: str = ""
    call_centre_dialled: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A site of somebody else, and what it is for."""

    name: str
    url: str
    purpose: str | Promise


# Source: the FAQ, its first line (address and hotline of the ministry's directorate general).
MINISTRY = Place(
    name="Direktorat Jenderal Kekayaan Negara, Kementerian Keuangan",
    address="Jl. Lapangan Banteng Timur No. 2–4, Jakarta Pusat",
    emails=("pengaduan.djkn@kemenkeu.go.id",),
    call_centre="1-50-991",
    call_centre_dialled="1500991",
)

# Source: the FAQ, "Apakah ada sarana pengaduan yang lain di KPKNL Pekanbaru".
EXAMPLE_OFFICE = Place(
    name="KPKNL Pekanbaru",
    address="Jl. Jend. Sudirman No. 24, Pekanbaru",
    emails=("pengaduan.djkn@kemenkeu.go.id", "kpknlpekanbaru@kemenkeu.go.id"),
    whatsapp="0822-8666-6106",
    whatsapp_dialled="+6282286666106",
    call_centre="1-50-991 (IDCC DJKN)",
    call_centre_dialled="1500991",
)

# The FAQ's foot names these sites; their addresses are the ministry's public ones.
MINISTRY_SITES = (
    Link("Kementerian Keuangan", "https://www.kemenkeu.go.id/", _("The ministry's own site")),
    Link("DJKN", "https://www.djkn.kemenkeu.go.id/", _("State assets, auctions, and all offices")),
    Link("LPSE", "https://lpse.kemenkeu.go.id/", _("Electronic procurement")),
    Link("Email Kemenkeu", "https://mail.kemenkeu.go.id/", _("Mail for the ministry's staff")),
)

AUTHORITIES = (
    Link("Ombudsman Republik Indonesia", "https://ombudsman.go.id/", _("Where a public service is denied or poor")),
    Link("Komisi Pemberantasan Korupsi (KPK)", "https://www.kpk.go.id/", _("Where it is about corruption")),
    Link("SP4N-LAPOR!", "https://www.lapor.go.id/", _("The national complaint service, for every institution")),
    Link(
        "Lembaga Perlindungan Saksi dan Korban (LPSK)",
        "https://www.lpsk.go.id/",
        _("Where a witness or a victim needs protection"),
    ),
)
