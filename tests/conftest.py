"""What every test may ask for: a visitor who fills forms, compiled catalogues, Chromium if it is here."""

import shutil
from collections.abc import Callable

import pytest
from django_webtest import DjangoTestApp

from wise.config import catalogues

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_configure() -> None:
    """Compile the translations once, before anything renders a page."""
    catalogues.compile_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a browser where none is installed, and say so."""
    if CHROMIUM is None:
        reason = pytest.mark.skip(reason="Chromium is not installed (apt-get install chromium)")
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(reason)


@pytest.fixture
def visitor(db: None) -> Callable[[], DjangoTestApp]:
    """Make a visitor with a browser of their own, who sends what a browser sends with our own forms."""
    return lambda: DjangoTestApp(extra_environ={"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_HOST": "testserver"})
