"""Tokens of Cognito's users: one that was forged, ran out or was taken back is refused, as on AWS.

The emulator judges them only while it enforces IAM; here always. Refuses to judge anything itself: the
emulator's own check is asked.
"""

from __future__ import annotations

from typing import Any

from ministack.services import cognito

from cli.embedded_cloud.emulator.seams import replace, seam


def install() -> None:
    refused = seam(cognito, "_access_token_error", "data")

    def get_user(data: dict[str, Any]) -> Any:
        return refused(data) or original_get(data)

    def global_sign_out(data: dict[str, Any]) -> Any:
        return refused(data) or original_out(data)

    original_get = replace(cognito, "_get_user", get_user, "data")
    original_out = replace(cognito, "_global_sign_out", global_sign_out, "data")
