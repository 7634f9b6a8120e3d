"""The accounts of owners in Cognito, and how they sign in.

Knows passwords' rules and how long a token counts. Refuses to know who owners are (`attendant owner add`) and
what they may do (`infra/owner.py`).
"""

from __future__ import annotations

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.acknowledgements import NO_SECOND_FACTOR_YET, acknowledge
from infra.stages import Stage

PASSWORD_LENGTH = 14
TEMPORARY_PASSWORD_VALID = Duration.days(3)
ACCESS_VALID = Duration.hours(1)
REFRESH_VALID = Duration.days(7)


class OwnerAccounts(Construct):
    """A pool that nobody signs up to by themselves, and the one client that signs owners in.

    No way back by mail: whoever forgets a password gets a temporary one from DevOps, as on the first day.
    """

    def __init__(self, scope: Construct, id_: str, *, stage: Stage) -> None:
        super().__init__(scope, id_)
        self.pool = cognito.UserPool(
            self,
            "Pool",
            user_pool_name=f"attendant-{stage.name}-owners",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            password_policy=cognito.PasswordPolicy(
                min_length=PASSWORD_LENGTH,
                require_uppercase=True,
                require_lowercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=TEMPORARY_PASSWORD_VALID,
            ),
            mfa=cognito.Mfa.OFF,
            account_recovery=cognito.AccountRecovery.NONE,
            feature_plan=cognito.FeaturePlan.PLUS,
            standard_threat_protection_mode=cognito.StandardThreatProtectionMode.AUDIT_ONLY,
            deletion_protection=stage.keep_data,
            removal_policy=stage.removal,
        )
        acknowledge(self.pool, NO_SECOND_FACTOR_YET)
        self.client = self.pool.add_client(
            "Page",
            user_pool_client_name="owner",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(user_password=True),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=ACCESS_VALID,
            id_token_validity=ACCESS_VALID,
            refresh_token_validity=REFRESH_VALID,
        )
        CfnOutput(Stack.of(self), "OwnerPool", value=self.pool.user_pool_id)
