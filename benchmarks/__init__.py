"""Benchmarks of calls, imports and the emulator. Ratios to plain httpx carry over to other machines; times do not.

`python -m benchmarks` runs all benchmarks, `python -m benchmarks calls imports` runs two of them.
"""
