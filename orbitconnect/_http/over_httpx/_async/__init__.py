"""The adapter that makes an attempt with httpx, and its connection pool."""
