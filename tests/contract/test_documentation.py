"""What README.md and docs/ name exists, and every public method, event and environment variable is named there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

from generator.operations_page import OPERATIONS_PAGE, operations_page
from orbitconnect_api.error_codes import ERROR_CODES
from tests.contract.facade import CONTRACT, METHODS, ROOT, in_facade
from tests.for_each import for_each
from tests.pages import PAGES

TEXTS: Final = {page: (ROOT / page).read_text(encoding="utf-8") for page in (*PAGES, "CHANGELOG.md")}
NAMESPACES: Final = sorted({method.partition(".")[0] for method in METHODS})
EVENTS: Final = [event.name for event in CONTRACT.events()]

# `orbit.users.get(...)`, `as_alice.users.get`, `users.get`; but no module such as `orbitconnect.webhooks.verify`.
CALL: Final = re.compile(rf"(?:(?:`|\b(?:orbit|async_orbit|as_\w+|alice|bob|me)\.))({'|'.join(NAMESPACES)})\.(\w+)\b")
CODE: Final = re.compile(r"error\.code == \"(\w+)\"|\bcode `(\w+)`|`code` is `(\w+)`")
VARIABLE: Final = re.compile(r"\bORBIT_[A-Z_]+\b")
NUMBER: Final = (
    r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|fifty|hundreds?)"
    r" (?:\w+ )?(namespaces|operations|facade methods|event types|webhook events|retry classes|error codes)\b"
)


OTHER_NAMES: Final = frozenset({"verify", "parse", "sign", "dispatch", "wait_until_"})
"""Names in `orbitconnect.webhooks`, which pages abbreviate, and the beginning of several names."""


@for_each("page", TEXTS.keys() - {"CHANGELOG.md", "docs/node.md", "docs/other-languages.md"})
def test_the_methods_that_a_page_names_exist(page: str) -> None:
    """The changelog also names methods that were removed, and the two pages those of other clients."""
    for found in CALL.finditer(TEXTS[page]):
        method = f"{found[1]}.{found[2]}"
        is_event = found[0].startswith("`") and method in EVENTS
        is_module = found[0].startswith("`") and (ROOT / "orbitconnect" / found[1] / f"{found[2]}.py").exists()
        known = method in METHODS or is_event or is_module or found[2] in OTHER_NAMES
        assert known, f"{page}:{line(TEXTS[page], found.start())}: there is no {method}. Correct the page"


@for_each("method", METHODS)
def test_every_method_is_documented(method: str) -> None:
    namespace, _, name = method.partition(".")
    pattern = re.compile(rf"\b{namespace}\.{name}\b|`{name}`")
    assert any(pattern.search(text) for page, text in TEXTS.items() if page != "CHANGELOG.md"), (
        f"{in_facade(method)} is named in no page. Add it to a page in docs/, and link the page in README.md"
    )


def test_the_page_of_operations_is_up_to_date() -> None:
    assert TEXTS[OPERATIONS_PAGE.as_posix()] == operations_page(CONTRACT, ROOT), "run `make generate`"


@for_each("page", TEXTS)
def test_the_error_codes_that_a_page_names_are_the_contracts(page: str) -> None:
    known = {code for errors in ERROR_CODES.values() for codes in errors.values() for code in codes}
    for found in CODE.finditer(TEXTS[page]):
        code = found[1] or found[2] or found[3]
        assert code in known, (
            f"{page}:{line(TEXTS[page], found.start())}: no operation in openapi/orbit.yaml has the error code {code}"
        )


@for_each("page", TEXTS)
def test_the_events_that_a_page_names_are_the_contracts(page: str) -> None:
    groups = {name.partition(".")[0] for name in EVENTS}
    for found in re.finditer(r"[\"`](\w+)\.(\w+)[\"`]", TEXTS[page]):
        name = f"{found[1]}.{found[2]}"
        if found[1] in groups - {*NAMESPACES} and re.fullmatch(r"\w+(ed|failed|ready|sent|test|balance)", found[2]):
            assert name in EVENTS, (
                f"{page}:{line(TEXTS[page], found.start())}: openapi/orbit.yaml has no event {name}. Correct the page"
            )


def test_environment_variables_are_documented_and_exist() -> None:
    read = {
        name: path
        for path in sorted((ROOT / "orbitconnect").rglob("*.py"))
        for name in strings_in(path)
        if VARIABLE.fullmatch(name)
    }
    named = {name for page, text in TEXTS.items() if page != "CHANGELOG.md" for name in VARIABLE.findall(text)}
    for name, path in read.items():
        assert name in named, f"{path.relative_to(ROOT)}: {name} is named in no page of docs/ and not in README.md"
    for page, text in TEXTS.items():
        for found in VARIABLE.finditer(text):
            is_own = re.search(rf"environ(\.get)?[\[(]\"{found[0]}\"", text) is not None
            assert found[0] in read or is_own, (
                f"{page}:{line(text, found.start())}: orbitconnect does not read {found[0]}. Correct the page"
            )


@for_each("page", ["CONTRIBUTING.md", "Makefile", "openapi/orbit.yaml", *TEXTS])
def test_no_page_counts_what_the_contract_can_change(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for found in re.finditer(NUMBER, text, flags=re.IGNORECASE):
        raise AssertionError(
            f"{page}:{line(text, found.start())}: {found[0]!r} will be wrong soon. Leave the number out"
        )


def strings_in(path: Path) -> set[str]:
    """The strings in a module that are not docstrings."""
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
