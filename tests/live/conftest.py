"""A really started server for each story. The institution is founded once; every house is a copy of that one."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from benchmarks import house as houses
from benchmarks.client import Browser
from benchmarks.house import House
from tests.live.telling import Meet, Reporter

_SERVER = os.environ.get("WISE_TEST_DATABASE_URL", "")
_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them. They run one after the other (`tests.sharing`): each of them uses the whole machine."""
    for item in items:
        if "live" in item.path.parts:
            item.add_marker(pytest.mark.live)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The demo institution, founded by `wise up` and stopped again."""
    folder = tmp_path_factory.mktemp("founded") / "var"
    folder.mkdir()
    house = houses.at(folder, database_url=_new_database())
    house.start()
    house.stop()
    return house


@pytest.fixture
def new_house(founded: House, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Copy the founded house, by default below the test's own folder. The server does not run yet."""
    made: list[House] = []

    def make(folder: Path | None = None) -> House:
        place = (folder or tmp_path) / "var"
        shutil.copytree(founded.folder, place)
        made.append(houses.at(place, database_url=_new_database(like=founded)))
        return made[-1]

    yield make
    for house in made:
        if house.process is not None:
            house.kill()
        _drop_database(house)


@pytest.fixture
def meet() -> Iterator[Meet]:
    """Somebody new with a browser at this house's pages; all hang up when the story is over."""
    met: list[Reporter] = []

    def make(house: House) -> Reporter:
        met.append(Reporter(Browser(house.port, timeout=30)))
        return met[-1]

    yield make
    for reporter in met:
        reporter.browser.close()


@pytest.fixture
def house(new_house: Callable[..., House]) -> House:
    """A house whose server runs."""
    house = new_house()
    house.start()
    return house


def _new_database(*, like: House | None = None) -> str:
    """The address of a database of its own; empty for the embedded one, which lies in the house's folder."""
    if not _SERVER:
        return ""
    name = f"wise_live_{os.getpid()}_{next(_numbers)}"
    statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if like is not None:
        statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(_name_in(like.environment["WISE_DATABASE_URL"])))
    with psycopg.connect(_address_of("postgres"), autocommit=True) as connection:
        connection.execute(statement)
    return _address_of(name)


def _drop_database(house: House) -> None:
    if _SERVER:
        name = sql.Identifier(_name_in(house.environment["WISE_DATABASE_URL"]))
        with psycopg.connect(_address_of("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _address_of(database: str) -> str:
    before, _, options = _SERVER.partition("?")
    return f"{before.rpartition('/')[0]}/{database}" + (f"?{options}" if options else "")


def _name_in(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]
