"""The asynchronous client and its namespaces: the source from which `orbitconnect._sync` is generated."""
