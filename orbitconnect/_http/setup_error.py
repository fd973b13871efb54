"""The error for proxy or certificate settings that cannot be used."""


class SetupError(Exception):
    """The environment's proxy or certificate authorities cannot be used. A retry would fail in the same way.

    The message names the environment variable and the remedy. It never contains a password.
    """
