"""The check runs here and keeps nothing: it can reach no network, no log, no file but its tables, and no row."""

import ast
from collections.abc import Iterator
from pathlib import Path

import wise.privacy

SOURCES = sorted(Path(wise.privacy.__file__).parent.rglob("*.py"))
NEEDED = {
    "bisect",
    "collections.abc",
    "dataclasses",
    "django.apps",
    "django.utils.functional",
    "django.utils.translation",
    "enum",
    "functools",
    "hashlib",
    "importlib",
    "re",
    "tomllib",
    "typing",
}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_room_imports_nothing_that_could_carry_a_finding_away() -> None:
    imported = {name for path in SOURCES for name in _imported(path) if not name.startswith("wise.privacy")}

    assert imported - {"wise"} <= NEEDED


def test_the_room_remembers_nothing_but_its_tables() -> None:
    remembering = [
        f"{path.name}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(one, ast.Name) and one.id in {"cache", "lru_cache"} for one in node.decorator_list)
    ]

    assert [name.partition(":")[0] for name in remembering] == ["__init__.py"]
    assert not [
        path.name for path in SOURCES for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Global)
    ]
