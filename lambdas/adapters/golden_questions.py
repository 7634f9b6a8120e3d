"""The golden questions: each assistant's function answers its own, past the gate, and judges the answers.

Knows how a function is asked and that one which fails has not passed. Refuses to know the questions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

ASK = json.dumps({"golden": True}).encode()


class GoldenQuestions:
    """`functions` are the answering functions by assistant."""

    def __init__(self, lambda_: Any, functions: Mapping[str, str]) -> None:
        self._lambda = lambda_
        self._functions = functions

    def failed(self) -> tuple[str, ...]:
        """What did not pass, as "assistant/question"; empty when everything did."""
        if not self._functions:
            return ()
        with ThreadPoolExecutor(len(self._functions)) as pool:
            verdicts = pool.map(self._failed_of, self._functions, self._functions.values())
            return tuple(name for names in verdicts for name in names)

    def _failed_of(self, assistant: str, function: str) -> list[str]:
        try:
            answer = self._lambda.invoke(FunctionName=function, Payload=ASK)
            told = json.load(answer["Payload"])
        except (BotoCoreError, ClientError, ValueError) as error:
            return [f"{assistant}/{type(error).__name__}"]
        if answer.get("FunctionError") or not isinstance(told, dict) or "passed" not in told:
            return [f"{assistant}/no-verdict"]
        failed = [f"{assistant}/{each['id']}" for each in told.get("questions", ()) if not each["passed"]]
        return failed if failed or told["passed"] else [f"{assistant}/not-passed"]
