"""Takes the picture of the README, and those of every page of the whole story for whoever wants to look at them.

`python -m tests.browser.pictures` writes docs/images/home.png; `… var/pictures` every page, on a telephone and a desk.
"""

import sys
from pathlib import Path

from benchmarks import house as houses
from tests.browser import story, window

HOME = Path(__file__).resolve().parents[2] / "docs/images/home.png"


def main(folder: str) -> None:
    """Start a server of its own, take the pictures, and stop it."""
    with houses.new() as house, window.chromium() as browser:
        house.start()
        home = f"http://127.0.0.1:{house.port}"
        if not folder:
            page = browser.new_page(viewport={"width": window.DESK, "height": 800})
            page.goto(home)
            page.screenshot(path=HOME)
        for width in (window.TELEPHONE, window.DESK) if folder else ():
            place = Path(folder) / str(width)
            place.mkdir(parents=True, exist_ok=True)
            story.whole(browser, house, home, language="id", scripts=False, width=width, folder=str(place))
        house.stop()


if __name__ == "__main__":
    main("".join(sys.argv[1:2]))
