"""The asynchronous client and its namespaces: the source that `orbitconnect._sync` is derived from."""
