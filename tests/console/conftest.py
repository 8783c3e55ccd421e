"""The houses that the commands are tried on, each made once a process."""

from pathlib import Path

import pytest

from tests.console.commands import accounts_of, line_with, running, status, wise


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that Tono made with `wise init`."""
    folder = tmp_path_factory.mktemp("house") / "var"
    outcome = wise("init", "--data", str(folder))
    assert outcome.returncode == 0, outcome.stderr
    assert "Copy it on paper" in outcome.stdout
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house after its first start with the demo institution."""
    folder = tmp_path_factory.mktemp("demo") / "var"
    with running("up", folder, WISE_DEMO="1") as (process, port):
        line_with(process, "WiSe answers at")
        shown = line_with(process, "wulan")
        assert status(port) == 200
    assert accounts_of(folder)["wulan"]["password"] in shown
    return folder
