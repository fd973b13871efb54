"""Channels that carry bytes to a server: TLS, and tunnels through proxies. No HTTP library is used here."""
