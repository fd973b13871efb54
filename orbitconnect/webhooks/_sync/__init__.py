# Derived from orbitconnect/webhooks/_async/__init__.py by `make generate`: edit that file.
"""The receiver's source, from which `make generate` derives the other kind of receiver.

What both kinds share without waiting belongs in `receiver_base`, one folder up. Import the receivers from
`orbitconnect.webhooks.receiver`.
"""
