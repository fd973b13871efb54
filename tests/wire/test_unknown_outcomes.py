"""The docstring of a call that is never repeated says how to find out whether it happened."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest
import yaml

from orbitconnect import AsyncOrbitServer, OrbitServer
from tests.pages import ROOT

CONTRACT = yaml.safe_load((ROOT / "openapi" / "orbit.yaml").read_text(encoding="utf-8"))
OPERATIONS: list[dict[str, Any]] = [
    operation
    for path in CONTRACT["paths"].values()
    for operation in path.values()
    if isinstance(operation, dict) and "x-orbit-retry" in operation
]
CLASS_OF = {method: operation["x-orbit-retry"] for operation in OPERATIONS for method in operation["x-orbit-facade"]}
NEVER = [method for method, retry in CLASS_OF.items() if retry == "never"]


def advice(client: type[OrbitServer | AsyncOrbitServer], method: str) -> str:
    """What the docstring says about a lost answer; nothing if it says nothing."""
    namespace, name = method.split(".")
    text = inspect.getdoc(getattr(getattr(client, namespace), name)) or ""
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    found = [re.search(r"If `error\.sent` is True, (.*)", paragraph) for paragraph in paragraphs]
    return "".join(match[1] for match in found if match)


@pytest.mark.parametrize("client", [OrbitServer, AsyncOrbitServer])
@pytest.mark.parametrize("method", NEVER)
def test_the_docstring_names_what_to_look_up(client: type[OrbitServer | AsyncOrbitServer], method: str) -> None:
    namespace = method.split(".")[0]
    named = re.findall(r"`([a-z_]+)`", advice(client, method))
    looked_up = [name for name in named if CLASS_OF.get(f"{namespace}.{name}") == "safe"]
    assert looked_up, f"{method}: name an operation that shows whether the call happened"


@pytest.mark.parametrize("method", [method for method, retry in CLASS_OF.items() if retry != "never"])
def test_no_other_docstring_says_so(method: str) -> None:
    assert advice(OrbitServer, method) == ""


def test_the_methods_come_from_the_contract() -> None:
    assert {"billing.top_up", "billing.record_usage_event", "webhooks.rotate_secret", "calls.toggle_record"} <= {*NEVER}
    assert len(NEVER) > 40
