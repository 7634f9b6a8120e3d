"""The findings of cdk-nag that stay, each with its reason: AWS leaves no other way.

Knows every rule that is acknowledged anywhere in the project. Refuses to be called for what could be built
otherwise: seven reasons are the most that the whole project may have.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """`findings` are names of rules, with the finding in brackets for a rule that tells several apart.

    Two packs may call the same thing by two names.
    """

    findings: tuple[str, ...]
    reason: str


UNSCOPABLE_ACTIONS = Acknowledgement(
    findings=("AwsSolutions-IAM5[Resource::*]",),
    reason="The one shared policy holds only actions for which AWS defines no resource to be named.",
)
OTHERS_CREDENTIALS = Acknowledgement(
    findings=("AwsSolutions-SMG4",),
    reason="The secret holds a credential of somebody else's server: its owner rotates it, AWS cannot.",
)
QUEUE_HAS_NO_DESTINATION = Acknowledgement(
    findings=("Serverless-LambdaEventSourceMappingDestination",),
    reason="Lambda takes no failure destination for SQS: the queue's own redrive policy keeps what failed.",
)
LAST_QUEUE = Acknowledgement(
    findings=("Serverless-SQSRedrivePolicy",),
    reason="Dead letters end here. Were every queue to have a next one, none could be the last.",
)
LOCAL_INTERPRETER = Acknowledgement(
    findings=("AwsSolutions-L1", "Serverless-LambdaLatestVersion"),
    reason="The emulator runs functions on its machine's interpreter: the template names what runs.",
)
NO_SECOND_FACTOR_YET = Acknowledgement(
    findings=("AwsSolutions-COG2",),
    reason="Owners have a long password and an hour's token; a second factor needs a page to enrol on first.",
)
OBJECTS_OF_A_TABLE = Acknowledgement(
    findings=("AwsSolutions-IAM5[Resource::{bucket}/{table}/*]",),
    reason="A table's objects are named by assistant and day: the star stands behind the table's folder.",
)
ALL = (
    UNSCOPABLE_ACTIONS,
    OTHERS_CREDENTIALS,
    QUEUE_HAS_NO_DESTINATION,
    LAST_QUEUE,
    LOCAL_INTERPRETER,
    NO_SECOND_FACTOR_YET,
    OBJECTS_OF_A_TABLE,
)


def acknowledge(construct: IConstruct, acknowledgement: Acknowledgement, **named: str) -> None:
    """`named` fills what a finding names in braces."""
    for finding in acknowledgement.findings:
        acknowledgment = Acknowledgment(id=finding.format(**named), reason=acknowledgement.reason)
        Validations.of(construct).acknowledge(acknowledgment)
