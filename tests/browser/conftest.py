"""A started server for all tests of this folder, a browser for each file, and the whole story, told four ways."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from benchmarks import house as houses
from benchmarks.house import House
from tests.browser import story as stories
from tests.browser import window
from tests.browser.story import Story

# Language, scripts, width: each value meets each value of the others.
_WAYS = (
    ("id", True, window.TELEPHONE),
    ("en", True, window.DESK),
    ("id", False, window.DESK),
    ("en", False, window.TELEPHONE),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser. How these tests are shared out, `tests.sharing` says."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """The demo institution, really started."""
    with houses.new() as house:
        house.start()
        yield house
        house.stop()


@pytest.fixture(scope="session")
def home(house: House) -> str:
    """Its address."""
    return f"http://127.0.0.1:{house.port}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser."""
    with window.chromium() as browser:
        yield browser


@pytest.fixture(scope="session", params=_WAYS, ids=["-".join(map(str, way)) for way in _WAYS])
def story(request: pytest.FixtureRequest, house: House, home: str) -> Story:
    """The whole story, with all that the windows saw; they are closed by now."""
    language, scripts, width = request.param
    with window.chromium() as browser:
        return stories.whole(browser, house, home, language=language, scripts=scripts, width=width)
