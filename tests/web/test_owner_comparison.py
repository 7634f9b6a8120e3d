"""One author's changes laid over another's version, of any document: the module itself, run by Node."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

MODULE = Path(__file__).resolve().parents[2] / "web" / "src" / "owner" / "comparison.ts"
NODE = Path(sys.executable).parent / "node"
PROGRAM = f"""
import {{ carried, changes, equal }} from "{MODULE.as_uri()}";
import {{ createInterface }} from "node:readline";
for await (const line of createInterface({{ input: process.stdin }})) {{
  const [base, mine, theirs] = JSON.parse(line);
  const places = (before, after) => changes(before, after).map(({{ path }}) => path);
  const told = {{ ...carried(base, mine, theirs), mine: places(base, mine), theirs: places(base, theirs) }};
  process.stdout.write(JSON.stringify(told) + "\\n");
}}
"""


@pytest.fixture(scope="module")
def node() -> Any:
    """Asks the module: base, mine, theirs; gives back value, both, and the places that each changed."""
    arguments = [NODE, "--no-warnings", "--input-type=module", "--eval", PROGRAM]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(*documents: Any) -> Any:
            process.stdin.write(json.dumps(documents) + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return json.loads(process.stdout.readline())  # type: ignore[union-attr]

        yield ask
        process.stdin.close()


TEXTS = st.sampled_from(["", "один", "два", "три"])
TOPIC = st.fixed_dictionaries({"reply": TEXTS, "phrases": st.lists(TEXTS, max_size=2)})
TOPICS = st.dictionaries(st.sampled_from("abcd"), TOPIC, min_size=1, max_size=4)
POLICY = TOPICS.map(lambda topics: {"topics": [{"id": name, **topic} for name, topic in topics.items()]})


def by_id(policy: dict[str, Any]) -> dict[str, Any]:
    return {topic["id"]: topic for topic in policy["topics"]}


# Nothing is shrunk: each example is a question to another process.
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(POLICY, POLICY, POLICY)
def test_nobodys_change_is_lost(node: Any, base: Any, mine: Any, theirs: Any) -> None:
    told = node(base, mine, theirs)
    merged, both = by_id(told["value"]), {tuple(path) for path in told["both"]}
    for name, changed, other in (("mine", mine, theirs), ("theirs", theirs, mine)):
        for path in map(tuple, told[name]):
            if any(path[: len(place)] == place or place[: len(path)] == path for place in both):
                continue  # said to the person, who decides
            assert value_at(merged, path) == value_at(by_id(changed), path), (path, other)


def value_at(topics: dict[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = topics
    for name in path[1:]:
        found = found.get(name) if found is not None else None
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(POLICY, POLICY)
def test_one_author_alone_meets_nobody(node: Any, base: Any, mine: Any) -> None:
    for told, whole in (
        (node(base, mine, base), mine),
        (node(base, base, mine), mine),
        (node(base, mine, mine), mine),
    ):
        assert by_id(told["value"]) == by_id(whole)
        assert told["both"] == []


def test_the_same_place_changed_twice_stays_mine_and_is_named(node: Any) -> None:
    base = {"topics": [{"id": "a", "reply": "один", "phrases": []}], "gap": 1}
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    mine["topics"][0]["reply"], theirs["topics"][0]["reply"] = "моё", "их"  # type: ignore[index]
    theirs["gap"] = 2
    told = node(base, mine, theirs)
    assert told["both"] == [["topics", "a", "reply"]]
    assert told["value"] == {"topics": [{"id": "a", "reply": "моё", "phrases": []}], "gap": 2}


def test_what_one_deleted_and_the_other_changed_stays(node: Any) -> None:
    base = {"topics": [{"id": "a", "reply": "один"}, {"id": "b", "reply": "два"}]}
    without = {"topics": [{"id": "b", "reply": "два"}]}
    changed = {"topics": [{"id": "a", "reply": "новый"}, {"id": "b", "reply": "два"}]}
    for mine, theirs in ((without, changed), (changed, without)):
        told = node(base, mine, theirs)
        assert by_id(told["value"])["a"]["reply"] == "новый"
        assert told["both"] == [["topics", "a"]]
