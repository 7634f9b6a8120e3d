"""The restart of the endpoint as a state machine's definition, in the Amazon States Language.

    RaiseCapacity -> CheckHealth (again and again) -> GoldenQuestions -> HalfOpen -> Watch (again and again)
    -> Close -> Closed;  whatever fails, dies or takes too long -> GiveUp -> GivenUp

Each step is one call of the breaker's function, which may be repeated; what it tells decides where to go, and
never the name of an error. Knows the order. Refuses to know what a step does (`lambdas/endpoint_breaker`).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

WAY = ("RaiseCapacity", "CheckHealth", "GoldenQuestions", "HalfOpen", "Watch", "Close")
STEPS: Mapping[str, str] = {
    "RaiseCapacity": "raise_capacity",
    "CheckHealth": "check_health",
    "GoldenQuestions": "golden_questions",
    "HalfOpen": "half_open",
    "Watch": "watch",
    "Close": "close",
    "GiveUp": "give_up",
}
EVERYTHING = ["States.ALL"]

State = dict[str, Any]


def restart_states(
    *, function_arn: str, again_after_seconds: int, step_seconds: int, longest_seconds: int
) -> State:
    """`longest_seconds` is when a lost execution ends by itself; the function's minute finds out sooner."""
    states: State = {}
    for name, following in pairwise((*WAY, "Closed")):
        states[name] = {
            **_call(name, function_arn, step_seconds),
            "Retry": [_again(times=2)],
            "Catch": [{"ErrorEquals": EVERYTHING, "ResultPath": "$.told", "Next": "GiveUp"}],
            "Next": f"{name}Told",
        }
        states[f"{name}Told"] = _decide(following=following, again=f"{name}Again")
        states[f"{name}Again"] = {"Type": "Wait", "Seconds": again_after_seconds, "Next": name}
    states["GiveUp"] = {
        **_call("GiveUp", function_arn, step_seconds),
        "Retry": [_again(times=5)],
        "Next": "GivenUp",
    }
    states["GiveUp"]["Parameters"]["told.$"] = "$.told"
    states["Closed"] = {"Type": "Succeed"}
    states["GivenUp"] = {"Type": "Fail", "Error": "GivenUp", "Cause": "The breaker is open again."}
    states["Superseded"] = {
        "Type": "Fail",
        "Error": "Superseded",
        "Cause": "The breaker was opened or restarted anew meanwhile.",
    }
    return {"StartAt": WAY[0], "TimeoutSeconds": longest_seconds, "States": states}


def _call(name: str, function_arn: str, step_seconds: int) -> State:
    return {
        "Type": "Task",
        "Resource": function_arn,
        "Parameters": {"step": STEPS[name], "restart.$": "$.restart"},
        "ResultPath": "$.told",
        "TimeoutSeconds": step_seconds,
    }


def _again(*, times: int) -> State:
    return {"ErrorEquals": EVERYTHING, "IntervalSeconds": 2, "MaxAttempts": times, "BackoffRate": 2.0}


def _decide(*, following: str, again: str) -> State:
    """What is not understood is no reason to go on."""
    ways = {"next": following, "wait": again, "superseded": "Superseded"}
    choices = [
        {"Variable": "$.told.outcome", "StringEquals": outcome, "Next": next_}
        for outcome, next_ in ways.items()
    ]
    return {"Type": "Choice", "Choices": choices, "Default": "GiveUp"}
