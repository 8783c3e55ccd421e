"""Finds what could tell who a reporter is, in words and in files' names, before they are sent. It knows no database."""
