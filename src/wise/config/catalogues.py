"""Compile the translations (.po) to what gettext reads (.mo), where that is not done yet."""

import os
import sys
import tempfile
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def sources(package: Path = _PACKAGE) -> list[Path]:
    """Every room's catalogues."""
    return sorted(package.glob("*/locale/*/LC_MESSAGES/*.po"))


def compile_all(package: Path = _PACKAGE) -> None:
    """Compile what is newer than its .mo; several processes may do so at once. Costs nothing when all is done."""
    for source in sources(package):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    from babel.messages import mofile, pofile  # noqa: PLC0415 - seldom needed, slow to import

    with source.open("rb") as file:
        catalogue = pofile.read_po(file, locale=source.parts[-3])
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, suffix=".mo.part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            mofile.write_mo(file, catalogue)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def untranslated(source: Path) -> list[str]:
    """The messages of a catalogue that have no translation, or one that somebody must look at (fuzzy)."""
    from babel.messages import pofile  # noqa: PLC0415 - see _compile

    with source.open("rb") as file:
        catalogue = pofile.read_po(file, locale=source.parts[-3])
    missing = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def main() -> int:
    """Print what is untranslated; exit code 1 if anything is."""
    missing = [f"{source}: {text}" for source in sources() for text in untranslated(source)]
    for line in missing:
        print(line)  # noqa: T201 - it is a command
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
