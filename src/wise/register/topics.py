"""The topics that WiSe comes with; the institution may change them (mission B1, the FAQ's list and the services)."""

from wise.register.models import Topic
from wise.register.streams import STREAMS, Stream

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
