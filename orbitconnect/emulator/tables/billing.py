"""The tables of billing."""

from typing import Final

TABLES: Final = ""
