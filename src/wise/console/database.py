"""Bringing the database's tables up to date, and what WiSe comes with into them."""


def pending() -> int:
    """How many migrations are yet to run."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_new() -> bool:
    """Nothing was ever put into this database."""
    from django.db import connection

    return not connection.introspection.table_names()


def migrate() -> None:
    """Run them, and add what is shipped and missing: rule sets, holidays, topics, numbers, authorities, terms."""
    from django.core.management import call_command
    from django.utils import timezone

    from wise.casework import authorities, help_lines, holidays, rules
    from wise.register import topics
    from wise.vault import terms

    call_command("migrate", interactive=False, verbosity=0)
    rules.load_shipped()
    holidays.load_shipped(on=timezone.localdate())
    topics.load_shipped()
    help_lines.load_shipped()
    authorities.load_shipped()
    terms.load_shipped()
