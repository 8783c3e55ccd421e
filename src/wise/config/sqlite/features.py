"""What the bundled SQLite can do, known without asking: no check needs a database to be there."""

from django.db.backends.sqlite3 import features


class DatabaseFeatures(features.DatabaseFeatures):
    """SQLite 3.53 as sqlcipher3 compiles it."""

    max_query_params = 250_000
    supports_json_field = True
    can_introspect_json_field = True
    has_json_object_function = True
    test_db_allows_multiple_connections = True
