"""The whole folder: every file of the tests that betrays something."""

import functools
import shutil

from tests.files.films import FILMS
from tests.files.marks import Sample
from tests.files.papers import PAPERS
from tests.files.pictures import PICTURES

SAMPLES = {sample.name: sample for sample in (*PICTURES, *FILMS, *PAPERS)}


def made_here() -> list[str]:
    """Names of those whose makers are installed."""
    return [name for name, sample in SAMPLES.items() if not sample.needs or shutil.which(sample.needs)]


def of(name: str) -> Sample:
    return SAMPLES[name]


@functools.cache
def original(name: str) -> bytes:
    return SAMPLES[name].make()
