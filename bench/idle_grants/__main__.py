"""`python -m bench.idle_grants`: takes every grant of the LOCAL stack away, one a role at a time, and asks
whether the product misses it.

Brings up a home of its own with IAM enforcement, then for each batch: takes the grants, starts the functions
afresh (nothing may live on what was cached), plays `scenario.play` and reads the emulator's decisions. One is
in use when its role was refused that action on that resource while it was away. Exits with 1 when one is not.
What AWS does in a role's name (delivering logs, polling a queue) the emulator does not judge: those
grants are listed apart, with who uses them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.idle_grants import scenario
from bench.idle_grants.grants import Grant, Policies, rounds
from bench.muting import mute
from cli.deployment import Deployment, find

ROOT = Path(__file__).resolve().parents[2]
STATES_LOG = "of the shared policy: Step Functions delivers the state machine's log"
PEOPLE_LOOK = "of the shared policy: people look at the dashboard, the logs and the traces"
NOT_JUDGED = {  # action, or action and a part of its resource
    "sqs:SendMessage FailedCalls": "Lambda puts there what it gives up",
    "logs:CreateLogStream": "Lambda delivers the function's log",
    "logs:PutLogEvents": "Lambda delivers the function's log",
    "sqs:ReceiveMessage": "Lambda polls the queue for the mapping",
    "sqs:DeleteMessage": "Lambda deletes what the function has answered",
    "xray:PutTraceSegments": "Lambda sends the function's traces",
    "xray:PutTelemetryRecords": "Lambda sends the function's traces",
    "xray:GetSamplingRules": "Step Functions asks what to trace",
    "xray:GetSamplingTargets": "Step Functions asks what to trace",
    "logs:CreateLogDelivery": STATES_LOG,
    "logs:GetLogDelivery": STATES_LOG,
    "logs:UpdateLogDelivery": STATES_LOG,
    "logs:DeleteLogDelivery": STATES_LOG,
    "logs:ListLogDeliveries": STATES_LOG,
    "logs:PutResourcePolicy": STATES_LOG,
    "logs:DescribeResourcePolicies": STATES_LOG,
    "logs:DescribeLogGroups": STATES_LOG,
    "cloudwatch:GetMetricData": PEOPLE_LOOK,
    "cloudwatch:ListDashboards": PEOPLE_LOOK,
    "cloudwatch:ListMetrics": PEOPLE_LOOK,
    "logs:GetQueryResults": PEOPLE_LOOK,
    "logs:StopQuery": PEOPLE_LOOK,
    "xray:BatchGetTraces": PEOPLE_LOOK,
    "xray:GetServiceGraph": PEOPLE_LOOK,
    "xray:GetTraceSummaries": PEOPLE_LOOK,
    "s3:ListBucket": "S3 asks for it only to tell a missing object from a forbidden one",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=ROOT / ".attendant" / "grants")
    parser.add_argument("--port", type=int, default=8580)
    parser.add_argument("--only", default="", help="Only roles or actions that contain this.")
    given = parser.parse_args()
    decisions = given.home / "decisions.jsonl"
    given.home.mkdir(parents=True, exist_ok=True)
    decisions.touch()
    environment = {**os.environ, "AUTH": "true", "ATTENDANT_EMULATOR_DECISIONS": str(decisions)}
    command = [sys.executable, "-m", "cli.main"]
    ports = [f"--{name}={given.port + n}" for n, name in enumerate(("port", "emulator-port", "model-port"))]
    up = [*command, "up", "--detach", "--home", str(given.home), *ports, "--model", "smollm2-135m-instruct"]
    subprocess.run(up, cwd=ROOT, env=environment, check=True)
    try:
        return judge(find(str(given.home)), f"http://127.0.0.1:{given.port}", decisions, given.only)
    finally:
        subprocess.run([*command, "down", "--home", str(given.home)], cwd=ROOT, check=True)


def judge(deployment: Deployment, url: str, decisions: Path, only: str) -> int:
    policies = Policies(deployment.client("iam"))
    mute(deployment)  # turns of an hour ago make it ring, and a model that rests is asked by nobody
    trouble = scenario.play(deployment, url)
    if trouble:
        print("with every grant in place this already fails:", *trouble, sep="\n  ")
        return 2
    every = [grant for grant in policies.grants() if only in str(grant)]
    judged = [grant for grant in every if not policies.is_for_aws(grant) and not why_not_judged(grant)]
    in_use: set[Grant] = set()
    for number, batch in enumerate(rounds(judged), 1):
        began = time.monotonic()
        in_use |= missed(deployment, url, decisions, policies, batch)
        print(f"round {number}: {len(batch)} taken, {time.monotonic() - began:.0f} s", flush=True)
    for grant in sorted(set(judged) - in_use):  # another grant of the batch may have stopped the way to it
        in_use |= missed(deployment, url, decisions, policies, [grant])
    needed = {grant.shared for grant in in_use}
    idle = sorted(grant for grant in set(judged) - in_use if grant.shared not in needed)
    spared = sorted(grant for grant in set(judged) - in_use if grant.shared in needed)
    print(f"{len(in_use)} of {len(judged)} grants are missed when they are taken away")
    print(f"{len(every) - len(judged)} are used by AWS itself and not judged here:")
    for grant in sorted(set(every) - set(judged)):
        print(f"  {grant}: {why_not_judged(grant) or 'an AWS service acts by this role'}")
    for grant in spared:
        print(f"  {grant}: of the shared policy, and another role uses it")
    for grant in idle:
        print(f"IDLE {grant}")
    return 1 if idle else 0


def why_not_judged(grant: Grant) -> str | None:
    for named, why in NOT_JUDGED.items():
        action, _, part = named.partition(" ")
        if grant.action == action and part in grant.resource:
            return why
    return None


def missed(
    deployment: Deployment, url: str, decisions: Path, policies: Policies, batch: list[Grant]
) -> set[Grant]:
    """Those of the batch that were asked for while they were away."""
    before = decisions.stat().st_size
    policies.take_away(batch)
    try:
        scenario.start_functions_afresh(deployment)
        trouble = scenario.play(deployment, url)
    finally:
        policies.give_back(batch)
    with decisions.open("rb") as file:
        file.seek(before)
        refused = [line for line in map(json.loads, file) if not line["allowed"]]
    found = {grant for grant in batch if any(_is(grant, line) for line in refused)}
    if len(batch) == 1 and not found:
        print(f"nobody asked for {batch[0]}; what failed:", *trouble, sep="\n  ", flush=True)
    return found


def _is(grant: Grant, decision: dict[str, Any]) -> bool:
    return decision["role"] == grant.role and grant.covers(decision["action"], decision["resource"])


if __name__ == "__main__":
    sys.exit(main())
