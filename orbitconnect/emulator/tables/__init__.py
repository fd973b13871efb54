"""The tables of the emulator's store, and the classes of their rows: a module per part of the API.

Times are microseconds since 1970. `n` is the order in which rows were inserted. Metadata and similar values are JSON
text. The classes for rows of joins and partial selects are next to the query. Imports no other part of the emulator.
"""

from typing import Final

from . import billing, calls, chat, events, jobs, media, meetings, realtime, upgrades, webhooks

TABLES: Final = "".join(
    (
        *(part.TABLES for part in (chat, calls, meetings, media, realtime, events, jobs, webhooks, billing)),
        upgrades.ADDED,
    )
)
