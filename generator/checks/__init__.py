"""Checks the contract, and rejects everything that a later step would silently ignore.

Each module checks one part and yields mistakes. A mistake names the line, the problem, and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..contract import Contract, ContractError, Mistake
from ..expansion import complete
from .alternatives import check_alternatives
from .bodies import check_files
from .deprecations import check_deprecations
from .document import (
    check_extensions,
    check_openapi_rules,
    check_openapi_schema,
    check_references,
    check_required_parts,
)
from .error_responses import check_error_responses
from .events import check_events
from .names import check_names
from .operations import check_operations
from .schemas import check_directions, check_schemas


def check(contract: Contract) -> None:
    """Check the whole contract.

    Each step relies on the ones before it, so the first step that finds mistakes is the last one to run.

    Raises:
        ContractError: If the contract has mistakes. The error lists all mistakes that the step found, each with its
            line.
    """
    for step in (
        check_references,
        check_openapi_schema,
        check_required_parts,
        check_extensions,
        _check_parts,
        check_deprecations,
        _check_whole,
        check_openapi_rules,
    ):
        if mistakes := list(step(contract)):
            raise ContractError(contract.path, mistakes)


def _check_parts(contract: Contract) -> Iterator[Mistake]:
    yield from check_operations(contract)
    yield from check_error_responses(contract)
    yield from check_files(contract)
    yield from check_events(contract)
    yield from check_names(contract)
    yield from check_schemas(contract)


def _check_whole(contract: Contract) -> Iterator[Mistake]:
    whole = complete(contract)
    yield from check_alternatives(whole)
    yield from check_directions(whole)
