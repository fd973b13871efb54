"""Loads every module before the first test. pytester, which other tests use, forgets what is first loaded inside it;
the emulator's modules cannot be loaded a second time."""

from tests.introspection.public import modules

EVERY_MODULE = tuple(modules())
