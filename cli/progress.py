"""How far a command has come, on stderr and only where somebody looks at it.

Refuses to know what is being done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


@contextmanager
def days_read(title: str, days: int) -> Iterator[Callable[[int, int], None]]:
    """Takes the days that were read and the questions in them."""
    console = Console(stderr=True)
    columns = (
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days, {task.fields[asked]} questions"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=days, asked=0)
        yield lambda done, asked: bar.update(task, completed=done, asked=asked)
