"""The identity vault: what a reporter confides apart from the report. It knows only a report's id."""
