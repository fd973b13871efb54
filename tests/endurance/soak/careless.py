"""A client that retries every failed call. It shows that the soak detects unsafe retries."""

from __future__ import annotations

from orbitconnect._pipeline import retry as policy
from orbitconnect._pipeline.outcome import Answer, Failure
from orbitconnect_api.types import RetryClass
from tests.endurance.soak import client


def _always(retry: RetryClass, outcome: Answer | Failure) -> bool:
    return True


def main() -> None:
    """Make the calls."""
    policy.may_repeat = _always
    client.main()


if __name__ == "__main__":
    main()
