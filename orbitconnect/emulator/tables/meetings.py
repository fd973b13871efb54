"""The tables of meetings."""

from typing import Final

TABLES: Final = ""
