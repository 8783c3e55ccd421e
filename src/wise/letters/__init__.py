"""The institution's letters: drafted from a case's facts, numbered when issued, typeset, and recognised as ours.

A letter knows its case by an id alone, and opens for whoever holds the key that it was sealed under.
"""
