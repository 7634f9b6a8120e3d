"""IAM enforcement, when the emulator is started with AUTH=true: the loopback counts as TLS, and every
decision about an assumed role is written down.

Bucket policies refuse what does not come over TLS, and the loopback has none. The decisions (a JSON line each
in the file `ATTENDANT_EMULATOR_DECISIONS`) tell which grants are used. Refuses to decide anything itself.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

from ministack import app
from ministack.core import iam_evaluator

from cli.embedded_cloud.emulator.seams import replace

SWITCH = "AUTH"
DECISIONS = "ATTENDANT_EMULATOR_DECISIONS"


def install() -> None:
    """Does nothing unless the emulator enforces."""
    if os.environ.get(SWITCH, "").lower() != "true":
        return

    def pin_as_tls(source_ip: str, secure_transport: bool) -> None:  # noqa: ARG001 - the emulator's call
        original_pin(source_ip, True)

    original_pin = replace(app, "pin_request_origin", pin_as_tls, "source_ip", "secure_transport")
    if path := os.environ.get(DECISIONS):
        _write_decisions(Path(path))


def _write_decisions(path: Path) -> None:
    one_at_a_time = threading.Lock()

    def enforce(  # noqa: PLR0917 - as the emulator has it
        access_key_id: str,
        iam_action: str,
        service: str,
        region: str,
        resource_arn: str = "*",
        service_context: dict[str, Any] | None = None,
    ) -> Any:
        refusal = original(access_key_id, iam_action, service, region, resource_arn, service_context)
        arn = getattr(refusal, "principal_arn", None) or iam_evaluator.request_caller_arn(
            {"authorization": f"AWS4-HMAC-SHA256 Credential={access_key_id}/"}
        )
        if ":assumed-role/" in arn:
            line = {
                "role": arn.split("/")[1],
                "action": iam_action,
                "resource": resource_arn,
                "allowed": refusal is None,
            }
            with one_at_a_time, path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        return refusal

    parameters = ("access_key_id", "iam_action", "service", "region", "resource_arn", "service_context")
    original = replace(iam_evaluator, "enforce", enforce, *parameters)
