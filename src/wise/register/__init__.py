"""The book: what was reported. Rows are inserted, never changed; the database itself refuses (mission A12)."""
