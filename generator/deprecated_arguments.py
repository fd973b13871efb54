"""Writes `deprecated_arguments.py`, from which the facade warns about deprecated arguments."""

from __future__ import annotations

from . import naming
from .bodies import body_of
from .contract import Contract, OperationNode
from .deprecation import since
from .parameters import parameters

_MODULE = '''\
"""The deprecated arguments of the facade's methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DEPRECATED_ARGUMENTS: Final[Mapping[str, Mapping[str, str]]] = {arguments}
"""By method, such as `messages.send`, and by API name: since when it is deprecated, and what to use instead."""
'''


def deprecated_arguments(contract: Contract) -> str:
    """The source text of `deprecated_arguments.py`."""
    found: dict[str, dict[str, str]] = {}
    for operation in contract.operations():
        if texts := argument_texts(contract, operation):
            found |= dict.fromkeys(operation.data.get("x-orbit-facade") or [], texts)
    return _MODULE.format(arguments=repr(found))


def argument_texts(contract: Contract, operation: OperationNode) -> dict[str, str]:
    """By argument: since when it is deprecated, and what to use instead. Only deprecated arguments."""
    texts = {parameter.argument: parameter.deprecated_since for parameter in parameters(contract, operation)}
    body = body_of(contract, operation)
    properties = contract.resolve(body.schema).get("properties") or {} if body and body.schema else {}
    argument = naming.attribute_in(properties)
    texts |= {argument(name): since(node, argument) for name, node in properties.items()}
    return {name: text for name, text in texts.items() if text}
