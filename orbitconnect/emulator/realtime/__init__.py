"""Sessions: the thread that ties a chat, a call and a meeting together."""

from . import context, session_events, sessions, transitions

__all__ = ["context", "session_events", "sessions", "transitions"]
