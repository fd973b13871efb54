# Derived from orbitconnect/webhooks/_async/__init__.py by `make generate`: edit that file.
"""One of the two kinds of receivers. `make generate` derives the other.

Code that both kinds can share belongs in the folder above. Import the receivers from `orbitconnect.webhooks.receiver`.
"""
