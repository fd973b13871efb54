"""What a call, an import and the emulator cost, as ratios: the milliseconds of one machine say little about another.

`python -m benchmarks` asks all questions, `python -m benchmarks calls tls` some of them.
"""
