"""Drafts: the case's facts in the institution's words."""

import pytest
from django.utils import translation

from tests.letters import papers
from tests.world import KANWIL, World
from wise.letters import drafting
from wise.register.streams import STREAMS


def test_the_answer_to_a_box_complaint_goes_to_the_reporter_by_agenda_number(world: World) -> None:
    content = papers.response(world)

    assert content.recipient == ("Pelapor pengaduan nomor agenda PGD-41/KNL.0303/2026",)
    assert content.subject == "Tanggapan atas Pengaduan Nomor Agenda PGD-41/KNL.0303/2026"
    assert "pada tanggal 3 November 2026 melalui kotak pengaduan" in content.opening
    assert content.points[0] == "Pokok pengaduan: Waktu. Antrean di loket berlangsung hampir tiga jam."
    assert KANWIL in content.points[-1]
    assert content.signer_title == "Kepala Kantor"
    assert content.copies == (f"Kepala {KANWIL}",)


def test_who_asked_for_a_letter_gets_it_by_name_and_nobody_else_reads_the_name(world: World) -> None:
    content = papers.response(world, recipient=["Sari Wulandari", "", "Jl. Cempaka 8, Pekanbaru"])

    assert content.recipient == ("Sari Wulandari", "Jl. Cempaka 8, Pekanbaru")
    assert content.copies == ()


def test_a_letter_about_a_violation_names_nobody_and_is_copied_to_nobody(world: World) -> None:
    agenda = "PLG-7K3M2Q/2026"
    content = papers.response(
        world, stream=STREAMS["violation"], agenda_number=agenda, recipient=["Sari Wulandari", "Jl. Cempaka 8"]
    )

    assert content.recipient == (f"Pelapor pengaduan nomor agenda {agenda}",)
    assert content.copies == ()
    assert "Sari" not in repr([getattr(content, name) for name in content.__slots__])


def test_the_courtesy_copy_is_english_whatever_the_page_is(world: World) -> None:
    with translation.override("id"):
        content = papers.response(world, language="en", channel="WhatsApp")

    assert content.opening.startswith("We refer to your complaint, which we received on 3 November 2026 by WhatsApp")
    assert content.signer_title == "Head of the Office"


def test_rahmat_reports_to_the_head_what_the_verification_found(world: World) -> None:
    facts = papers.facts(
        world.office(), steps="Membaca buku antrean", facts="Waktu tunggu 2 jam 40 menit", recommendation="Loket kedua?"
    )

    content = drafting.note(facts)

    assert content.recipient == ("Kepala KPKNL Pekanbaru",)
    assert content.signer_title == "Kepala Seksi Kepatuhan Internal"
    assert "Langkah verifikasi: Membaca buku antrean." in content.points
    assert "Rekomendasi: Loket kedua?" in content.points
    assert content.copies == ()


@pytest.mark.parametrize("draft", [drafting.response, drafting.note])
def test_what_is_not_known_yet_is_left_out(world: World, draft: object) -> None:
    assert callable(draft)
    content = draft(papers.facts(world.office(), topic="", subject="", result="", follow_up=""))

    assert not [point for point in content.points if point.endswith(": ") or ": ." in point]


def test_the_inspectorate_has_nobody_above_to_turn_to(world: World) -> None:
    content = drafting.response(papers.facts(world.office("Inspektorat Jenderal")))

    assert "Ombudsman" in content.points[-1]
    assert content.copies == ()
    assert content.opening
