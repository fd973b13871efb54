"""Users, conversations and messages."""

from . import conversations, lookup, message_marks, messages, participants, receipts, users

__all__ = ["conversations", "lookup", "message_marks", "messages", "participants", "receipts", "users"]
