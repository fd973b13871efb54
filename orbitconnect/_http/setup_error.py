"""The error of an environment that does not allow connections."""


class SetupError(Exception):
    """The environment's proxy or trusted authorities cannot be used. Another attempt would fail in the same way.

    The message names the environment variable and the remedy, and quotes no password.
    """
