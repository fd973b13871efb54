"""The receiver's source, from which `make generate` derives the other kind of receiver.

What both kinds share without waiting belongs in `receiver_base`, one folder up. Import the receivers from
`orbitconnect.webhooks.receiver`.
"""
