"""What a report says of itself, sealed; words added later; files with two names and two ids."""

import uuid

import pytest
from django.utils import translation

from tests import world as cast
from tests.world import NOW, World
from wise.audit.rows import fingerprint
from wise.keys import directory, grants
from wise.keys.grants import CONTENT, ORIGINALS, REPLY
from wise.keys.keyring import Keyring
from wise.register import attachments, channels, entry, looking, streams, topics
from wise.register.channels import CHANNELS, ONLINE
from wise.register.entry import Line, Reply, Told
from wise.register.models import Topic
from wise.register.streams import REPLY_MEDIA, STREAMS

SERVICE = STREAMS["service"]
TODAY = NOW.date()


def _line(**changed: object) -> Line:
    keys = grants.new_keys(CONTENT, ORIGINALS, REPLY)
    given: dict[str, object] = {
        "channel": ONLINE,
        "stream": SERVICE,
        "told": Told(what="Antre", who="Petugas"),
        "keys": keys,
        "received_on": TODAY,
    }
    return Line(**(given | changed))  # type: ignore[arg-type]


def test_what_was_told_comes_back_with_the_key_and_is_nowhere_without_it(world: World) -> None:
    line = _line(reply=Reply("letter", "Sari", "Jalan Melati 1"))
    report = entry.seal_line(line, reporter_holder=None, report_id=uuid.uuid4()).report

    assert entry.told(report, keys=line.keys) == line.told
    assert entry.reply(report, keys=line.keys) == line.reply
    assert b"Antre" not in bytes(report.sealed)
    assert b"Melati" not in bytes(report.sealed_reply or b"")


def test_who_has_not_the_key_to_the_reply_answers_on_the_page(world: World) -> None:
    line = _line(reply=Reply("letter", "Sari", "Jalan Melati 1"))
    report = entry.seal_line(line, reporter_holder=None, report_id=uuid.uuid4()).report
    without = {CONTENT: line.keys[CONTENT]}

    assert entry.reply(report, keys=without) == Reply()
    bare = entry.seal_line(_line(keys=without), reporter_holder=None, report_id=uuid.uuid4()).report
    assert bare.sealed_reply is None
    assert entry.reply(bare, keys=line.keys) == Reply()


def test_the_five_elements_are_counted_but_never_asked_for() -> None:
    assert Told(what="x", where=" ", how="y").completeness == 2
    assert Told().completeness == 0
    assert list(Told(what="x").elements) == ["what", "where", "when", "who", "how"]


def test_the_register_number_is_for_its_reporter_alone(world: World) -> None:
    sari, budi = cast.join(), cast.join("kuda laut")
    holder = directory.holder_of(sari.reporter)
    entered = entry.seal_line(_line(), reporter_holder=holder, report_id=uuid.uuid4())

    assert entry.register_number(entered.report, keyring=sari.keyring) == entered.register_number
    for ring in (budi.keyring, world.desk("wulan").keyring, Keyring({})):
        assert entry.register_number(entered.report, keyring=ring) is None
    nobodys = entry.seal_line(_line(), reporter_holder=None, report_id=uuid.uuid4())
    assert entry.register_number(nobodys.report, keyring=sari.keyring) is None


def test_a_fingerprint_covers_the_whole_row(world: World) -> None:
    line = _line(topic=Topic.objects.first(), office=world.office())
    report = entry.seal_line(line, reporter_holder=None, report_id=uuid.uuid4()).report
    first = fingerprint(report)

    changed: dict[str, object] = {
        "channel": "box",
        "stream": "violation",
        "reporter_id": uuid.uuid4(),
        "received_at": NOW,
        "sealed": b"x",
        "sealed_reply": b"y",
        "commitments": {},
    }
    for name, value in changed.items():
        before = getattr(report, name)
        setattr(report, name, value)
        assert fingerprint(report) != first
        setattr(report, name, before)
    assert fingerprint(report) == first


def test_words_added_later_stand_beside_the_first_ones(world: World) -> None:
    line = _line()
    report = entry.seal_line(line, reporter_holder=None, report_id=uuid.uuid4()).report
    report.save(force_insert=True)

    added = entry.add_words(report, text="Terulang lagi", keys=line.keys, order=2, on=TODAY)

    assert entry.added_words(added, keys=line.keys) == "Terulang lagi"
    assert entry.told(report, keys=line.keys).what == "Antre"
    assert fingerprint(added) != fingerprint(report)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("foto.JPG", ".jpg"),
        ("laporan.akhir.pdf", ".pdf"),
        ("../../etc/passwd", ""),
        ("C:\\surat\\bukti.docx", ".docx"),
        ("x.\u202egpj.exe", ".exe"),
        ("foto.jp\u0000g", ""),
        ("foto.gäng", ""),
        ("foto.verylongsuffix", ""),
        ("foto.tar-gz", ""),
        ("foto", ""),
        ("", ""),
        ("." * 300, ""),
    ],
)
def test_p25_only_a_harmless_suffix_of_a_name_is_shown_to_officers(name: str, suffix: str) -> None:
    assert attachments.suffix_of(name) == suffix


def test_a_file_that_never_lay_in_a_draft_can_be_entered_too(world: World) -> None:
    stored = cast.file(b"surat").stored
    file = looking.looked_at(attachments.in_memory(stored, name="surat.pdf", media_type="application/pdf"), at=NOW)
    sari = cast.join()

    assert sari.report(sari.tells(cast.queues(files=(file,)))).files[0].name == "surat.pdf"


def test_the_shipped_topics_are_there_once_and_fit_their_streams(world: World) -> None:
    before = Topic.objects.count()
    topics.load_shipped()
    assert Topic.objects.count() == before == 18

    found = {stream.code: rows for stream, rows in topics.by_stream()}
    assert set(found) == {"service", "violation"}
    attitude = topics.find("attitude")
    assert attitude in found["service"]
    assert attitude is not None
    assert topics.fits(attitude, stream="service")
    assert topics.fits(attitude, stream="suggestion")
    assert not topics.fits(attitude, stream="violation")
    Topic.objects.filter(code="attitude").update(active=False)
    assert (topics.find("attitude"), topics.find("")) == (None, None)


def test_a_topic_has_a_name_in_both_languages(world: World) -> None:
    topic = Topic.objects.get(code="attitude")
    with translation.override("en"):
        assert topic.name == "Attitude of staff"
    with translation.override("id"):
        assert topic.name == "Sikap petugas"


def test_what_grows_is_a_row_and_choices_follow(world: World) -> None:
    assert {code for code, _ in channels.choices()} == set(CHANNELS)
    assert {code for code, _ in streams.choices()} == set(STREAMS)
    assert {row.reply_default for row in CHANNELS.values()} <= set(REPLY_MEDIA)
    assert {row.topics_of for row in STREAMS.values()} <= set(STREAMS)
