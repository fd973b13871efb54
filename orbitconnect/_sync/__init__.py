# Derived from orbitconnect/_async/__init__.py by `make generate`: edit that file.
"""The synchronous client and its namespaces: the source from which `orbitconnect._sync` is generated."""
