"""TLS over a connection that is not a plain socket, such as one to an HTTPS proxy.

`make generate` derives the other folder. Imports no HTTP library.
"""
