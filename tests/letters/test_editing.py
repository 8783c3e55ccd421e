"""How letters look and are numbered: changed by an editor for their office, by an administrator for all."""

import pytest

from tests.letters import papers
from tests.world import NOW, World
from wise.audit import proof
from wise.audit.models import Entry
from wise.letters import editing, samples, typesetting, wording
from wise.letters.broken import BrokenTemplate
from wise.letters.editing import Place
from wise.letters.kinds import KINDS, Kind
from wise.letters.models import Template
from wise.refusals import NotThere, Refused

RESPONSE = KINDS["response"]
ALL = Place(None)


def _own(world: World) -> Place:
    return Place(world.office())


def _changed(place: Place, mark: str = "// pekanbaru") -> str:
    return editing.look(RESPONSE, place=place).source + f"\n{mark}\n"


def _save(world: World, place: Place, source: str, *, since: int = 0, by: str = "edi") -> Template | None:
    return editing.save(RESPONSE, place=place, source=source, since=since, by=world.officer(by), at=NOW)


def test_edi_may_change_the_letters_of_his_office_tono_those_of_all_and_wulan_none(world: World) -> None:
    def places(login: str) -> list[str]:
        desk = world.desk(login)
        return [place.slug for place in editing.places(desk.places, roles_at=desk.roles_at)]

    assert places("edi") == [world.office().code]
    assert places("tono") == ["semua"]
    assert places("wulan") == places("hadi") == places("ina") == []


@pytest.mark.parametrize("kind", editing.EDITABLE, ids=lambda kind: kind.code)
def test_every_sample_comes_out_of_what_the_program_brings(kind: Kind) -> None:
    for sample in samples.letters(kind):
        assert typesetting.pdf(kind.template, wording.data_of(sample), on=sample.dated_on).startswith(b"%PDF")


def test_the_next_letter_has_the_new_looks_and_the_last_one_keeps_its_own(world: World) -> None:
    before = papers.issue(world)
    looked = typesetting.letter_pdf(before)

    made = _save(world, _own(world), _changed(_own(world)))
    after = papers.issue(world)

    assert made is not None
    assert after.letter.template == made
    assert before.letter.template != made
    assert typesetting.letter_pdf(before) == looked
    assert typesetting.letter_pdf(after).startswith(b"%PDF")


def test_an_office_without_templates_of_its_own_has_those_of_all(world: World) -> None:
    made = _save(world, ALL, _changed(ALL, "// semua"), by="tono")

    assert papers.issue(world).letter.template == made
    assert editing.look(RESPONSE, place=_own(world)).own is None

    own = _save(world, _own(world), _changed(_own(world)))
    assert papers.issue(world).letter.template == own


def test_going_back_makes_the_letters_look_as_everybodys_again(world: World) -> None:
    shipped = editing.look(RESPONSE, place=_own(world)).source
    _save(world, _own(world), _changed(_own(world)))

    editing.go_back(RESPONSE, place=_own(world), by=world.officer("edi"), at=NOW)

    assert editing.look(RESPONSE, place=_own(world)).source == shipped
    assert papers.issue(world).letter.template.made_by is None
    with pytest.raises(NotThere):
        editing.go_back(RESPONSE, place=_own(world), by=world.officer("edi"), at=NOW)


def test_a_template_with_a_fault_is_not_saved_and_its_line_is_told(world: World) -> None:
    source = editing.look(RESPONSE, place=_own(world)).source.replace("#copies", "#salinan")

    with pytest.raises(BrokenTemplate) as refused:
        _save(world, _own(world), source)

    assert refused.value.line == source.splitlines().index("#salinan") + 1
    assert not Template.objects.exists()


def test_a_template_that_only_sets_short_letters_is_not_saved(world: World) -> None:
    source = _changed(_own(world), '#if data.points.len() > 10 { panic("terlalu panjang") }')

    assert editing.preview(RESPONSE, place=_own(world), source=source).startswith(b"%PDF")
    with pytest.raises(BrokenTemplate):
        _save(world, _own(world), source)


def test_a_letter_at_which_the_offices_template_fails_is_set_by_the_programs_own(world: World) -> None:
    plain = papers.issue(world)
    _save(world, _own(world), _changed(_own(world), '#if data.points.len() == 4 { panic("empat") }'))
    content = papers.response(world)
    assert len(content.points) == 4

    issued = papers.issue(world, content)

    assert issued.letter.template.made_by is not None
    assert typesetting.letter_pdf(issued)[:8] == typesetting.letter_pdf(plain)[:8] == b"%PDF-1.7"


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_unseen(world: World) -> None:
    _save(world, _own(world), _changed(_own(world)))

    with pytest.raises(Refused, match="template-overtaken"):
        _save(world, _own(world), _changed(_own(world), "// lain"), since=0)

    assert _save(world, _own(world), _changed(_own(world), "// lain"), since=1) is not None


@pytest.mark.parametrize(("source", "code"), [(" \r\n", "template-empty"), ("// " + "x" * 65536, "template-too-long")])
def test_an_empty_or_endless_template_is_refused(world: World, source: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        _save(world, _own(world), source)


def test_saving_what_is_there_changes_nothing(world: World) -> None:
    assert _save(world, ALL, editing.look(RESPONSE, place=ALL).source.replace("\n", "\r\n"), by="tono") is None


def test_numbers_are_written_another_way_from_the_next_letter_on(world: World) -> None:
    papers.issue(world)
    by = world.officer("edi")

    editing.write_numbers("{kind}-{number}/MK/{office}/{year}", place=_own(world), by=by, at=NOW)
    assert papers.issue(world).number == "S-2/MK/KNL.0303/2026"
    editing.write_numbers("{kind}/{number}/{office}/{year}", place=_own(world), by=by, at=NOW)

    assert editing.pattern_in(_own(world)) == "{kind}/{number}/{office}/{year}"
    assert editing.pattern_in(ALL) == "{kind}-{number}/{office}/{year}"


def test_the_log_keeps_who_changed_what(world: World) -> None:
    made = _save(world, _own(world), _changed(_own(world)))
    editing.write_numbers("{kind}/{number}/{office}/{year}", place=ALL, by=world.officer("tono"), at=NOW)

    deeds = {entry.deed: entry for entry in Entry.objects.filter(deed__startswith="letter_")}
    assert made is not None
    assert deeds["letter_template"].facts["digest"] == made.digest
    assert deeds["letter_template"].by == world.officer("edi").id
    assert deeds["letter_numbers"].facts["after"] == "{kind}/{number}/{office}/{year}"
    assert proof.verify() == []
