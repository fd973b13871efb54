"""Converts names of the contract to Python names: openapi-python-client's rules, with a few exceptions."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping
from typing import Any

from openapi_python_client.strings import ClassName, PythonIdentifier

# openapi-python-client renames attributes that are also builtins (`type` to `type_`). That is only necessary for names
# that annotations and decorators use.
USED_IN_CLASSES = frozenset(
    {
        "bool", "bytes", "classmethod", "datetime", "dict", "float", "int", "list", "object", "property", "str",
        "tuple",
    }
)  # fmt: skip


def identifier(name: str) -> str:
    """The name of an attribute or argument, such as `reference_id` for `referenceId`."""
    python_name = str(PythonIdentifier(name, prefix="field_"))
    plain = python_name.removesuffix("_")
    if python_name != plain and not keyword.iskeyword(plain) and plain not in USED_IN_CLASSES:
        return plain if plain.isidentifier() else python_name
    return python_name


def attribute(name: str, schema: Mapping[str, Any]) -> str:
    """The name of a property's attribute: the one that the contract chooses, or the one for its name on the wire."""
    return str(schema.get("x-orbit-name") or identifier(name))


def attribute_in(properties: Mapping[str, Any]) -> Callable[[str], str]:
    """The function that converts the names of properties on the wire to those of their attributes."""
    return lambda name: attribute(name, properties.get(name, {}))


def is_attribute(name: str) -> bool:
    """Whether a name can be chosen for an attribute or argument."""
    return re.fullmatch("[a-z][a-z0-9_]*", name) is not None and not keyword.iskeyword(name)


def suggested(name: str) -> str:
    """A name for a property whose own name cannot be used."""
    plain = re.sub("[^a-z0-9_]+", "", str(PythonIdentifier(name.strip("_"), prefix="")).lower()).strip("_0123456789")
    return f"{plain or 'field'}_"


def module(operation_id: str) -> str:
    """The name of an operation's module, such as `create_app_user` for `createAppUser`."""
    return str(PythonIdentifier(operation_id, prefix="field_"))


def class_name(schema: str) -> str:
    """The name of a schema's class."""
    return str(ClassName(schema, prefix="field_"))


def constant(operation_id: str) -> str:
    """The name of an operation's constant in the operation table."""
    return module(operation_id).upper()
