"""The tables of media."""

from typing import Final

TABLES: Final = ""
