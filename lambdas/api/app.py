"""The application, assembled from its services. Refuses to know where they come from."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from lambdas.adapters.owner_settings import OwnerSettingsReader
from lambdas.adapters.screening import Screening
from lambdas.api.access import Api
from lambdas.api.model_state import ModelState
from lambdas.api.questions import Questions
from lambdas.api.routers import (
    assistants,
    brochures,
    callbacks,
    messages,
    ratings,
    sessions,
    test_drives,
    visits,
)
from lambdas.api.services import Services
from lambdas.api.stock import Stock
from lambdas.api.waiting import Waiting
from lambdas.http_boundary import failures
from lambdas.http_boundary.bodies import ErrorBody
from lambdas.http_boundary.boundary import Boundary

ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": description}
    for status, description in {
        401: "No token",
        403: "A token of another session",
        404: "Unknown or expired",
        409: "Contradicts what is kept: message_changed, booking_changed, answer_pending, dialogue_ended, "
        "office_closed, mail_not_offered",
        413: "Too large",
        422: "A field is wrong; `fields` says which, in Russian",
        429: "Too many questions or letters; come back after `Retry-After` seconds",
        503: "A store or the post does not answer; the same request after `Retry-After` seconds is safe",
    }.items()
}


def create_app(services: Services) -> FastAPI:
    app = routes()
    settings = OwnerSettingsReader(services.documents)
    screening = Screening(services.documents)
    app.state.api = Api(
        services=services,
        settings=settings,
        questions=Questions(services, settings, screening),
        waiting=Waiting(services),
        model=ModelState(services),
        stock=Stock(services.documents),
    )
    failures.install(app, services.telemetry)
    if services.site_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(services.site_origins),
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Location", "Retry-After"],
            max_age=600,
        )
    app.add_middleware(
        Boundary,
        telemetry=services.telemetry,
        clock=services.clock,
        body_bytes=services.limits.body_bytes,
    )
    return app


def routes() -> FastAPI:
    """Every route with nobody behind it: the OpenAPI document is made of that."""
    app = FastAPI(
        title="Attendant",
        version="1",
        description="Assistants that answer visitors' questions from published facts.",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # behind a gateway it would send the visitor to the gateway's own address
    )
    for module in (assistants, sessions, messages, ratings, callbacks, test_drives, brochures, visits):
        app.include_router(module.router, responses=ERRORS)
    return app
