"""The operations of `users`."""
