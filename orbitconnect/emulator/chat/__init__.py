"""Chat: app users, conversations, participants, messages and receipts.

Each topic has one module, which contains its handlers. The package may import the emulator's machinery, but no other
domain package: calls, meetings and media build on it.
"""

from . import conversations, lookup, message_marks, messages, participants, receipts, users

__all__ = ["conversations", "lookup", "message_marks", "messages", "participants", "receipts", "users"]
