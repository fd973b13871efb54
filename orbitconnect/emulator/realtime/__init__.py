"""Realtime sessions: transitions, events and context."""
