"""After something is removed from the contract, one message lists every line that still refers to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from generator.__main__ import main
from generator.references import dangling, facade_methods, key_of, message, references
from tests.for_each import for_each
from tests.generator.test_build import SMALL

NAMESPACE: Final = """\
from orbitconnect_api.api.things import (
    create_thing,
    delete_thing,  # Gone.
)
from orbitconnect_api.models.thing import Thing
from orbitconnect_api.models.thing_part import ThingPart


class AsyncThings:
    async def remove(self, thing_id: str) -> None:
        return await self._executor.execute(delete_thing.build(thing_id))

    async def create(self) -> Thing:
        return await self._executor.execute(create_thing.build())
"""
FILES: Final = {
    "generated/orbitconnect_api/__init__.py": "",
    "generated/orbitconnect_api/operations.py": "CREATE_THING: Final = 1\n",
    "generated/orbitconnect_api/events.py": "THING_MADE: Final = 1\n",
    "generated/orbitconnect_api/api/things/__init__.py": "",
    "generated/orbitconnect_api/api/things/create_thing.py": "",
    "generated/orbitconnect_api/models/__init__.py": "from .thing import Thing as Thing\n",
    "generated/orbitconnect_api/models/thing.py": "class Thing:\n    pass\n",
    "orbitconnect/_async/namespaces/things.py": NAMESPACE,
    "orbitconnect/_sync/namespaces/things.py": NAMESPACE,
    "orbitconnect/emulator/things.py": (
        "from orbitconnect_api import events, operations\n\n\n"
        "@handles(operations.DELETE_THING)\ndef handle(): emit(events.THING_MADE)\n\n\n"
        "@handles(operations.CREATE_THING)\ndef make(): emit(events.THING_GONE)\n"
    ),
    "tests/test_things.py": 'TEXT = "from orbitconnect_api.models import Quoted"\norbit.things.remove("t")\n',
    "docs/things.md": "`things.remove` deletes it. `things.removed` does not. The event is `thing.gone`.\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@for_each(
    ("name", "key"),
    [
        ("deleteThing", "delete_thing"),
        ("DELETE_THING", "delete_thing"),
        ("getWebRTCToken", "get_web_rtc_token"),
        ("ThingPart", "thing_part"),
        ("thing.made", "thing_made"),
    ],
)
def test_all_spellings_have_one_key(name: str, key: str) -> None:
    assert key_of(name) == key


def test_every_name_that_is_gone_is_found_with_all_lines(root: Path) -> None:
    found = {key: [(line.path, line.line) for line in lines] for key, lines in dangling(root).items()}
    assert found == {
        "delete_thing": [
            ("orbitconnect/_async/namespaces/things.py", 3),
            ("orbitconnect/_async/namespaces/things.py", 10),
            ("orbitconnect/_async/namespaces/things.py", 11),
            ("orbitconnect/emulator/things.py", 4),
            ("tests/test_things.py", 2),
            ("docs/things.md", 1),
        ],
        "thing_part": [("orbitconnect/_async/namespaces/things.py", 6)],
        "thing_gone": [("orbitconnect/emulator/things.py", 9), ("docs/things.md", 1)],
    }
    shown = message(dangling(root))
    assert "orbitconnect/emulator/things.py:4: @handles(operations.DELETE_THING)" in shown
    assert shown.count("The contract no longer has these names") == 1


def test_what_exists_is_not_reported(root: Path) -> None:
    (root / "generated/orbitconnect_api/operations.py").write_text("CREATE_THING = 1\nDELETE_THING: Final = 2\n")
    (root / "generated/orbitconnect_api/events.py").write_text("THING_MADE = 1\nTHING_GONE = 1\n")
    (root / "generated/orbitconnect_api/api/things/delete_thing.py").touch()
    (root / "generated/orbitconnect_api/models/thing_part.py").write_text("class ThingPart:\n    pass\n")
    assert dangling(root) == {}


def test_references_can_be_listed_before_a_removal(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(facade_methods(root, "create_thing")) == ["things.create"]
    assert [line.path for line in references(root, "things.remove")] == ["tests/test_things.py", "docs/things.md"]
    assert main(["references", "deleteThing", "--root", str(root)]) == 0
    printed = capsys.readouterr()
    assert "docs/things.md:1: " in printed.out
    assert "6 lines refer to deleteThing." in printed.err


def test_a_build_that_removes_an_operation_says_who_refers_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SMALL.read_text()
    contract = tmp_path / "orbit.yaml"
    contract.write_text(text[: text.index("  /things/{thing_id}:")] + text[text.index("webhooks:") :])
    user = tmp_path / "examples" / "use.py"
    user.parent.mkdir()
    user.write_text("from orbitconnect_api.api.things import create_thing, delete_thing\n")
    arguments = ["--contract", str(contract), "--root", str(tmp_path)]
    assert main(["build", *arguments]) == 1
    built = capsys.readouterr().err
    assert "delete_thing\n  examples/use.py:1: from orbitconnect_api.api.things import create_thing" in built
    assert "\ncreate_thing\n" not in built
    assert main(["check", *arguments]) == 1
    assert capsys.readouterr().err == built


def test_nothing_in_this_project_refers_to_what_is_gone() -> None:
    assert dangling(Path(__file__).parents[2]) == {}
