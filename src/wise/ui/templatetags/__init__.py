"""Tags and filters that templates load: ``wise_dates`` and ``wise_text``."""
