"""Runnable examples: `python -m examples.basic`. Without `ORBIT_SECRET_KEY`, they run against the emulator."""
