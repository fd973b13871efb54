"""Ways for a client to reach an emulator, in this process or in another process on this machine.

`direct` makes the attempts of the emulator's own clients. `in_process` and `loopback` have httpx transports, and only
they and `httpx_faults` import httpx. This package decides what a fault means for a client; `control` decides which
request a fault applies to.
"""
