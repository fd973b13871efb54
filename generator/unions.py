"""Writes `unions.py`: a type alias for each named choice of models, for the annotations of programs."""

from __future__ import annotations

from . import naming
from .codecs import alternatives, codec_of, is_model
from .contract import Contract
from .documentation import Documentation
from .lower import used_schemas

_HEAD = '''\
"""The choices between models. Each includes `UnknownVariant`, for objects of a kind that this version does not know."""

from __future__ import annotations

from typing import TypeAlias, Union

from .codecs import UnknownVariant
from .models import {models}
'''


def unions(contract: Contract) -> str | None:
    """The source text of `unions.py`. None if the contract has no choice of models under a name."""
    aliases: list[str] = []
    models: dict[str, None] = {}
    used = used_schemas(contract)
    for name, schema in contract.data["components"]["schemas"].items():
        parts, _ = alternatives(schema)
        if name in used and sum(is_model(contract, part) for part in parts) > 1:
            codec = codec_of(contract, schema)
            models |= dict.fromkeys(codec.models)
            text = Documentation.wrapped(str(schema["description"]), 0)
            types = codec.result.replace(" | ", ", ")
            aliases.append(f'{naming.class_name(name)}: TypeAlias = Union[{types}]\n"""{text}"""\n')
    return "\n".join([_HEAD.format(models=", ".join(models)), *aliases]) if aliases else None
