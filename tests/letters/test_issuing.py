"""Issuing: a number of its own, words that only the right key opens, a code that stands for all of it."""

import uuid
from dataclasses import asdict, replace

import pytest
from django.db import DatabaseError, transaction

from tests.letters import papers
from tests.letters.papers import KEY, ON
from tests.world import World
from wise.crypto import seal
from wise.crypto.errors import Unopenable
from wise.letters import issuing
from wise.letters.content import Content
from wise.letters.models import Counter, Letter, Template
from wise.refusals import Refused


def test_hadi_issues_a_letter_that_carries_the_next_number_of_his_office(world: World) -> None:
    first, second = papers.issue(world), papers.issue(world)

    assert (first.number, second.number) == ("S-1/KNL.0303/2026", "S-2/KNL.0303/2026")
    assert first.dated_on == ON
    assert first.code != second.code


def test_each_kind_office_and_year_counts_by_itself(world: World) -> None:
    papers.issue(world)

    assert papers.issue(world, kind="note").number == "ND-1/KNL.0303/2026"
    assert papers.issue(world, on=ON.replace(year=2027)).number == "S-1/KNL.0303/2027"


def test_a_letter_that_is_rolled_back_leaves_no_gap(world: World) -> None:
    papers.issue(world)
    with transaction.atomic():
        assert papers.issue(world).number == "S-2/KNL.0303/2026"
        transaction.set_rollback(True)

    assert papers.issue(world).number == "S-2/KNL.0303/2026"


def test_the_words_come_back_as_they_were_with_the_letterhead_of_the_office(world: World) -> None:
    content = papers.response(world)

    opened = papers.issue(world, content).content

    assert opened.letterhead[0] == "KEMENTERIAN KEUANGAN REPUBLIK INDONESIA"
    assert opened.letterhead[-1] == "KANTOR PELAYANAN KEKAYAAN NEGARA DAN LELANG PEKANBARU"
    assert replace(opened, letterhead=(), address="") == content
    assert Content(**asdict(opened)) == opened


def test_the_letters_of_a_case_are_those_that_ones_keys_open(world: World) -> None:
    case, other = uuid.uuid4(), seal.new_key()
    answer = papers.issue(world, case_id=case)
    note = papers.issue(world, kind="note", case_id=case, key=other)
    papers.issue(world)

    assert [each.number for each in issuing.letters_of(case, keys=[KEY])] == [answer.number]
    assert [each.number for each in issuing.letters_of(case, keys=[other, KEY])] == [note.number, answer.number]
    assert issuing.letters_of(case, keys=[]) == []


def test_the_english_copy_travels_with_the_letter(world: World) -> None:
    copy = papers.response(world, language="en")

    issued = papers.issue(world, courtesy=copy)

    assert issued.courtesy is not None
    assert issued.courtesy.subject == "Response to the complaint with agenda number PGD-41/KNL.0303/2026"
    assert papers.issue(world).courtesy is None


@pytest.mark.parametrize("missing", ["subject", "recipient", "points", "signer_title", "signer_name"])
def test_a_letter_without_what_makes_it_one_is_refused_and_takes_no_number(world: World, missing: str) -> None:
    words = asdict(papers.response(world))
    content = Content(**(words | {missing: [] if missing in {"recipient", "points"} else " "}))

    with pytest.raises(Refused, match="letter-incomplete"):
        papers.issue(world, content)

    assert not Counter.objects.exists()


def test_words_of_another_letter_do_not_pass_for_this_one(world: World) -> None:
    one, other = papers.issue(world).letter, papers.issue(world).letter

    one.sealed = other.sealed
    assert issuing.opened(one, keys=[KEY]) is None
    one.refresh_from_db()
    one.digest = other.digest
    with pytest.raises(Unopenable):
        issuing.opened(one, keys=[KEY])


def test_what_was_issued_cannot_be_changed_or_taken_away(world: World) -> None:
    papers.issue(world)

    for rows in (Letter.objects.all(), Template.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(kind="note")
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(using="default")


def test_nothing_of_the_words_stands_in_the_row(world: World) -> None:
    letter = papers.issue(world, papers.response(world, recipient=["Sari Wulandari", "Jl. Cempaka 8"])).letter

    row = Letter.objects.filter(id=letter.id).values().get()
    assert not [name for name, value in row.items() if "Sari" in repr(value) or b"Sari" in bytes(str(value), "utf-8")]
    assert len(letter.sealed) % 1024 == 41  # in whole KiB, so that the length tells little (P17)


def test_officers_and_reporters_know_a_letter_by_different_ids(world: World) -> None:
    letter = papers.issue(world).letter

    assert letter.id != letter.own_id
