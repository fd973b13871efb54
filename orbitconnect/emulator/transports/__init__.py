"""httpx transports that lead to an emulator, in this process or in another process on this machine.

All modules here import httpx. The emulator's other modules do not load it when they are imported. This package decides
what a fault means for httpx; `control` decides which request a fault applies to.
"""
