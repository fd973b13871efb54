"""The tables of webhooks."""

from typing import Final

TABLES: Final = ""
