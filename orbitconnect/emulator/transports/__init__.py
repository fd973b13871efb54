"""httpx transports that lead to an emulator: one in this process, or one in another process of this machine.

Everything here imports httpx, and nothing else in the emulator does at import. What a fault means for httpx is decided
here; which request meets a fault is decided in `control`.
"""
