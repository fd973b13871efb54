"""The operations, one module each, in one package per facade namespace."""
