"""Letters: judged by their sender where IAM is enforced, as AWS does, and told to no log.

The emulator would ask for the right to send as anybody, and writes to whom a letter goes into its log, which
here lies in the home of whoever tries the product. Refuses to know what a letter says.
"""

from __future__ import annotations

import logging

from ministack.core import iam_actions
from ministack.services import ses, ses_v2

from cli.embedded_cloud.emulator.seams import EmulatorChangedError


def install() -> None:
    resources = getattr(iam_actions, "_SES_V2_RESOURCES", None)
    if not isinstance(resources, dict) or "identities" not in resources:
        raise EmulatorChangedError("ministack.core.iam_actions._SES_V2_RESOURCES is gone")
    resources.setdefault("outbound-emails", ("identity", "FromEmailAddress"))
    for module in (ses, ses_v2):
        if not isinstance(getattr(module, "logger", None), logging.Logger):
            raise EmulatorChangedError(f"{module.__name__}.logger is gone")
        module.logger.setLevel(logging.WARNING)
