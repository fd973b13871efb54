"""Channels that carry bytes to a server. No HTTP library is used here."""
