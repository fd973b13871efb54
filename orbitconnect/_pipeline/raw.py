"""Build requests for paths that are not in the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, cast
from urllib.parse import quote

from orbitconnect_api.types import Operation, Request, path_segment, query_string, write_dict, write_model
from orbitconnect_api.values import write_text

_PARAMETER: Final = re.compile(r"\{([^{}]*)\}")
_PLAIN_PATH: Final = re.compile(r"(/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?")


def raw_request(
    method: str,
    path: str,
    path_parameters: Mapping[str, str] | None,
    query: Mapping[str, Any] | None,
    body: Mapping[str, Any] | None,
    acting_user_id: str | None,
    retry: Literal["never", "safe"] | None,
) -> Request[Any]:
    """Build the request.

    Raises:
        ValueError: If the method or `retry` is unknown, or if the path could lead outside of the base URL.
        TypeError: If a value has the wrong type.
    """
    method = write_text(method, "method").upper()
    if method not in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        raise ValueError("method must be GET, POST, PUT, PATCH or DELETE.")
    if retry not in (None, "never", "safe"):
        raise ValueError("retry must be 'never' or 'safe'.")
    operation = Operation(
        id=f"{method} {path}",
        tag="",
        method=method,
        path=path,
        retry=retry or ("safe" if method == "GET" else "never"),
        actor=False,
        has_body=body is not None or method in ("POST", "PUT", "PATCH"),
        idempotency_field=None,
        provenance="inferred",
    )
    return Request(
        operation,
        _filled(write_text(path, "path"), write_dict(path_parameters or {}, "path_parameters")),
        _as_it_is,
        query=query_string(
            [pair for name, value in write_dict(query or {}, "query").items() for pair in _pairs(name, value)]
        ),
        body=None if body is None else write_model(body, "body"),
        acting_user_id=acting_user_id,
    )


def _as_it_is(data: Any) -> Any:
    return data


def _filled(template: str, parameters: dict[str, str]) -> str:
    names = cast("list[str]", _PARAMETER.findall(template))
    if set(names) != set(parameters):
        raise ValueError(f"path_parameters must match the parameters in the path: {', '.join(names) or 'none'}.")
    fixed = _PARAMETER.sub("x", template)
    if not _PLAIN_PATH.fullmatch(fixed) or {".", ".."} & set(fixed.split("/")):
        raise ValueError(
            "path must be a path below the base URL, such as '/things/{thing_id}', without a query, '..' or "
            "characters that need encoding: give such values as path_parameters or query."
        )
    return _PARAMETER.sub(lambda match: path_segment(parameters[match[1]], match[1]), template)


def _pairs(name: str, value: object) -> list[tuple[str, object]]:
    encoded = quote(write_text(name, "a name in query"), safe="")
    if isinstance(value, (list, tuple)):
        return [(encoded, item) for item in cast("list[object]", value)]
    return [(encoded, value)]
