"""The operations of `meetings`."""
