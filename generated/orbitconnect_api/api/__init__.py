"""The operations, one module each, grouped as the facade's namespaces are."""
