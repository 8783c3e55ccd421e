"""Settings for tests: a data folder and a secret of their own for each process, and derivations that cost little."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from wise.config import database, env

_folder = Path(tempfile.mkdtemp(prefix="wise-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("WISE_") and not name.startswith("WISE_TEST_")]:
    del os.environ[name]
os.environ["WISE_DATA"] = str(_folder)
env.new_secret(_folder / "secret")

from wise.config.settings import *  # noqa: E402, F403 - the environment comes first
from wise.config.settings import DATABASES  # noqa: E402
from wise.crypto.passphrases import Cost  # noqa: E402

WISE_ARGON2_COST = Cost(memory_kib=64, passes=1)
WISE_ARGON2_FLOOR = WISE_ARGON2_COST
WISE_SECOND_FACTOR_ROLES = frozenset()  # a test that is about a second step says so
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if url := os.environ.get("WISE_TEST_DATABASE_URL"):
    DATABASES["default"] = database.postgres(url)
    # Each test process opens few connections and must be able to drop its database.
    DATABASES["default"]["OPTIONS"].pop("pool")
else:
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
