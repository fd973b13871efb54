"""Writes `literals.py`: a type alias for each named list of values, which the facade's annotations use."""

from __future__ import annotations

from . import naming
from .contract import Contract, JsonObject, known_values
from .documentation import Documentation

_HEAD = '''\
"""The known values of fields such as a message's type. The API can add values, so a field accepts any other string."""

from __future__ import annotations

from typing import Literal, TypeAlias
'''


def literals(contract: Contract) -> str:
    """The source text of `literals.py`."""
    aliases = [_HEAD]
    for name, schema in contract.data["components"]["schemas"].items():
        if values := listed_values(schema):
            text = Documentation.wrapped(str(schema["description"]), 0)
            listed = ", ".join(map(repr, values))
            aliases.append(f'{naming.class_name(name)}: TypeAlias = Literal[{listed}]\n"""{text}"""\n')
    return "\n".join(aliases)


def listed_values(schema: JsonObject) -> list[str]:
    """The strings that a schema lists, whether it accepts others or not. Empty if it lists none."""
    return [value for value in schema.get("enum") or known_values(schema) or [] if isinstance(value, str)]
