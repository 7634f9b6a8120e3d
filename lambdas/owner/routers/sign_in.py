"""An owner comes in and goes out.

The one place that sees passwords and new tokens: they go to Cognito and to the owner, and nowhere else. They
are `async` though they block, as in `lambdas/api/access.py`.
"""

from __future__ import annotations

from fastapi import APIRouter, Response

from core.errors import OwnerNotSignedIn, SignInRefused
from lambdas.adapters.owner_pool import PasswordExpected, SignedIn
from lambdas.owner.access import ApiOf, OwnerOf, TokenOf
from lambdas.owner.bodies import NewPassword, Refresh, SignIn
from lambdas.owner.views import ChallengeView, MeView, OwnedAssistantView, SignedInView

router = APIRouter(prefix="/v1/owner", tags=["sign-in"])


@router.post("/sign-in", operation_id="signIn")
async def sign_in(api: ApiOf, body: SignIn) -> SignedInView | ChallengeView:
    """Tokens, or a challenge where the password was a temporary one."""
    api.services.tries.count(body.email)
    outcome = api.services.owners.sign_in(body.email, body.password)
    if isinstance(outcome, PasswordExpected):
        return ChallengeView(challenge="new_password", session=outcome.session)
    api.services.telemetry.tell("owner_signed_in")
    return signed_in_view(outcome)


@router.post("/sign-in/new-password", operation_id="setNewPassword")
async def set_new_password(api: ApiOf, body: NewPassword) -> SignedInView:
    api.services.tries.count(body.email)
    return signed_in_view(api.services.owners.new_password(body.email, body.session, body.new_password))


@router.post("/refresh", operation_id="refresh")
async def refresh(api: ApiOf, body: Refresh) -> SignedInView:
    """A new access token; the refresh token stays the same."""
    try:
        return signed_in_view(api.services.owners.refresh(body.refresh_token))
    except SignInRefused:
        raise OwnerNotSignedIn from None


@router.post("/sign-out", status_code=204, operation_id="signOut")
async def sign_out(api: ApiOf, owner: OwnerOf, token: TokenOf) -> Response:
    """Everywhere: every token of this owner's is taken back."""
    _ = owner
    api.tokens.forget(token)
    try:
        api.services.owners.sign_out(token)
    except SignInRefused:
        raise OwnerNotSignedIn from None
    return Response(status_code=204)


@router.get("/me", operation_id="me")
async def me(api: ApiOf, owner: OwnerOf) -> MeView:
    assistants = [
        OwnedAssistantView(id=spec.id, name=spec.name, time_zone=spec.owner.hours.time_zone)
        for spec in api.services.specs.values()
    ]
    return MeView(email=owner.email, assistants=assistants)


def signed_in_view(tokens: SignedIn) -> SignedInView:
    return SignedInView(
        access_token=tokens.access_token, expires_in=tokens.expires_in, refresh_token=tokens.refresh_token
    )
