"""Translations are compiled where that is due, and complete."""

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wise.config import catalogues

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: id\\n"

msgid "Answer"
msgstr "Jawaban"

#, fuzzy
msgid "Letter"
msgstr "Huruf"

msgid "Unit"
msgstr ""

msgid "One day"
msgid_plural "Many days"
msgstr[0] ""
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "portal" / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    return tmp_path


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(package: Path) -> None:
    (source,) = catalogues.sources(package)
    target = source.with_suffix(".mo")

    catalogues.compile_all(package)
    with target.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Answer") == "Jawaban"

    stamp = target.stat().st_mtime_ns
    catalogues.compile_all(package)
    assert target.stat().st_mtime_ns == stamp

    os.utime(source, (2**32, 2**32))
    catalogues.compile_all(package)
    assert target.stat().st_mtime_ns != stamp
    assert [path.name for path in target.parent.iterdir() if path.suffix == ".part"] == []


def test_a_damaged_catalogue_leaves_the_compiled_one_alone(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = catalogues.sources(package)
    catalogues.compile_all(package)
    compiled = source.with_suffix(".mo").read_bytes()
    os.utime(source, (2**32, 2**32))
    monkeypatch.setattr(Path, "chmod", _fail)

    with pytest.raises(OSError, match="full"):
        catalogues.compile_all(package)

    assert source.with_suffix(".mo").read_bytes() == compiled
    assert {path.name for path in source.parent.iterdir()} == {"django.po", "django.mo"}


def _fail(*arguments: object) -> None:
    message = "the disk is full"
    raise OSError(message)


def test_what_has_no_translation_or_a_doubtful_one_is_named(package: Path) -> None:
    (source,) = catalogues.sources(package)

    assert catalogues.untranslated(source) == ["Letter", "Unit", "One day"]


def test_every_text_is_translated(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main() == 0, capsys.readouterr().out


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed (apt-get install gettext)")
def test_no_text_was_forgotten(tmp_path: Path) -> None:
    source = Path(catalogues.__file__).parents[1]
    copy = tmp_path / "wise"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.move(copy / "refusals.py", copy / "config")
    rooms = sorted(path.parent for path in copy.glob("*/__init__.py"))
    for folder in (copy, *rooms):
        (folder / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-P", "-m", "django", "makemessages", "-l", "id", "--no-location", "-v", "0"]
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "wise.config.settings"}
    subprocess.run(command, cwd=copy, env=variables, check=True)
    forgotten = []
    for catalogue in sorted(copy.rglob("locale/id/LC_MESSAGES/django.po")):
        forgotten += [f"{catalogue.parents[3].name}: {text}" for text in catalogues.untranslated(catalogue)]

    assert not forgotten
