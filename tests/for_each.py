"""Run small cases inside one test, because with thousands of separate tests, pytest itself takes most of the time."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest


def for_each(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Callable[..., Any]], Callable[[], Any]]:
    """Run a function for every case and report all failures together, each with a note that shows its case.

    The arguments are those of `pytest.mark.parametrize`, but all cases share the fixtures of one test.
    """
    several = not isinstance(names, str)
    all_arguments = [dict(zip(names, case, strict=True)) if several else {names: case} for case in cases]
    assert all_arguments, "there are no cases"

    def decorate(function: Callable[..., Any]) -> Callable[[], Any]:
        def failed(failure: BaseException, arguments: dict[Any, Any]) -> BaseException:
            failure.add_note(f"Case: {', '.join(f'{name}={value!r:.300}' for name, value in arguments.items())}")
            return failure

        def finish(failures: list[BaseException]) -> None:
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(all_arguments)} cases failed", failures)

        @wraps(function)
        def run(*instance: Any, **fixtures: Any) -> None:
            failures = []
            for arguments in all_arguments:
                try:
                    function(*instance, **fixtures, **arguments)
                except (Exception, pytest.fail.Exception) as failure:  # noqa: BLE001  # Raised by `finish`.
                    failures.append(failed(failure, arguments))
            finish(failures)

        @wraps(function)
        async def run_async(*instance: Any, **fixtures: Any) -> None:
            failures = []
            for arguments in all_arguments:
                try:
                    await function(*instance, **fixtures, **arguments)
                except (Exception, pytest.fail.Exception) as failure:  # noqa: BLE001  # Raised by `finish`.
                    failures.append(failed(failure, arguments))
            finish(failures)

        runner: Any = run_async if inspect.iscoroutinefunction(function) else run
        signature = inspect.signature(function)
        fixtures = [value for name, value in signature.parameters.items() if name not in all_arguments[0]]
        runner.__signature__ = signature.replace(parameters=fixtures)
        return runner

    return decorate
