"""Runnable examples: `python -m examples.quick_start`."""
