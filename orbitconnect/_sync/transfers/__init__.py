# Derived from orbitconnect/_async/transfers/__init__.py by `make generate`: edit that file.
"""Uploads and downloads: they send bytes to signed URLs and receive bytes from them.

Checks, plans and file access are in `orbitconnect._transfers`. Requests to signed URLs contain no secret key, request
signature or user id.
"""
