"""The operations of `messages`."""
