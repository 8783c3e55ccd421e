"""The institution's work on reports: who receives, what may be done next, by when, and how it is read."""
