"""What seals and what opens: every primitive of this software, over bytes alone, to be reviewed in an afternoon.

The formats stand in `docs/sealing-formats.md`; `tests/vectors/` freezes each of them.
"""
