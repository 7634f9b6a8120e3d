"""What the model server says when it will not or cannot answer; each leaf owns its status and its code.

    Refused
    ├── BadRequest 400        the body is not a chat request
    │   ├── PromptTooLong     the messages do not fit the context
    │   └── BodyTooLarge 413
    ├── UnknownModel 404      another model than the one served
    ├── Overloaded 429        the waiting line is full, with Retry-After
    ├── TooLate 504           the caller's own time is up
    └── NotServing 503        loading, draining, or the engine broke down, with Retry-After
        └── SwitchedOff       its capacity was set to 0

Refuses to know HTTP libraries: `http_face/refusals.py` turns a leaf into a response. No message repeats what
the caller wrote.
"""

from __future__ import annotations


class Refused(Exception):
    """Root. `str(error)` may be shown to the caller."""

    status = 500
    code = "internal"
    kind = "server_error"
    retry_after_seconds: int | None = None


class BadRequest(Refused):
    """`parameter` names the field of the body that is wrong, where there is one."""

    status = 400
    code = "invalid_request"
    kind = "invalid_request_error"

    def __init__(self, message: str, *, parameter: str | None = None) -> None:
        super().__init__(message)
        self.parameter = parameter


class PromptTooLong(BadRequest):
    code = "context_length_exceeded"

    def __init__(self, *, prompt_tokens: int, context_tokens: int) -> None:
        super().__init__(
            f"The messages have {prompt_tokens} tokens and the context takes {context_tokens}; shorten them.",
            parameter="messages",
        )


class BodyTooLarge(BadRequest):
    status = 413
    code = "body_too_large"


class UnknownModel(Refused):
    status = 404
    code = "model_not_found"
    kind = "invalid_request_error"


class Overloaded(Refused):
    status = 429
    code = "overloaded"
    kind = "rate_limit_error"

    def __init__(self, *, retry_after_seconds: int) -> None:
        super().__init__("The waiting line is full; come back after the time in Retry-After.")
        self.retry_after_seconds = retry_after_seconds


class TooLate(Refused):
    status = 504
    code = "deadline_exceeded"
    kind = "timeout_error"

    def __init__(self) -> None:
        super().__init__("The time that the caller gave for the answer is up.")


class NotServing(Refused):
    status = 503
    code = "not_serving"
    retry_after_seconds = 2


class SwitchedOff(NotServing):
    code = "switched_off"
    retry_after_seconds = 60  # a person or a schedule switches it on again

    def __init__(self) -> None:
        super().__init__("The model server is switched off: its capacity was set to 0.")
