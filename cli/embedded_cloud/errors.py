"""What may go wrong with the embedded cloud. Each error carries one clear sentence and the way out of it.

EmbeddedCloudError              message, way_out
├── AlreadyRunningError         a cloud of this home is up
├── PortTakenError              somebody else listens where we should
├── NotInstalledError           an environment or a tool is missing
├── DeployError                 cdk bootstrap or cdk deploy failed
└── ChildStoppedError           something that we started ended by itself
"""

from __future__ import annotations


class EmbeddedCloudError(Exception):
    """`message` says what happened, `way_out` what to do; both are for the person at the terminal."""

    def __init__(self, message: str, way_out: str) -> None:
        super().__init__(message)
        self.message = message
        self.way_out = way_out


class AlreadyRunningError(EmbeddedCloudError):
    pass


class PortTakenError(EmbeddedCloudError):
    pass


class NotInstalledError(EmbeddedCloudError):
    pass


class DeployError(EmbeddedCloudError):
    pass


class ChildStoppedError(EmbeddedCloudError):
    pass
