"""`attendant loadtest`: visitors at a steady rate or all at once, and a ledger that must balance.

Knows how a visitor behaves: sends under one id, waits, polls to the end, comes back once more. Refuses to
load an address that is not this machine unless told that the host is one's own.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlsplit

from cli.conversation import Attendant, Dialogue, Message, Rejected, Unreachable, new_message_id, talking_to
from cli.failures import CommandFailed
from cli.load_ledger import Entry, judge

OPEN_AT_ONCE = 8
COME_BACK_AT_ONCE = 4
MAX_THREADS = 200
LONGEST_PAUSE_SECONDS = 5.0


@dataclass(frozen=True)
class Load:
    """`starts` are the seconds after the beginning at which each question is sent."""

    assistant: str
    questions: Sequence[str]
    starts: Sequence[float]
    patience_seconds: float = 300.0

    @property
    def duration_seconds(self) -> float:
        return max(self.starts, default=0.0)


def own_host_only(url: str, *, i_own_this_host: bool) -> None:
    """Raises CommandFailed for any address but the loopback."""
    host = urlsplit(url).hostname or ""
    try:
        found = {ipaddress.ip_address(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except (OSError, ValueError) as error:
        raise CommandFailed(f"{host or url} is no address", exit_code=2) from error
    if not i_own_this_host and not all(address.is_loopback for address in found):
        raise CommandFailed(
            f"{host} is not this machine", "add --i-own-this-host if the load is yours to send", exit_code=2
        )


def steady(rate: float, duration_seconds: float) -> list[float]:
    """Starts at a steady rate; at least one."""
    return [number / rate for number in range(max(1, round(rate * duration_seconds)))]


def mixed(questions: Sequence[str], count: int) -> list[str]:
    """`count` questions from all over the list, which is usually sorted by kind.

    All of them, again and again, where more are wanted.
    """
    if count >= len(questions):
        return list(islice(cycle(questions), count))
    return [questions[place * len(questions) // count] for place in range(count)]


def run_load(url: str, load: Load, tell: Callable[[str], None]) -> dict[str, Any]:
    """Sends the load, follows every question to its end and judges. Raises CommandFailed."""
    with talking_to(url, attempts=1) as api:  # a broken line counts as trouble, it is not smoothed over
        dialogues = _open(api, load)
        entries = [Entry(new_message_id(), question) for question in mixed(load.questions, len(load.starts))]
        tell(f"{len(entries)} questions, {load.duration_seconds:.0f} s")
        began = time.monotonic()
        with ThreadPoolExecutor(min(len(entries), MAX_THREADS)) as pool:
            threading.Thread(target=_progress, args=(entries, tell), daemon=True).start()
            visits = [
                pool.submit(_visit, dialogue, entry, began + start, load.patience_seconds)
                for dialogue, entry, start in zip(dialogues, entries, load.starts, strict=True)
            ]
            for visit in visits:
                visit.result()
            took = time.monotonic() - began
        with ThreadPoolExecutor(COME_BACK_AT_ONCE) as pool:  # no second burst
            list(pool.map(_come_back, dialogues, entries))
    return {**judge(entries), "took_seconds": round(took, 1)}


def _open(api: Attendant, load: Load) -> list[Dialogue]:
    """A session for each question, opened before the clock starts."""
    try:
        api.open(load.assistant)
        with ThreadPoolExecutor(OPEN_AT_ONCE) as pool:
            return list(pool.map(lambda _: api.open(load.assistant), load.starts))
    except Unreachable as error:
        raise CommandFailed(str(error), "attendant status") from error
    except Rejected as error:
        raise CommandFailed(error.message, exit_code=2) from error


def _visit(dialogue: Dialogue, entry: Entry, start: float, patience_seconds: float) -> None:
    time.sleep(max(0.0, start - time.monotonic()))
    sent = time.monotonic()
    message: Message | None = None
    for step in _patiently(entry, sent + patience_seconds):
        try:
            if message is None:
                message = dialogue.send(entry.message_id, entry.question)
            else:
                message = dialogue.poll(entry.message_id)
        except Rejected as error:
            if error.status != 429:
                entry.trouble.append(f"HTTP {error.status}")
                return
            entry.shed += 1
            step(error.retry_after_seconds or 1.0)
            continue
        except Unreachable as error:
            entry.trouble.append(error.trouble)
            step(1.0)
            continue
        entry.first(time.monotonic() - sent, "answer" if message.final else "notice")
        if message.final:
            entry.ended(message.state, message.text, time.monotonic() - sent)
            return
        step(message.retry_after_seconds)


def _patiently(entry: Entry, deadline: float) -> Iterator[Callable[[float], None]]:
    """Rounds until the deadline; each gets a function that pauses before the next one."""
    while time.monotonic() < deadline:
        yield lambda seconds: time.sleep(min(max(0.05, seconds), LONGEST_PAUSE_SECONDS))
    entry.trouble.append("patience")


def _come_back(dialogue: Dialogue, entry: Entry) -> None:
    """Reads the end again and sends the same id again: both must tell the same end."""
    if entry.lost:
        return
    try:
        for message in (
            dialogue.poll(entry.message_id, wait_seconds=0),
            dialogue.send(entry.message_id, entry.question, wait_seconds=0),
        ):
            entry.ended(message.state, message.text)
    except Rejected as error:
        entry.trouble.append(f"coming back: HTTP {error.status}")
    except Unreachable as error:
        entry.trouble.append(f"coming back: {error.trouble}")


def _progress(entries: Sequence[Entry], tell: Callable[[str], None]) -> None:
    while open_ones := sum(entry.lost and not entry.trouble for entry in entries):
        time.sleep(15)
        tell(f"  {len(entries) - open_ones} of {len(entries)} ended")
