"""The desk's two papers as PDF: the slip for the reporter, and the laporan for the units that hold the case."""

import datetime
import zoneinfo
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import dateformat, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wise.casework.desk import SlipReceipt
from wise.casework.laporan import Laporan
from wise.letters import letterheads, typesetting, wording
from wise.people.models import Office
from wise.register.channels import CHANNELS
from wise.register.streams import REPLY_MEDIA

# The page's path in each language; the domain knows no other address.
_STATUS = {"id": "/status/", "en": "/en/status/"}
_TIMES = {"id": "j F Y, H.i", "en": "j F Y, H:i"}
_DAY = "j F Y"

type Rows = list[dict[str, str]]


def slip_pdf(slip: SlipReceipt, *, language: str) -> bytes:
    """The slip on A5, in the language of whoever gets it."""
    recorded_on = datetime.date.fromisoformat(slip.recorded_on)
    office = Office.objects.get(code=slip.desk_office)
    with translation.override(language):
        data = _frame(office, heading=_("Receipt of a complaint"), language=language, on=recorded_on)
        where = (settings.WISE_ADDRESS + _STATUS[language]).partition("//")[2]
        data |= {
            "secrets": _rows(
                [(_("Register number"), slip.register_number), (_("Words that open the report"), slip.passphrase)]
            ),
            "rows": _rows(
                [
                    (_("Received on"), _on(slip.received_on)),
                    (_("Came by"), CHANNELS[slip.channel].label),
                    (_("Recorded on"), dateformat.format(recorded_on, _DAY)),
                    (_("Recorded by"), slip.officer),
                    (_("Handled by"), slip.place),
                    (_("Answer by"), _on(slip.due_on)),
                ]
            ),
            "how_heading": _("How to read the answer"),
            "how": [
                _("Open %(address)s and type the register number: you see how far your complaint is.")
                % {"address": where},
                _("Type the seven words too: you read the whole report, the answer and the letter, and can add to it."),
                _("The first time you are shown new words instead of these. Keep them: only they work afterwards."),
            ],
            "warning": _(
                "Keep this paper to yourself: whoever has it can open your report. The officer who printed it can read"
                " the words until you use them, so use them soon. Complaints cost nothing."
            ),
        }
    return typesetting.pdf("slip", data, on=recorded_on)


def laporan_pdf(laporan: Laporan, *, language: str) -> bytes:
    """The laporan on A4, under the letterhead of the office that handles the case."""
    case, zone = laporan.case, zoneinfo.ZoneInfo(laporan.case.unit.office.time_zone)
    recorded_on = laporan.recorded_at.astimezone(zone).date()
    with translation.override(language):
        data = _frame(case.unit.office, heading=_("Report of the receipt"), language=language, on=recorded_on)
        day = dateformat.format(recorded_on, _DAY)
        data |= {
            "number": _("Agenda number %(number)s") % {"number": case.agenda_number},
            "parts": [
                {"heading": _("How it came"), "rows": _how(laporan, zone=zone, language=language)},
                {"heading": _("What was reported"), "rows": _what(laporan)},
                {"heading": _("For the unit alone"), "rows": _apart(laporan)},
            ],
            "signed_at": f"{day}\n{laporan.desk}",
            "signer_name": laporan.recorded_by,
        }
    return typesetting.pdf("intake", data, on=recorded_on)


def _how(laporan: Laporan, *, zone: zoneinfo.ZoneInfo, language: str) -> Rows:
    opening, found = laporan.opening, ""
    if opening is not None:
        found = _("Box opened %(at)s by %(first)s and %(second)s, %(n)d found") % {
            "at": _at(opening.opened_at, zone=zone, language=language),
            "first": opening.opened_by.name,
            "second": opening.witness,
            "n": opening.found,
        }
    return _rows(
        [
            (_("Came by"), laporan.case.report.way_in.label),
            (_("Received"), _at(laporan.received_at, zone=zone, language=language)),
            (_("Found"), found),
            (_("Recorded"), _at(laporan.recorded_at, zone=zone, language=language)),
            (_("Recorded by"), laporan.recorded_by),
            (_("At the desk of"), laporan.desk),
            (_("Why so late"), laporan.late_reason),
            (_("Answer by"), dateformat.format(laporan.case.due_on, _DAY)),
        ]
    )


def _what(laporan: Laporan) -> Rows:
    told, report, reply = laporan.told, laporan.case.report, laporan.reply
    labels = {"what": _("What"), "where": _("Where"), "when": _("When"), "who": _("Who"), "how": _("How")}
    told_not = _("not said")
    kinds = {"internal": _("says that they work at the ministry"), "external": _("says that they are of the public")}
    topic = report.topic.name if report.topic is not None else ""
    return _rows(
        [
            (_("Kind"), " · ".join(str(part) for part in (laporan.case.stream.label, topic) if part)),
            (_("Office"), report.office.name if report.office is not None else _("not known")),
            *((label, getattr(told, name).strip() or told_not) for name, label in labels.items()),
            (pgettext("laporan", "Files"), "\n".join(file.neutral_name for file in laporan.files) or _("none")),
            (_("Reporter"), kinds.get(told.reporter_kind, told_not)),
            (_("Wants the answer"), REPLY_MEDIA[told.reply_medium].label),
            (_("Name and address"), "\n".join(part for part in (reply.name, reply.address) if part)),
        ]
    )


def _apart(laporan: Laporan) -> Rows:
    return _rows(
        [
            (_("Reported persons"), "\n".join(laporan.reported) or _("nobody was named")),
            (_("Observations"), laporan.observations or _("none")),
        ]
    )


def _frame(office: Office, *, heading: str, language: str, on: datetime.date) -> dict[str, Any]:
    head = letterheads.of(office)
    return {
        "language": language,
        "title": heading,
        "heading": heading,
        "author": office.name,
        "dated_on": on.isoformat(),
        "letterhead": list(head.lines),
        "address": head.address,
        "recipient": [],
        "words": wording.words(),
    }


def _rows(given: Iterable[tuple[str, str | Promise]]) -> Rows:
    """What has a value, as the templates take it."""
    told: list[Mapping[str, str]] = [{"label": label, "value": str(value)} for label, value in given]
    return [dict(row) for row in told if row["value"]]


def _on(day: str) -> str:
    return dateformat.format(datetime.date.fromisoformat(day), _DAY)


def _at(moment: datetime.datetime, *, zone: zoneinfo.ZoneInfo, language: str) -> str:
    return dateformat.format(moment.astimezone(zone), _TIMES[language])
