# Derived from orbitconnect/_http/over_httpx/_async/__init__.py by `make generate`: edit that file.
"""The adapter that makes an attempt with httpx, its connections and their pool, for one of the two clients.

`make generate` derives the other folder. Code that both clients can share belongs in the folder above.
"""
