"""The operations of `calls`."""
