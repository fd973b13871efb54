# Derived from orbitconnect/_async/paging/__init__.py by `make generate`: edit that file.
"""The iterators over lists that the API returns in pages: they send the requests.

`orbitconnect._paging` decides which page comes next, without I/O.
"""
