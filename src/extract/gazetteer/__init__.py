"""Names known beforehand: lists that a researcher extends by adding a row, and how they are found in a text."""

from extract.gazetteer.table import Entry, Gazetteer, Match, instruments, is_acronym, organisations, read_entries
from extract.gazetteer.words import Word, fold, name_keys, split_words

__all__ = [
    "Entry",
    "Gazetteer",
    "Match",
    "Word",
    "fold",
    "instruments",
    "is_acronym",
    "name_keys",
    "organisations",
    "read_entries",
    "split_words",
]
