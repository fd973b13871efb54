"""Meetings: their life, participants, tokens and recordings."""
