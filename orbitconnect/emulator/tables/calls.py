"""The tables of calls."""

from typing import Final

TABLES: Final = ""
