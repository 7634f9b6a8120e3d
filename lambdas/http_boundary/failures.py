"""From an error to what the caller sees of it: one shape for all, mapped here and nowhere else.

Knows statuses, headers and the shape. Refuses to show `str(error)`, and to be silent about the unexpected.
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from core.errors import AttendantError, InvalidInput, NotSignedIn, StoreAway, TooManyRequests
from lambdas.adapters.telemetry import Telemetry
from lambdas.http_boundary.bodies import ErrorBody, ErrorView, FieldErrorView
from lambdas.http_boundary.russian_validation import field_errors

UNEXPECTED = AttendantError()
HTTP_ERRORS = {
    400: ("malformed", "Запрос не удалось прочитать."),
    404: ("not_found", "Такого адреса нет."),
    405: ("method_not_allowed", "Этот адрес не принимает такой метод."),
}
OTHERWISE = ("refused", "Запрос не принят.")


def error_response(error: AttendantError, request_id: str) -> JSONResponse:
    fields = error.fields if isinstance(error, InvalidInput) else ()
    body = ErrorBody(
        error=ErrorView(
            code=error.code,
            message=error.public_text,
            fields=[FieldErrorView(field=wrong.field, message=wrong.message) for wrong in fields],
            request_id=request_id,
        )
    )
    return JSONResponse(body.model_dump(), status_code=error.status, headers=_headers(error))


def install(app: FastAPI, telemetry: Telemetry) -> None:
    """Registers the handlers of everything that a route may raise on purpose."""

    @app.exception_handler(AttendantError)
    async def attendant_error(request: Request, error: AttendantError) -> JSONResponse:
        if error.status < 500:
            return error_response(error, request.state.request_id)
        if isinstance(error, StoreAway):
            telemetry.alarm("store_away", error)
            return error_response(error, request.state.request_id)
        telemetry.alarm("platform_error", error, code=error.code)
        return error_response(UNEXPECTED, request.state.request_id)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        wrong = InvalidInput("validation", fields=field_errors(error.errors()))
        return error_response(wrong, request.state.request_id)

    @app.exception_handler(HTTPException)
    async def of_framework(request: Request, error: HTTPException) -> JSONResponse:
        code, text = HTTP_ERRORS.get(error.status_code, OTHERWISE)
        view = ErrorView(code=code, message=text, fields=[], request_id=request.state.request_id)
        return JSONResponse(
            ErrorBody(error=view).model_dump(),
            status_code=error.status_code,
            headers=dict(error.headers or {}),
        )


def _headers(error: AttendantError) -> Mapping[str, str]:
    if isinstance(error, TooManyRequests | StoreAway):
        return {"Retry-After": str(error.retry_after_seconds)}
    if isinstance(error, NotSignedIn):
        return {"WWW-Authenticate": "Bearer"}
    return {}
