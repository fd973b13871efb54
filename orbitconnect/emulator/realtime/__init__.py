"""Realtime: sessions, which tie a chat, a call and a meeting together; their context, transitions and events.

May import `chat`, `calls` and `meetings`, to check what a session is about. No other domain package imports it.
"""

from . import session_context, session_events, sessions, transitions

__all__ = ["session_context", "session_events", "sessions", "transitions"]
