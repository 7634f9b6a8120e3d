"""The seams: how a private function of the emulator is replaced, and how a change of the emulator is noticed.

Knows the one version that the extension was written against. Refuses to know what the replacements do.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib.metadata import version
from types import ModuleType
from typing import Any

WRITTEN_AGAINST = "1.5.33"


class EmulatorChangedError(RuntimeError):
    """The emulator is not the one that the extension was written against."""


def check_version() -> None:
    """Raises EmulatorChangedError for any other version than the pinned one."""
    found = version("ministack")
    if found != WRITTEN_AGAINST:
        raise EmulatorChangedError(f"ministack {found} is installed, the extension needs {WRITTEN_AGAINST}")


def seam(module: ModuleType, name: str, *parameters: str) -> Callable[..., Any]:
    """The function `module.name`, whose first parameters must be named as given.

    Raises EmulatorChangedError when it is gone or looks different.
    """
    function: Callable[..., Any] | None = getattr(module, name, None)
    if not callable(function):
        raise EmulatorChangedError(f"{module.__name__}.{name} is gone")
    found = tuple(inspect.signature(function).parameters)
    if found[: len(parameters)] != parameters:
        raise EmulatorChangedError(f"{module.__name__}.{name} takes {found}, expected {parameters}")
    return function


def replace(
    module: ModuleType, name: str, replacement: Callable[..., Any], *parameters: str
) -> Callable[..., Any]:
    """Puts `replacement` in the place of `module.name` and hands back what stood there."""
    original = seam(module, name, *parameters)
    setattr(module, name, replacement)
    return original


def store(module: ModuleType, name: str) -> Any:
    """A store of the emulator, keyed by (account, region, key). Raises EmulatorChangedError."""
    found = getattr(module, name, None)
    if found is None or not hasattr(found, "_data"):
        raise EmulatorChangedError(f"{module.__name__}.{name} is not a scoped store any more")
    return found
