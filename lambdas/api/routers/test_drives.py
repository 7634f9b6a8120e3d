"""A test drive: the car, the day and the time that a visitor wishes for. An operator calls back."""

# ruff: noqa: FAST003 - the session's id is read by the dependency `dialogue_of`

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from core.dialogue import Callback, CallbackKind
from core.errors import BookingChanged, FieldError, InvalidInput, NotFound, OfficeClosed
from core.spec import Capability, Hours
from lambdas.adapters.telemetry import session_name
from lambdas.api.access import Api, ApiOf, Dialogue, DialogueOf
from lambdas.api.bodies import BookTestDrive
from lambdas.api.schemas import CallbackView

router = APIRouter(prefix="/v1", tags=["feedback"])

FURTHEST = timedelta(days=60)


@router.post("/{assistant}/sessions/{session_id}/test-drives", status_code=201, operation_id="bookTestDrive")
async def book_test_drive(api: ApiOf, dialogue: DialogueOf, body: BookTestDrive) -> CallbackView:
    """Kept beside the callbacks, and taken when they are."""
    texts, now = dialogue.settings.texts, api.services.clock()
    if Capability.TEST_DRIVES not in dialogue.spec.capabilities:
        raise NotFound(public_text="Этот помощник не записывает на тест-драйв.")
    wanted = _booking(api, dialogue, body, now)
    known = api.services.dialogues.callback(wanted.session_id, wanted.callback_id)
    if known is None:
        if not dialogue.spec.takes_test_drives(dialogue.settings, now):
            raise OfficeClosed(public_text=texts.office_closed)
        _check(wanted, dialogue, now)
        api.services.dialogues.request_callback(wanted)
        told = {"assistant": dialogue.spec.id, "session": session_name(wanted.session_id)}
        api.services.telemetry.tell("test_drive_requested", **told)
    elif _wish(known) != _wish(wanted) or wanted.car not in ("", known.car):  # it may be sold since
        raise BookingChanged
    return CallbackView(callback_id=wanted.callback_id, state=wanted.state, message=texts.test_drive_accepted)


def _booking(api: Api, dialogue: Dialogue, body: BookTestDrive, now: datetime) -> Callback:
    """`car` is empty where the stock has none such."""
    zone = ZoneInfo(dialogue.settings.hours.time_zone)
    name = f"{dialogue.session.session_id}\ntest-drive\n{body.booking_id}"
    stocked = dialogue.spec.inventory is not None
    return Callback(
        callback_id=hashlib.sha256(name.encode()).hexdigest()[:32],
        kind=CallbackKind.TEST_DRIVE,
        session_id=dialogue.session.session_id,
        assistant=dialogue.spec.id,
        name=body.name,
        phone=body.phone,
        comment=body.comment,
        car=(api.stock.car(dialogue.spec.id, body.car) or "") if stocked else body.car,
        wished_at=datetime.combine(body.day, time.fromisoformat(body.time), zone),
        created_at=now,
        expires_at=dialogue.session.expires_at,
    )


def _wish(booking: Callback) -> tuple[object, ...]:
    return booking.name, booking.phone, booking.comment, booking.wished_at


def _check(wanted: Callback, dialogue: Dialogue, now: datetime) -> None:
    """Raises InvalidInput for `car`, `day`, `time`."""
    wrong, hours = [], dialogue.settings.hours
    assert wanted.wished_at is not None
    if not wanted.car:
        wrong.append(FieldError("car", "Такого автомобиля сейчас нет в наличии. Назовите модель или VIN."))
    if not now < wanted.wished_at <= now + FURTHEST:
        wrong.append(FieldError("day", f"Выберите время от сегодня и до {FURTHEST.days} дней вперёд."))
    elif not hours.is_open(wanted.wished_at):
        wrong.append(_closed(hours, wanted.wished_at))
    if wrong:
        raise InvalidInput("test drive", fields=tuple(wrong))


def _closed(hours: Hours, wished_at: datetime) -> FieldError:
    day = hours.today(wished_at)
    if day is None:
        return FieldError("day", "В этот день салон закрыт. Выберите, пожалуйста, другой.")
    return FieldError("time", f"В этот день салон открыт с {day[0]:%H:%M} до {day[1]:%H:%M}.")
