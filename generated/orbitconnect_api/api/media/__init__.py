"""The operations of `media`."""
