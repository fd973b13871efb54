from __future__ import annotations

import ast
from pathlib import Path

import pytest

import orbitconnect
from generator.mirror import CannotMirror, derive, derive_folder

SOURCE = '''"""What `AsyncUsers` does, asynchronously spoken of as asynchronous."""

from .executor import AsyncExecutor


class AsyncUsers:
    """Use it as `async with AsyncOrbitServer() as orbit:`.

    Example:
        async for page in pages:
            user = await orbit.users.get("await me")  # no
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def get(self, user_id: str) -> str:
        # await the answer
        async with self._executor as open, other():
            async for chunk in open:
                found = [await part async for part in chunk]
        return await (self._executor
                      .get(user_id, f"{await self.x()} and {user_id}"))

    async def __aenter__(self) -> "AsyncUsers":
        return self
'''


def test_code_and_text_are_mirrored() -> None:
    derived = derive(SOURCE.replace("asynchronously spoken of as ", "").replace('"await me"', '"usr_1"'))
    assert (
        derived
        == '''"""What `Users` does, synchronous."""

from .executor import Executor


class Users:
    """Use it as `with OrbitServer() as orbit:`.

    Example:
        for page in pages:
            user = orbit.users.get("usr_1")  # no
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def get(self, user_id: str) -> str:
        # the answer
        with self._executor as open, other():
            for chunk in open:
                found = [part for part in chunk]
        return (self._executor
                      .get(user_id, f"{self.x()} and {user_id}"))

    def __enter__(self) -> "Users":
        return self
'''
    )


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import asyncio\n", "asyncio"),
        ("from x import AsyncThing\n", "AsyncThing"),
        ("def f(): return to_async(1)\n", "to_async"),
        ("from collections.abc import Awaitable\n", "Awaitable"),
        ('"""Says asyncio."""\n', "asyncio"),
        ("x = 1  # asynchronously\n", "asynchronously"),
        ('x = "to await"\n', "await"),
        ("x = f'{asyncio}'\n", "asyncio"),
    ],
)
def test_what_stands_in_no_table_is_refused(source: str, name: str) -> None:
    with pytest.raises(CannotMirror, match=f"line 1: .*{name}"):
        derive(source)


@pytest.mark.parametrize(
    "source",
    [
        "from models import Media\n\n\nclass AsyncMedia:\n    pass\n",
        "from a import process_owner\n\nx = async_owner()\n",
        "def f():\n    process_owner = async_owner()\n",
    ],
)
def test_name_that_is_taken_is_refused(source: str) -> None:
    with pytest.raises(CannotMirror, match="is another thing here"):
        derive(source)


def test_line_count_and_strings_with_line_breaks_are_kept() -> None:
    source = 'x = """\nasync with a:\n\n    await b\n"""\nasync def f() -> None:\n    await x\n'
    assert derive(source) == 'x = """\nwith a:\n\n    b\n"""\ndef f() -> None:\n    x\n'


def test_folder_is_formatted_and_headed(tmp_path: Path) -> None:
    source = tmp_path / "_async"
    source.mkdir()
    (source / "users.py").write_text("async def get( x ):\n  return  await x\n", encoding="utf-8")
    assert derive_folder(source) == {
        "users.py": "# Derived from orbitconnect/_async/users.py by `make generate`: edit that file.\n"
        "def get(x):\n    return x\n"
    }


def test_refusal_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text("import anyio\n", encoding="utf-8")
    with pytest.raises(CannotMirror, match=r"odd\.py: line 1"):
        derive_folder(tmp_path)


def test_both_clients_have_the_same_methods() -> None:
    root = Path(orbitconnect.__file__).parent

    def methods(folder: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted((root / folder).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found[path.name] = [
                node.name
                for node in ast.walk(tree)
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_")
            ]
        return found

    expected = {name: [{"aclose": "close"}.get(n, n) for n in names] for name, names in methods("_async").items()}
    assert methods("_sync") == expected
