"""A template that an office wrote is code: it can neither read nor fetch nor take too much; its faults have lines."""

import io
import json
import resource
from pathlib import Path
from typing import Any

import pytest

from tests.letters import papers
from tests.world import World
from wise.letters import press, sources, typesetting, wording
from wise.letters.broken import BrokenTemplate

PLAIN = '#set document(title: "x")\n#set text(font: "Liberation Sans", lang: "id")\n'


def _set(source: str) -> bytes:
    return typesetting.pdf_apart(PLAIN + source, {"language": "id", "title": "x"}, on=papers.ON)


def test_a_template_of_an_office_gives_the_same_document_as_the_programs_own(world: World) -> None:
    sheet, own = typesetting.sheet_of(papers.issue(world))
    data = wording.data_of(sheet)

    assert own is None
    apart = typesetting.pdf_apart(sources.shipped("letter"), data, on=papers.ON)
    assert apart == typesetting.pdf("letter", data, on=papers.ON)


@pytest.mark.parametrize(
    "attempt",
    [
        '#read("/etc/passwd")',
        '#read("../broken.py")',
        '#read("base.typ")',
        '#image("/fonts/OFL.txt")',
        '#import "@preview/cetz:0.3.0": *',
        '#import "@pre" + "view/cetz:0.3.0"',
        '#include "letter.typ"',
        '#plugin("x.wasm")',
    ],
)
def test_a_template_reads_no_file_and_fetches_nothing(attempt: str) -> None:
    with pytest.raises(BrokenTemplate, match="template-broken") as refused:
        _set(attempt)

    assert refused.value.line == 3
    assert "Baris 3" in str(refused.value.sentence)


def test_a_fault_is_told_with_its_line_and_typsts_reason() -> None:
    with pytest.raises(BrokenTemplate) as refused:
        _set("Baik\n\n#tidak-ada")

    assert refused.value.line == 5
    assert "unknown variable: tidak-ada" in str(refused.value.sentence)


@pytest.mark.parametrize(
    "greedy",
    [
        "#for i in range(100000) { for j in range(100000) { let x = i * j } }",
        '#let x = "a" * 1000000\n#for i in range(100) { x = x + x }\n#x',
    ],
)
def test_a_template_that_never_ends_or_grows_without_end_is_stopped(greedy: str) -> None:
    with pytest.raises(BrokenTemplate) as refused:
        _set(greedy)

    assert refused.value.code in {"template-too-much", "template-broken"}


def test_a_document_that_readers_could_not_hear_is_refused() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'

    with pytest.raises(BrokenTemplate) as refused:
        _set(f'#image(bytes({json.dumps(svg)}), format: "svg")')

    assert "alt" in str(refused.value.sentence)


def test_a_template_that_keeps_us_waiting_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_PATIENCE_SECONDS", 0.01 - press.SECONDS)

    with pytest.raises(BrokenTemplate, match="template-too-much"):
        _set("Baik")


def test_a_fault_without_a_place_is_told_all_the_same() -> None:
    told = BrokenTemplate.told("out of luck", diagnostic="", hints=["try again"])

    assert (told.line, str(told.sentence)) == (None, "Templat tidak dapat digunakan: out of luck; try again")


@pytest.mark.parametrize(("source", "said"), [("Baik", {}), ("#x", {"message": "unknown variable: x"})])
def test_the_process_answers_with_what_is_wrong_and_the_document(
    monkeypatch: pytest.MonkeyPatch, source: str, said: dict[str, str]
) -> None:
    root = str(Path(press.__file__).with_name("typst"))
    job = {"source": PLAIN + source, "data": "{}", "root": root, "standards": ["a-3a", "ua-1"], "timestamp": 0}
    given, written = io.BytesIO(json.dumps(job).encode()), io.BytesIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(given))
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)  # this process has still much to do

    assert press.main() == 0

    head, _, document = written.getvalue().partition(b"\n")
    assert said.items() <= json.loads(head).items()
    assert document.startswith(b"%PDF") is not bool(said)


def test_who_gave_everything_up_can_open_nothing_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    given_up: list[tuple[int, Any]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda what, most: given_up.append((what, most)))

    press.give_up_everything()

    assert (resource.RLIMIT_NOFILE, (3, 3)) in given_up
    assert len(given_up) == 5
