"""A database backend for Django: SQLite through SQLCipher, the whole file encrypted, writers in a queue."""
