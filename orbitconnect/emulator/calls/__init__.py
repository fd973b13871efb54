"""Calls: signaling, metrics and recordings."""
