"""The contract's descriptions, in the form that the templates need."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass

from . import deprecation, naming
from .bodies import Body, body_of
from .contract import Contract, JsonObject, OperationNode
from .error_codes import codes_by_status
from .formatting import LINE_LENGTH
from .parameters import Parameter, parameters
from .results import Success, data_field, successes

_SCHEMA_PROVENANCE = {
    "documented": "Documented by the vendor, but not observed on the wire, except where stated.",
    "inferred": "Inferred: neither observed on the wire nor documented by the vendor, except where stated.",
}
_PROPERTY_PROVENANCE = {
    "observed": "This property was observed on the wire.",
    "documented": "The vendor documents this property.",
    "inferred": "This property is inferred.",
}


@dataclass(frozen=True)
class OperationDocumentation:
    """The contract's descriptions of one operation."""

    id: str
    constant: str
    method: str
    path: str
    summary: str
    description: str
    provenance: str
    retry: str
    retry_reason: str
    actor: bool
    deprecation: str
    """What a docstring says about the deprecation. Empty if the operation is not deprecated."""
    warning: str
    """The text of the warning. Empty if the operation is not deprecated."""
    parameters: dict[str, Parameter]
    """The parameters by name."""
    deprecated_arguments: dict[str, str]
    """The texts of the warnings about deprecated parameters, by argument."""
    body: Body | None
    successes: list[Success]
    errors: str
    """The error statuses with their codes."""


class Documentation:
    """Looks up descriptions by the names that openapi-python-client uses."""

    def __init__(self, contract: Contract) -> None:
        self._schemas: JsonObject = contract.data["components"]["schemas"]
        self._contract = contract
        self.data_field = data_field(contract)
        """The envelope's field for the data."""
        self._operations = {
            naming.module(operation.id): _operation(contract, operation) for operation in contract.operations()
        }

    def operation(self, module: str) -> OperationDocumentation:
        """The documentation of an operation, by its module name."""
        return self._operations[module]

    def schema(self, name: str) -> str:
        """The description of a schema."""
        return str(self._schemas[name]["description"]).strip()

    def deprecation(self, name: str) -> str:
        """What a model's docstring says about its deprecation. Empty if it is not deprecated."""
        return deprecation.note(self._schemas[name])

    def warning(self, name: str) -> str:
        """The text of the warning about a model. Empty if it is not deprecated."""
        return deprecation.warning(f"`{name}`", self._schemas[name])

    def property_warning(self, schema: str, name: str) -> str:
        """The text of the warning about a property. Empty if it is not deprecated."""
        attribute = naming.attribute_in(self._schemas[schema]["properties"])
        return deprecation.warning(f"`{attribute(name)}` of `{schema}`", self._property(schema, name), attribute)

    def provenance(self, name: str) -> str:
        """A paragraph on the provenance of a schema's properties; empty if they were observed."""
        return _SCHEMA_PROVENANCE.get(self._schemas[name]["x-orbit-provenance"], "")

    def property(self, schema: str, name: str) -> str:
        """The description of a property, marked if its provenance differs from its schema's."""
        node = self._property(schema, name)
        text = str(node.get("description") or self._contract.resolve(node)["description"]).strip()
        if "default" in node:
            text += f" The server's default is {json.dumps(node['default'])}."
        provenance = node.get("x-orbit-provenance")
        if provenance and provenance != self._schemas[schema]["x-orbit-provenance"]:
            text += f" {_PROPERTY_PROVENANCE[provenance]}"
        note = deprecation.note(node, naming.attribute_in(self._schemas[schema]["properties"]))
        return f"{text} {note}".strip()

    def has_warnings(self, name: str) -> bool:
        """Whether constructing a model can warn."""
        properties = self._schemas[name].get("properties") or {}
        return bool(self.warning(name) or any(self.property_warning(name, each) for each in properties))

    def is_secret(self, schema: str, name: str) -> bool:
        """Whether to leave a property out of a `repr`."""
        return self._contract.is_secret(self._property(schema, name))

    def _property(self, schema: str, name: str) -> JsonObject:
        found: JsonObject = self._schemas[schema]["properties"][name]
        return found

    @staticmethod
    def class_docstring(text: str) -> str:
        """Wrap text for the docstring of a class.

        If the text needs several lines, its first sentence is on a line of its own.
        """
        flat = " ".join(text.split())
        if len(flat) + len('    """""" ') > LINE_LENGTH:
            flat = re.sub(r"(?<=\.) ", "\n\n", flat, count=1)
        return Documentation.wrapped(flat, 4)

    @staticmethod
    def wrapped(text: str, indent: int, hanging: int = 0, before: int = 3) -> str:
        """Wrap text for a docstring.

        Args:
            text: Paragraphs. Lists and tables keep their line breaks.
            indent: The indentation of all lines except the first, in spaces.
            hanging: Additional indentation of all lines except the first, in spaces.
            before: The number of characters before the text on its first line.
        """
        margin = " " * (indent + hanging)
        escaped = text.strip().replace("\\", "\\\\").replace('"""', "'''")
        blocks = []
        for paragraph in escaped.split("\n\n"):
            if paragraph.lstrip().startswith(("- ", "* ", "|")):
                blocks.append(textwrap.indent(paragraph, margin).strip())
            else:
                flat = " ".join(paragraph.split())
                first = " " * (indent + before if not blocks else len(margin))
                lines = textwrap.wrap(
                    flat,
                    LINE_LENGTH,
                    initial_indent=first,
                    subsequent_indent=margin,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
                blocks.append("\n".join(lines).strip())
        return f"\n\n{margin}".join(blocks)


def _operation(contract: Contract, operation: OperationNode) -> OperationDocumentation:
    data, name = operation.data, naming.module(operation.id)
    return OperationDocumentation(
        id=operation.id,
        constant=naming.constant(operation.id),
        method=operation.method.upper(),
        path=operation.path,
        summary=str(data["summary"]).strip(),
        description=str(data["description"]).strip(),
        provenance=data["x-orbit-provenance"],
        retry=data["x-orbit-retry"],
        retry_reason=str(data.get("x-orbit-retry-reason") or ""),
        actor=data["x-orbit-actor"],
        deprecation=deprecation.note(data, naming.module),
        warning=deprecation.warning(f"`{name}`", data, naming.module),
        parameters={parameter.name: parameter for parameter in parameters(contract, operation)},
        deprecated_arguments={
            parameter.argument: f"`{parameter.argument}` of `{name}` is deprecated {parameter.deprecated_since}"
            for parameter in parameters(contract, operation)
            if parameter.deprecated_since
        },
        body=body_of(contract, operation),
        successes=successes(contract, operation),
        errors=_errors(contract, operation),
    )


def _errors(contract: Contract, operation: OperationNode) -> str:
    """The error statuses and codes of an operation, such as "401 (`unauthorized`), 404 (`resource_not_found`)"."""
    errors = codes_by_status(contract, operation).items()
    return ", ".join(f"{status} ({', '.join(f'`{code}`' for code in codes)})" for status, codes in errors)
