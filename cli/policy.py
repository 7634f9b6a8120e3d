"""`attendant policy check`: what a policy says about a text or about each line of a file.

Knows TOML and the verdict's JSON. Refuses to know how a text is screened (`core.topics`).
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from cli.failures import CommandFailed
from cli.questions import Line, read_lines
from core.errors import PolicyBroken
from core.policy import Policy
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


def check_text(policy: CompiledPolicy, text: str, *, as_json: bool) -> None:
    _tell(policy, Line(1, text), as_json=as_json)


def check_file(policy: CompiledPolicy, file: Path, *, as_json: bool) -> None:
    """One verdict a line, blank ones too, in the order of the file."""
    for line in read_lines(file):
        _tell(policy, line, as_json=as_json)


def check_own_samples(policy: CompiledPolicy) -> None:
    """The policy's own samples. Raises CommandFailed when one is judged otherwise than written."""
    if wrong := wrong_samples(policy):
        print("\n".join(wrong))
        raise CommandFailed(f"{len(wrong)} samples are judged otherwise than written")
    samples = sum(len(topic.samples) for topic in policy.policy.topics)
    print(f"the policy is sound; {f'all {samples} samples hold' if samples else 'it has no samples'}")


def wrong_samples(policy: Policy | CompiledPolicy) -> list[str]:
    """What the policy says of its own samples that they do not say, a sentence each."""
    return [
        f"{topic}: «{sample.text}» is "
        + ("allowed" if verdict.allowed else f"forbidden by {verdict.topic} ({verdict.matched})")
        for topic, sample, verdict in check_samples(policy)
    ]


def _tell(policy: CompiledPolicy, line: Line, *, as_json: bool) -> None:
    verdict = screen(line.text, policy)
    if not as_json:
        mark = "ok    " if verdict.allowed else f"FORBID {verdict.topic} ({verdict.matched})"
        print(f"{mark}  {line.text}")
        return
    told = {
        "text": line.text,
        "allowed": verdict.allowed,
        "topic": verdict.topic,
        "matched": verdict.matched,
    }
    print(json.dumps(told if line.error is None else {**told, "error": line.error}, ensure_ascii=False))
