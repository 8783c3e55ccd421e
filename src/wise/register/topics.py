"""What a report is about: the topics that WiSe comes with, and how the institution changes them (mission B1).

A report keeps the topic that its reporter chose: a topic is never removed. One that is retired is not offered any more.
"""

import datetime
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wise.audit import log
from wise.audit.models import Chain
from wise.keys import directory
from wise.people.kinds import Role
from wise.people.models import Officer
from wise.refusals import NotThere, Refused
from wise.register.models import Topic
from wise.register.streams import STREAMS, Stream

# Who keeps the list.
KEEPERS = frozenset({Role.EDITOR, Role.ADMIN})
UP, DOWN = "up", "down"
_LONGEST_SLUG = 30

# code, stream, Indonesian, English
_SHIPPED = (
    ("procedure", "service", "Prosedur pelayanan", "Procedure"),
    ("time", "service", "Waktu pelayanan", "Time taken"),
    ("cost", "service", "Biaya pelayanan", "Cost"),
    ("condition", "service", "Kondisi kantor", "State of the office"),
    ("attitude", "service", "Sikap petugas", "Attitude of staff"),
    ("auction", "service", "Layanan lelang", "Auctions"),
    ("receivables", "service", "Layanan piutang negara", "State receivables"),
    ("property", "service", "Layanan pengelolaan kekayaan negara", "State property"),
    ("appraisal", "service", "Layanan penilaian", "Appraisal"),
    ("information", "service", "Layanan informasi dan hukum", "Information and law"),
    ("general", "service", "Lain-lain", "Something else"),
    ("fees", "violation", "Pungutan liar", "Illegal fees"),
    ("bribery", "violation", "Suap atau gratifikasi", "Bribery or gifts"),
    ("abuse", "violation", "Penyalahgunaan wewenang", "Abuse of authority"),
    ("procurement", "violation", "Pengadaan barang dan jasa", "Procurement"),
    ("discipline", "violation", "Pelanggaran disiplin atau kode etik", "Breach of discipline or ethics"),
    ("loss", "violation", "Kerugian negara", "Loss to the state"),
    ("other", "violation", "Pelanggaran lain", "Another violation"),
)


@dataclass(frozen=True, slots=True)
class Names:
    """How a topic is called in either language."""

    indonesian: str
    english: str


def load_shipped() -> None:
    """Put the shipped topics into the database, where they are missing."""
    for position, (code, stream, name_id, name_en) in enumerate(_SHIPPED):
        given = {"stream": stream, "name_id": name_id, "name_en": name_en, "position": position}
        Topic.objects.get_or_create(code=code, defaults=given)


def by_stream() -> list[tuple[Stream, list[Topic]]]:
    """The topics in use, grouped by the stream that they were made for."""
    rows = list(Topic.objects.filter(active=True))
    groups = [(stream, [row for row in rows if row.stream == stream.code]) for stream in STREAMS.values()]
    return [(stream, topics) for stream, topics in groups if topics]


def find(code: str) -> Topic | None:
    """The topic with this code, if it is in use."""
    return Topic.objects.filter(code=code, active=True).first() if code else None


def fits(topic: Topic, *, stream: str) -> bool:
    """Whether a report of this stream may be about this topic."""
    return STREAMS[stream].topics_of == topic.stream


def every() -> list[tuple[Stream, list[Topic]]]:
    """All topics, the retired ones too, by the streams that have topics of their own."""
    rows = list(Topic.objects.all())
    own = (stream for stream in STREAMS.values() if stream.topics_of == stream.code)
    return [(stream, [row for row in rows if row.stream == stream.code]) for stream in own]


def known(code: str) -> Topic:
    """A topic, in use or retired."""
    row = Topic.objects.filter(code=code).first()
    if row is None:
        raise NotThere
    return row


def add(stream: str, *, names: Names, by: Officer, at: datetime.datetime) -> Topic:
    """Offer a new topic to reporters, after those of its stream."""
    with transaction.atomic():
        rows = _kept(stream, by=by, at=at)
        checked = _checked(names, among=rows)
        last = max((row.position for row in rows), default=0)
        code = f"{slugify(checked.english)[:_LONGEST_SLUG]}-{secrets.token_hex(3)}"
        topic = Topic(code=code, stream=stream, position=last + 1)
        topic.name_id, topic.name_en = checked.indonesian, checked.english
        topic.save(force_insert=True)
        _note("add-topic", topic, by=by, at=at)
    return topic


def rename(code: str, *, names: Names, by: Officer, at: datetime.datetime) -> Topic:
    """Call a topic otherwise, on earlier reports too."""
    with transaction.atomic():
        rows = _kept(known(code).stream, by=by, at=at)
        topic = next(row for row in rows if row.code == code)
        checked = _checked(names, among=[row for row in rows if row.code != code])
        topic.name_id, topic.name_en = checked.indonesian, checked.english
        topic.save(update_fields=["name_id", "name_en"])
        _note("rename-topic", topic, by=by, at=at)
    return topic


def offer(code: str, *, offered: bool, by: Officer, at: datetime.datetime) -> Topic:
    """Retire a topic, or offer it again."""
    with transaction.atomic():
        topic = next(row for row in _kept(known(code).stream, by=by, at=at) if row.code == code)
        if topic.active is not offered:
            topic.active = offered
            topic.save(update_fields=["active"])
            _note("restore-topic" if offered else "retire-topic", topic, by=by, at=at)
    return topic


def move(code: str, *, to: str, by: Officer, at: datetime.datetime) -> Topic:
    """Offer a topic one place earlier (`UP`) or later (`DOWN`); the first and the last stay where they are."""
    with transaction.atomic():
        rows = _kept(known(code).stream, by=by, at=at)
        here = next(index for index, row in enumerate(rows) if row.code == code)
        there = here + (1 if to == DOWN else -1)
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
            for position, row in enumerate(rows):
                row.position = position
            Topic.objects.bulk_update(rows, ["position"])
            _note("move-topic", rows[there], by=by, at=at)
    return known(code)


def _kept(stream: str, *, by: Officer, at: datetime.datetime) -> list[Topic]:
    """The topics of a stream in their order, locked for one who may change them."""
    if stream not in STREAMS or STREAMS[stream].topics_of != stream:
        raise NotThere
    if not KEEPERS & {Role(row.role) for row in directory.roles_of(by, on=timezone.localdate(at))}:
        raise NotThere
    return list(Topic.objects.select_for_update().filter(stream=stream))


def _checked(names: Names, *, among: list[Topic]) -> Names:
    tidy = Names(" ".join(names.indonesian.split()), " ".join(names.english.split()))
    if not tidy.indonesian or not tidy.english:
        raise Refused("names-missing", _("Write the topic in Indonesian and in English."))
    if any(row.name_id.casefold() == tidy.indonesian.casefold() for row in among):
        raise Refused("topic-there", _("There is a topic of this name already. If it is retired, offer it again."))
    return tidy


def _note(deed: str, topic: Topic, *, by: Officer, at: datetime.datetime) -> None:
    facts: dict[str, log.Fact] = {"topic": topic.code, "id": topic.name_id, "en": topic.name_en}
    log.record(deed, chain=Chain.OFFICERS, at=at, by=by.id, facts=facts)
