"""Runnable examples: `python -m examples.basic`."""
