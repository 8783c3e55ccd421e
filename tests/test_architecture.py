"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.choices import CallableChoiceIterator

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
DOMAIN = ("crypto", "privacy", "audit", "people", "keys", "vault", "register", "letters", "casework")
# Names that say nothing about the work.
EMPTY_NAMES = {"utils", "util", "common", "core", "helpers", "helper", "services", "service", "managers", "misc"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# A table is one row after another; cut in two, nobody could read down a column.
LONGER = {"src/wise/casework/workflow.py"}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _in_rooms(*rooms: str) -> list[Path]:
    return [path for path in SOURCES if path.relative_to(ROOT / "src" / "wise").parts[0] in rooms]


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef))


def test_a_file_is_read_in_one_sitting() -> None:
    lengths = {_name(path): len(path.read_text().splitlines()) for path in SOURCES}

    assert not {name: lines for name, lines in lengths.items() if lines >= LONGEST_FILE and name not in LONGER}


def test_a_function_is_seen_at_a_glance() -> None:
    long = {
        f"{_name(path)}:{function.name}": length
        for path in SOURCES
        for function in _functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) >= LONGEST_FUNCTION
    }

    assert not long


def test_every_module_says_what_it_is_for() -> None:
    silent = [_name(path) for path in SOURCES if path.read_text() and not ast.get_docstring(_tree(path))]

    assert not silent


def test_nothing_is_called_utils_or_the_like() -> None:
    empty = [_name(path) for path in SOURCES if EMPTY_NAMES & {*path.with_suffix("").parts}]

    assert not empty


def test_imports_run_down_only() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert outcome.returncode == 0, outcome.stdout


# What asks the clock, and why it may.
ASKS_THE_CLOCK = {"src/wise/people/officer_sessions.py": "Django asks a session engine without telling the time"}


def test_the_domain_never_asks_the_clock() -> None:
    asking = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|\btime\.time\(|localtime\(\)|localdate\(\)")
    found = {_name(path) for path in _in_rooms(*DOMAIN) if asking.search(path.read_text())}

    assert found <= set(ASKS_THE_CLOCK)


def test_the_domain_knows_no_requests() -> None:
    asking = re.compile(r"^\s*(from|import) django\.(http|shortcuts|urls|dispatch|template|forms)\b", re.MULTILINE)
    assert not [_name(path) for path in _in_rooms(*DOMAIN) if asking.search(path.read_text())]


def test_nothing_happens_by_signal_or_by_an_overridden_save() -> None:
    models = [path for path in SOURCES if path.name == "models.py"]

    assert not [
        _name(path) for path in SOURCES if re.search(r"\bSignal\(|@receiver|post_save|pre_save", path.read_text())
    ]
    assert not [_name(path) for path in models for function in _functions(path) if function.name == "save"]


def test_p01_no_chance_but_from_the_system() -> None:
    drawing = re.compile(r"^\s*(import random|from random import|import numpy)", re.MULTILINE)

    assert not [_name(path) for path in SOURCES if drawing.search(path.read_text())]


def test_who_wants_a_row_of_a_list_gets_it_without_a_migration() -> None:
    fixed = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("wise.")
        for field in model._meta.get_fields()
        if (choices := getattr(field, "choices", None)) and not isinstance(choices, CallableChoiceIterator)
    ]

    assert not fixed


def test_rows_have_random_ids() -> None:
    counted = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("wise.") and "Auto" in type(model._meta.pk).__name__
    ]

    assert not counted


def test_a_model_changes_only_with_a_named_migration() -> None:
    names = [
        _name(path)
        for path in (ROOT / "src").rglob("migrations/0*.py")
        if re.search(r"_(auto|alter|initial)(_|\.)", path.name)
    ]

    assert not names


@pytest.mark.django_db
def test_no_model_waits_for_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_page_brings_scripts_styles_or_strangers_along() -> None:
    foreign = re.compile(
        r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)|"
        r"<(?:img|link|iframe|script|source|video)[^>]*(?:src|href)=[\"']?(?:https?:)?//",
        re.IGNORECASE,
    )
    templates = (ROOT / "src").rglob("templates/**/*.html")

    assert not [_name(path) for path in templates if foreign.search(path.read_text())]


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def test_only_a_door_answers() -> None:
    doors = ("wise.site", "wise.portal", "wise.workspace", "django.views.generic")
    answering = {pattern.lookup_str for pattern in _patterns(get_resolver())}

    assert not {name for name in answering if not name.startswith(doors)}


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    names = re.compile(r"https?://[^/\s]*(pypi|pythonhosted|files\.)|/root/|find-links|extra-index-url", re.IGNORECASE)
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".png", ".jpg", ".ico"} or path == Path(__file__) or not path.exists():
            continue
        if names.search(path.read_text(encoding="utf-8", errors="replace")):
            found.append(name)

    assert not found
