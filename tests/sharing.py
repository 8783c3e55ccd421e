"""How the tests are shared out among processes: what shares a started server, or needs the machine, stays together.

pytest-xdist has a mark for this, but its groups are lost with pytest 9.2, which keeps a test's id elsewhere.
"""

from typing import override

from xdist.scheduler import LoadScopeScheduling


class Sharing(LoadScopeScheduling):  # type: ignore[misc] # the library has no types
    """Hands out each test by itself, but these groups as a whole."""

    @override
    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/live/"):
            return "live"
        if nodeid.startswith("tests/console/"):
            return "console"
        if nodeid.startswith("tests/drills/"):
            return "drills"  # a thousand cases are made once
        if nodeid.startswith("tests/browser/"):
            # Two servers: the stories whose pages are looked at for every aid take longest.
            return "browser, every aid" if "-True-" in nodeid else "browser"
        return nodeid
