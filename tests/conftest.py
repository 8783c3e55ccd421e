"""What every test may ask for: the world, a visitor who fills forms, compiled catalogues, Chromium if it is here."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from django.utils.translation import reloader
from django_webtest import DjangoTestApp
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer

from tests import tables
from tests import world as worlds
from tests.sharing import Sharing
from tests.world import World
from wise.config import catalogues

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_BOTH = frozenset({"live", "postgres", "django_db"})


def pytest_configure() -> None:
    """Compile the translations once, before anything renders a page; Django has looked at the old ones already."""
    catalogues.compile_all()
    reloader.translation_file_changed(None, Path("django.mo"))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing | None:
    """Share the tests out by `Sharing` where groups are asked for (`--dist loadgroup`)."""
    return Sharing(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a browser where none is installed, and say so; on PostgreSQL, what asks no database."""
    if CHROMIUM is None:
        reason = pytest.mark.skip(reason="Chromium is not installed (apt-get install chromium)")
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(reason)
    if os.environ.get("WISE_TEST_DATABASE_URL"):
        config.hook.pytest_deselected(items=[item for item in items if not _asks_a_database(item)])
        items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether a test could go differently on another database; the others run once, on SQLite."""
    asked = getattr(item, "fixturenames", ())
    return "db" in asked or "transactional_db" in asked or bool(_BOTH & set(item.keywords))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> World:
    """Found the institution once a process, committed: every test begins with it and leaves it as it was."""
    with django_db_blocker.unblock():
        founded = worlds.found()
        snapshot = tables.Snapshot.take()
    # Django would empty the tables after a test that commits; the insert-only ones refuse, and the world would be gone.
    TransactionTestCase._fixture_teardown = lambda _: snapshot.restore()  # type: ignore[attr-defined]
    return founded


@pytest.fixture
def world(db: None, django_db_setup: World) -> World:
    """The institution and its people; what a test does in it is rolled back."""
    return django_db_setup


@pytest.fixture
def committed_world(transactional_db: None, django_db_setup: World) -> World:
    """The same for tests with threads or processes: deeds are committed, and undone when the test is over."""
    return django_db_setup


@pytest.fixture
def visitor(db: None) -> Callable[[], DjangoTestApp]:
    """Make a visitor with a browser of their own, who sends what a browser sends with our own forms."""
    return lambda: DjangoTestApp(extra_environ={"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_HOST": "testserver"})
