"""What a template is given: the letter's words, and the words around them, in the letter's language."""

import datetime
import io
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.utils import dateformat, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wise.letters.content import URGENCIES, Content

# The page's path in each language; the domain knows no other address.
_CHECK = {"id": "/verifikasi-surat/", "en": "/en/verifikasi-surat/"}


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """What one sheet shows. `code` is empty on a draft; `courtesy`: a copy that is not the official text."""

    content: Content
    number: str
    dated_on: datetime.date
    code: str = ""
    courtesy: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether it was not issued."""
        return not self.code


def data_of(sheet: Sheet) -> dict[str, Any]:
    """Everything a template may show, ready for JSON."""
    content = sheet.content
    with translation.override(content.language):
        address = settings.WISE_ADDRESS + _CHECK.get(content.language, _CHECK["id"])
        link = f"{address}?{urlencode({'nomor': sheet.number, 'kode': sheet.code})}"
        return asdict(content) | {
            "title": f"{content.subject} – {sheet.number}",
            "author": content.letterhead[-1] if content.letterhead else "WiSe",
            "draft": sheet.is_draft,
            "courtesy": sheet.courtesy,
            "number": sheet.number,
            "date": dateformat.format(sheet.dated_on, "j F Y"),
            "dated_on": sheet.dated_on.isoformat(),
            "urgency": str(URGENCIES.get(content.urgency, content.urgency)),
            "code": sheet.code,
            "check_at": address.partition("//")[2],
            "check_link": link,
            "qr": _picture(link) if sheet.code else "",
            "words": words(),
        }


def words() -> dict[str, str]:
    """The words that stand around a letter's own, in the active language."""
    return {
        "number": pgettext("letter", "Number"),
        "urgency": pgettext("letter", "Urgency"),
        "enclosures": pgettext("letter", "Enclosures"),
        "subject": pgettext("letter", "Subject"),
        "date": pgettext("letter", "Date"),
        "dear": pgettext("letter", "To:"),
        "to": pgettext("letter", "To"),
        "sender": pgettext("letter", "From"),
        "copies": pgettext("letter", "Copies to"),
        "page": pgettext("letter", "Page"),
        "note": _("Official note").upper(),
        "service_number": pgettext("letter", "Service number"),
        "signed_original": _("The Indonesian original is signed by"),
        "draft": _("Draft – not issued"),
        "courtesy": _("Courtesy copy. The Indonesian text is the official one."),
        "check": _("Whether this letter is genuine can be checked, with its number and this code, at"),
        "code": pgettext("letter", "Code"),
        "qr": _("Square code with the address at which this letter is checked"),
    }


def code_picture(data: dict[str, Any]) -> bytes:
    """The square code of a letter's data as PNG, for what cannot show SVG."""
    picture = io.BytesIO()
    _square(data["check_link"]).save(picture, kind="png", border=0, scale=8)
    return picture.getvalue()


def _picture(text: str) -> str:
    picture = io.BytesIO()
    _square(text).save(picture, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None)
    return picture.getvalue().decode()


def _square(text: str) -> segno.QRCode:
    # Trying all eight masks for the most even picture takes ten times as long; every reader reads every mask.
    return segno.make_qr(text, error="m", mask=3)
