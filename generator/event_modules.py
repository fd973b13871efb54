"""Writes the modules about webhook events: the event types, a class for each type, and the types of handlers."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from . import deprecation, naming
from .contract import Contract, EventNode
from .documentation import Documentation
from .lower import event_data
from .render import TEMPLATES

_TABLE = "events.py"
# Written only if the contract has events. Without events, the envelope has no model.
_CLASSES = ("webhook_events.py", "event_handlers.py")


@dataclass(frozen=True)
class _Event:
    """The data of one event for the templates."""

    name: str
    constant: str
    class_name: str
    data_model: str
    provenance: str
    description: str
    deprecation: str
    """What the docstring says about the deprecation. Empty if the event is not deprecated."""
    warning: str
    """The text of the warning. Empty if the event is not deprecated."""


def event_modules(contract: Contract) -> dict[str, str]:
    """The source text of each module, by file name."""
    environment = Environment(  # noqa: S701  # The templates write Python, not HTML, so nothing is escaped.
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["class_docstring"] = Documentation.class_docstring
    environment.filters["docstring"] = Documentation.wrapped
    environment.filters["python_string"] = repr
    events = [_event(contract, event) for event in contract.events()]
    modules = (_TABLE, *_CLASSES) if events else (_TABLE,)
    return {name: environment.get_template(f"{name}.jinja").render(events=events) for name in modules}


def _event(contract: Contract, event: EventNode) -> _Event:
    words = event.name.replace(".", "_")
    return _Event(
        name=event.name,
        constant=words.upper(),
        class_name=naming.class_name(f"{words}_event"),
        data_model=event_data(contract, event),
        provenance=event.data["x-orbit-provenance"],
        description=str(event.data["description"]),
        deprecation=deprecation.note(event.data),
        warning=deprecation.warning(f"The event `{event.name}`", event.data),
    )
