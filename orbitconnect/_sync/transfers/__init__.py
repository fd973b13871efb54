# Derived from orbitconnect/_async/transfers/__init__.py by `make generate`: edit that file.
"""Uploads and downloads: they send bytes to signed URLs and read bytes from them.

Checks, plans and files are in `orbitconnect._transfers`. Requests to signed URLs carry no key, signature or user id.
"""
