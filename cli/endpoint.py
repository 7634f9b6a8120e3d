"""`attendant endpoint`: the breaker's function asked in the name of whoever types.

Knows how the role Operator is taken (the emulator knows nobody by name: there the machine says who types),
what the function answers and how that reads. Refuses to touch state or capacity: the function is the one
writer of both.
"""

from __future__ import annotations

import getpass
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cli.deployment import Deployment
from cli.failures import CommandFailed

ROLE, FUNCTION = "OperatorRoleArn", "EndpointBreakerFunction"
LOGS = "attendant logs endpoint_breaker --since 5m"
LOOK_SECONDS = 2.0
QUIET_MARGIN_SECONDS = 90.0
Told = dict[str, Any]


@dataclass(frozen=True)
class Operator:
    """Somebody in the role Operator; `who` stands in the audit beside everything that is asked."""

    who: str
    lambda_: Any
    function: str

    def ask(self, command: str, **fields: Any) -> Told:
        """Raises CommandFailed when the function fails."""
        return self._invoke({"command": command, "actor": self.who, **fields})

    def look(self) -> Told:
        """The status while a command waits: nobody looks, so nothing is recorded."""
        return self._invoke({"command": "status"})

    def _invoke(self, event: dict[str, Any]) -> Told:
        answer = self.lambda_.invoke(FunctionName=self.function, Payload=json.dumps(event).encode())
        told: Told = json.loads(answer["Payload"].read() or b"{}")
        if answer.get("FunctionError"):
            raise CommandFailed(f"the breaker's function failed ({told.get('errorType', 'unknown')})", LOGS)
        return told


def operator(deployment: Deployment) -> Operator:
    """Raises CommandFailed when the role may not be taken."""
    from botocore.exceptions import ClientError  # noqa: PLC0415  boto3 comes with the first client

    function, role = deployment.output(FUNCTION), deployment.output(ROLE)
    who = caller(deployment)
    if f":assumed-role/{role.rpartition('/')[2]}/" in identity(deployment):
        return Operator(who, deployment.client("lambda"), function)
    try:
        acting = deployment.assuming(role, who)
    except ClientError as error:
        if error.response["Error"]["Code"] != "AccessDenied":
            raise
        raise CommandFailed(
            f"{who} may not take the role Operator",
            "log in with a second factor (aws sso login, aws sts get-session-token --token-code …), "
            "or ask whoever gives out roles in the account",
        ) from error
    return Operator(who, acting.client("lambda"), function)


def caller(deployment: Deployment) -> str:
    """Who types, as a name that a role's session can have."""
    name = getpass.getuser() if deployment.endpoint else re.split("[/:]", identity(deployment))[-1]
    return re.sub(r"[^\w+=,.@-]", "-", name)[:64].ljust(2, "-")


def identity(deployment: Deployment) -> str:
    """The ARN of whoever calls AWS."""
    return str(deployment.client("sts").get_caller_identity()["Arn"])


def stop(someone: Operator, reason: str) -> str:
    told = someone.ask("stop", reason=reason)
    if told["stopped"]:
        return f"stopped: 0 copies, on-call is told, incident {told['incident']}"
    return f"it was open already, since {moment(told['since'])} ({told['reason']}); your word is recorded"


def restart(someone: Operator) -> str:
    """The id of the restart. Raises CommandFailed with the reason of a refusal."""
    told = someone.ask("restart")
    if not told["started"]:
        raise refusal(told)
    return str(told["restart"])


def refusal(told: Told) -> CommandFailed:
    look = "attendant endpoint status"
    match told["refused"]:
        case "closed":
            return CommandFailed("the breaker is closed: there is nothing to restart", look)
        case "running":
            return CommandFailed(f"a restart is running already ({told['restart']})", look)
        case "ringing":
            return CommandFailed(
                f"alarms still ring: {ringing_sentence(told['ringing'])}",
                "--wait waits for those that fall quiet by themselves; docs/runbook.md tells of each",
            )
        case _:
            return CommandFailed("somebody else changed the state this very moment", look)


def restart_and_wait(
    someone: Operator, tell: Callable[[str], None], pause: Callable[[float], None] = time.sleep
) -> None:
    """Until it is closed. Raises CommandFailed when it is open again, or never began."""
    told = someone.ask("restart")
    if told.get("refused") == "ringing" and all(each["quiet_by"] for each in told["ringing"]):
        tell(f"waiting for alarms to fall quiet: {ringing_sentence(told['ringing'])}")
        _await_quiet(someone, told["ringing"], pause)
        told = someone.ask("restart")
    if not told["started"]:
        raise refusal(told)
    for line in _follow(someone, told["restart"], pause):
        tell(line)


def _await_quiet(someone: Operator, ringing: list[Told], pause: Callable[[float], None]) -> None:
    latest = max(datetime.fromisoformat(each["quiet_by"]) for each in ringing)
    while someone.look()["ringing"]:
        if (datetime.now(UTC) - latest).total_seconds() > QUIET_MARGIN_SECONDS:
            return  # the next refusal says what still rings
        pause(LOOK_SECONDS)


def _follow(someone: Operator, restart: str, pause: Callable[[float], None]) -> Iterator[str]:
    """A line for each change. Raises CommandFailed when it ends open."""
    seen = ""
    while True:
        told = someone.look()
        line = f"{told['state']}, capacity {capacity_sentence(told['capacity'])}"
        if line != seen:
            seen = line
            yield line
        if told["state"] == "closed":
            return
        if told.get("restart") != restart:
            raise CommandFailed(f"it is open again: {reason_sentence(told)}", "attendant endpoint status")
        pause(LOOK_SECONDS)


def status_lines(told: Told) -> list[str]:
    since = f" since {moment(told['since'])}" if "since" in told else ""
    lines = [f"{told['state']}{since}"]
    if told["state"] != "closed":
        lines += [f"  {reason_sentence(told)}", f"  incident {told['incident']}"]
    if told["state"] == "half_open":
        left, passed, failed = (told[f"probes_{name}"] for name in ("left", "ok", "failed"))
        lines.append(f"  calls of the model: {passed} well, {failed} failed, {left} more let through")
    lines.append(f"capacity {capacity_sentence(told['capacity'])}")
    lines.append(f"alarms: {ringing_sentence(told['ringing'])}")
    if told["muted"]:
        lines.append("MUTED: the critical alarm's actions are disabled, so no alarm shuts the endpoint down")
    if told["state"] == "open":
        running = f"a restart is running: {told['restart']}" if "restart" in told else ""
        lines.append(running or "to try again: attendant endpoint restart --wait")
    return lines


def history_lines(records: list[Told]) -> list[str]:
    return [
        f"{moment(each['at'])}  {each['actor']:<16} {each['action']:<16} "
        f"{each['before']} -> {each['after']}  {each['detail'].replace(chr(10), '; ')}".rstrip()
        for each in records
    ]


def reason_sentence(told: Told) -> str:
    detail = told.get("detail", "").replace("\n", "; ")
    return f"{told['reason']}{f' ({detail})' if detail else ''}, by {told['by']}"


def capacity_sentence(capacity: Told) -> str:
    if not capacity["wanted"]:
        return str(capacity["status"])
    copies = f"{capacity['ready']} of {capacity['wanted']} copies ready"
    return f"{capacity['status']}, {copies}, {capacity['slots']} calls at once"


def ringing_sentence(ringing: list[Told] | None) -> str:
    if ringing is None:
        return "CloudWatch cannot be asked"
    return ", ".join(_one_ringing(each) for each in ringing) or "none rings"


def _one_ringing(alarm: Told) -> str:
    if alarm["quiet_by"] is None:
        return f"{alarm['alarm']} (its cause is still there)"
    return f"{alarm['alarm']} (quiet by {moment(alarm['quiet_by'])} at the latest)"


def moment(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
