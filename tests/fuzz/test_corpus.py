"""Runs the targets without a fuzzer, on the inputs kept from earlier runs and on random variations of them.

Inputs that once made a target fail are named `crash-…` and stay in the corpus.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

CORPUS = Path(__file__).with_name("corpus")
KEPT = sorted(CORPUS.glob("*/*"))
CHANGES = {"answers": 400, "events": 1_500, "signatures": 5_000, "wire": 250}


def run_of(target: str) -> Callable[[bytes], None]:
    run: Callable[[bytes], None] = import_module(f"tests.fuzz.{target}").run
    return run


def test_every_target_has_a_corpus() -> None:
    assert {path.parent.name for path in KEPT} == CHANGES.keys()


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_input_of_the_corpus_passes(path: Path) -> None:
    run_of(path.parent.name)(path.read_bytes())


@pytest.mark.parametrize("target", CHANGES)
def test_random_changes_of_the_corpus_pass(target: str) -> None:
    run = run_of(target)
    seeds = [path.read_bytes() for path in KEPT if path.parent.name == target]
    chance = random.Random(target)
    for _ in range(CHANGES[target]):
        data = changed(seeds, chance)
        try:
            run(data)
        except Exception as error:
            error.add_note(f"The input: {data!r}")
            raise


def changed(seeds: list[bytes], chance: random.Random) -> bytes:
    """An input in which a few parts are overwritten, removed, or replaced with parts of another input."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.randint(0, 12))
        other = chance.choice(seeds)
        from_other = chance.randint(0, len(other))
        data[start:end] = chance.choice(
            [b"", chance.randbytes(end - start), other[from_other : from_other + chance.randint(1, 12)]]
        )
    return bytes(data)
