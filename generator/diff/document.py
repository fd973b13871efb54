"""Compares the parts that all operations share: server, authentication, headers, namespaces and version."""

from __future__ import annotations

from typing import Any

from ..contract import Contract
from .change import Pair, flat

_HEADERS = (("securitySchemes", "the header of"), ("parameters", "the name of"))


def compare_documents(pair: Pair) -> None:
    """Record the differences between two contracts outside their operations, schemas and events."""
    old, new = _urls(pair.old), _urls(pair.new)
    if old != new:
        pair.add("server-changed", "servers", f"changes from {', '.join(old)} to {', '.join(new)}", ("servers",))
    _compare_headers(pair)
    _compare_authentication(pair)
    _compare_namespaces(pair)
    before, after = _version(pair.old), _version(pair.new)
    if before != after:
        pair.add("version-changed", "info.version", f"changes from {before} to {after}", ("info", "version"))


def _urls(contract: Contract) -> list[str]:
    return [str(server.get("url")) for server in contract.data.get("servers") or ()]


def _version(contract: Contract) -> str:
    return str((contract.data.get("info") or {}).get("version"))


def _components(contract: Contract, kind: str) -> dict[str, Any]:
    return dict((contract.data.get("components") or {}).get(kind) or {})


def _compare_headers(pair: Pair) -> None:
    """Compare the headers that the SDK sends by itself: keys, signatures and the acting user."""
    for kind, words in _HEADERS:
        old, new = _components(pair.old, kind), _components(pair.new, kind)
        for name in old.keys() & new.keys():
            before, after = old[name], new[name]
            if before.get("in") == after.get("in") == "header" and before.get("name") != after.get("name"):
                detail = f"{words} {name} changes from `{before.get('name')}` to `{after.get('name')}`"
                pair.add("header-renamed", name, detail, ("components", kind, name))


def _compare_authentication(pair: Pair) -> None:
    old, new = _requirements(pair.old), _requirements(pair.new)
    for requirement in sorted(new - old):
        pair.add("authentication-added", "security", f"{requirement} is accepted now", ("security",))
    for requirement in sorted(old - new):
        pair.add("authentication-removed", "security", f"{requirement} is no longer accepted", ("security",))


def _requirements(contract: Contract) -> set[str]:
    """The ways to authenticate, each in words."""
    return {" with ".join(entry) or "no authentication" for entry in contract.data.get("security") or ()}


def _compare_namespaces(pair: Pair) -> None:
    old, new = _tags(pair.old), _tags(pair.new)
    was_used, is_used = _namespaces(pair.old), _namespaces(pair.new)
    for name in sorted(is_used - was_used):
        subject = flat(new.get(name, {}).get("description"))
        pair.add("namespace-added", name, "the namespace is new", ("tags",), subject=subject)
    for name in sorted(was_used - is_used):
        pair.add("namespace-removed", name, "the namespace is gone", ("tags",), is_old=True)
    for name in sorted(old.keys() & new.keys()):
        if flat(old[name].get("description")) != flat(new[name].get("description")):
            pair.add("description-changed", name, "the description changes", ("tags",))


def _tags(contract: Contract) -> dict[str, Any]:
    return {str(tag.get("name")): tag for tag in contract.data.get("tags") or ()}


def _namespaces(contract: Contract) -> set[str]:
    """The tags of operations. Tags of events have no namespace."""
    return {str(tag) for operation in contract.operations() for tag in operation.data.get("tags") or ()}
