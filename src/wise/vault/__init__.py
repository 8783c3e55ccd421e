"""The identity vault: what a reporter confides apart from the report, and how it is disclosed.

It knows a report and a case by their ids alone.
"""
