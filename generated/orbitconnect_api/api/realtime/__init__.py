"""The operations of `realtime`."""
