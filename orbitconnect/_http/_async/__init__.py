"""TLS channels. Imports no HTTP library."""
