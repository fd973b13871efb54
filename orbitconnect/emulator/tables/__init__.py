"""The tables of the emulator's store, one module for each part of the API.

Instants are microseconds since 1970. `n` is the order in which rows came to be. Metadata and the like are JSON.
"""

from typing import Final

from . import billing, calls, chat, events, jobs, media, meetings, realtime, webhooks

TABLES: Final = "".join(
    part.TABLES for part in (chat, calls, meetings, media, realtime, events, jobs, webhooks, billing)
)
