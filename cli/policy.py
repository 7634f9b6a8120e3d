"""`attendant policy check`: what a policy says about each line of a file. Needs no running stack.

Knows TOML and the verdict's JSON. Refuses to know how a text is screened (`core.topics`).
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from cli.failures import CommandFailed
from cli.questions import read_lines
from core.errors import PolicyBroken
from core.topics import CompiledPolicy, check_samples, compile_policy, screen


def read_policy(path: Path) -> CompiledPolicy:
    """Raises CommandFailed that names the file and the place in it."""
    try:
        return compile_policy(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}", exit_code=2) from error
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{path} is not UTF-8 (byte {error.start + 1})", exit_code=2) from error
    except tomllib.TOMLDecodeError as error:
        raise CommandFailed(f"{path} is not TOML: {error}", exit_code=2) from error
    except PolicyBroken as error:
        raise CommandFailed(f"{path}: {error}", exit_code=2) from error


def check_file(policy_path: Path, file: Path, *, as_json: bool) -> None:
    """One verdict a line, blank ones too, in the order of the file."""
    policy = read_policy(policy_path)
    for line in read_lines(file):
        verdict = screen(line.text, policy)
        if as_json:
            told = {
                "text": line.text,
                "allowed": verdict.allowed,
                "topic": verdict.topic,
                "matched": verdict.matched,
            }
            print(
                json.dumps(told if line.error is None else {**told, "error": line.error}, ensure_ascii=False)
            )
        else:
            mark = "ok    " if verdict.allowed else f"FORBID {verdict.topic} ({verdict.matched})"
            print(f"{mark}  {line.text}")


def check_own_samples(policy_path: Path) -> None:
    """The policy's own samples. Raises CommandFailed when one is judged otherwise than written."""
    wrong = check_samples(read_policy(policy_path))
    for topic, sample, verdict in wrong:
        said = "allowed" if verdict.allowed else f"forbidden by {verdict.topic} ({verdict.matched})"
        print(f"{topic}: {sample.text!r} is {said}")
    if wrong:
        raise CommandFailed(f"{len(wrong)} samples are judged otherwise than {policy_path} says")
    print("all samples hold")
