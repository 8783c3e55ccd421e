"""The head of a letter (kop surat): the office and those above it, and where it is reached."""

from dataclasses import dataclass, replace

from wise.letters.content import Content
from wise.people.kinds import OfficeKind
from wise.people.models import Office

# What stands above every office of the ministry, and how long names begin that people shorten.
_MINISTRY = "Kementerian Keuangan Republik Indonesia"
_DIRECTORATE = "Direktorat Jenderal Kekayaan Negara"
_LONG = (
    ("KPKNL ", "Kantor Pelayanan Kekayaan Negara dan Lelang "),
    ("Kanwil DJKN ", "Kantor Wilayah DJKN "),
    ("Kantor Pusat DJKN", _DIRECTORATE),
    ("Kantor Pusat ", ""),
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Lines from the ministry down, and the small print below."""

    lines: tuple[str, ...]
    address: str


def of(office: Office) -> Letterhead:
    """The letterhead of an office. What the office has not told is left out.

    An office whose lines are others has them among its contacts (`letterhead`, a list).
    """
    if own := office.contacts.get("letterhead"):
        return Letterhead(tuple(own), _address(office))
    chain: list[Office] = []
    place: Office | None = office
    while place is not None and place not in chain:
        chain.insert(0, place)
        place = place.parent
    inside = [each for each in chain if each.kind in {OfficeKind.REGIONAL, OfficeKind.SERVICE}]
    middle = (_DIRECTORATE, *(_full(each.name) for each in inside)) if inside else (_full(office.name),)
    return Letterhead(tuple(line.upper() for line in (_MINISTRY, *middle)), _address(office))


def put_on(content: Content, *, office: Office) -> Content:
    """The content with the office's letterhead, unless it brings its own."""
    head = of(office)
    return replace(content, letterhead=content.letterhead or head.lines, address=content.address or head.address)


def _full(name: str) -> str:
    for short, long in _LONG:
        if name.startswith(short):
            return long + name.removeprefix(short)
    return name


def _address(office: Office) -> str:
    told = office.contacts
    emails = told.get("email") or []
    parts = (
        told.get("address"),
        f"WhatsApp {told['whatsapp']}" if told.get("whatsapp") else "",
        f"Telepon {told['call_centre']}" if told.get("call_centre") else "",
        f"Surel {emails[-1]}".replace(" ", "\u00a0") if emails else "",
    )
    return "; ".join(part for part in parts if part)
