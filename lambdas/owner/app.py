"""The application, assembled from its services. Refuses to know where they come from.

No CORS: the owner's page and this API are of one origin, and no other page has any business here.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.screening import Screening
from lambdas.http_boundary import failures
from lambdas.http_boundary.bodies import ErrorBody
from lambdas.http_boundary.boundary import Boundary
from lambdas.owner.access import Api, KnownTokens
from lambdas.owner.likeness import Likeness
from lambdas.owner.publishing import Publishing
from lambdas.owner.routers import callbacks, dialogues, documents, overview, policy, sign_in
from lambdas.owner.services import Services

ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": description}
    for status, description in {
        401: "sign_in_refused (wrong address or password), sign_in_required (no token, or none that counts)",
        404: "Unknown or expired",
        409: "Changed meanwhile: publication_conflict, callback_changed",
        413: "Too large",
        422: "A field is wrong; `fields` says which, in Russian. Of a document: the path into its value",
        429: "Too many tries to sign in; come back after `Retry-After` seconds",
        503: "A store does not answer; the same request after `Retry-After` seconds is safe",
    }.items()
}


def create_app(services: Services) -> FastAPI:
    app = routes()
    app.state.api = Api(
        services=services,
        tokens=KnownTokens(services.owners, services.clock),
        settings=OwnerSettingsReader(services.documents),
        screening=Screening(services.documents),
        publishing=Publishing(services.documents, services.embedder),
        likeness=Likeness(services.documents, services.embedder),
    )
    failures.install(app, services.telemetry)
    app.add_middleware(
        Boundary, telemetry=services.telemetry, clock=services.clock, body_bytes=services.body_bytes
    )
    return app


def routes() -> FastAPI:
    """Every route with nobody behind it: the OpenAPI document is made of that."""
    app = FastAPI(
        title="Attendant: the owner's API",
        version="1",
        description="What a salon sees of its dialogues, and what it may change. Behind a sign-in.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for module in (sign_in, overview, dialogues, callbacks, documents, policy):
        app.include_router(module.router, responses=ERRORS)
    return app
