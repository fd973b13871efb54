"""The tables of realtime."""

from typing import Final

TABLES: Final = ""
