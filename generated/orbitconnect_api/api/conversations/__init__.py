"""The operations of `conversations`."""
