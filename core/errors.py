"""The one error tree. Each leaf owns its HTTP status, its code and the sentence that a visitor may read.

    AttendantError
    ├── InvalidInput 422            a field of the caller's is wrong
    │   └── InputTooLarge 413
    ├── NotSignedIn 401             no token where one is needed
    │   ├── OwnerNotSignedIn        no token of an owner's, or one that counts no more
    │   └── SignInRefused           wrong address, password or session
    ├── ForeignToken 403            a token of another session
    ├── NotFound 404                unknown or expired: session, message, assistant
    ├── Conflict 409
    │   ├── MessageChanged          the same message id with another text
    │   ├── BookingChanged          the same booking id with other wishes
    │   ├── AnswerPending           a thumb for an answer that is not there yet
    │   ├── DialogueEnded           the visitor ended it, or it was idle for too long
    │   ├── OfficeClosed            a callback outside working hours
    │   ├── DocumentChanged         an owner's document, published by somebody else meanwhile
    │   ├── CallbackChanged         a request that somebody else has worked on meanwhile
    │   └── MailNotOffered          a letter where the stage sends none
    ├── TooManyRequests 429         with the seconds after which to come back
    │   ├── TooManyLetters          of one session, to one address, in one hour
    │   └── TooManySignIns          for one address, in a quarter of an hour
    ├── DocumentError 500           a published document is missing, damaged or refused
    │   ├── DocumentMissing
    │   ├── DocumentDamaged
    │   ├── PublicationConflict     somebody else published meanwhile
    │   ├── PolicyBroken            forbidden topics that cannot be compiled; says which topic and why
    │   └── ExportRefused           empty, shrunk or drifted stock
    ├── ManifestError 500           assistant.toml says something that it may not say
    ├── PriceUnknown 500            the price table has no such figure; says which ones it has
    ├── FigureUnknown 500           nor has that of models, quantisations and GPUs
    ├── EvaluationRefused 500       a labelled set, stock or report that cannot be used; says where
    ├── StoreError 500              what was read is not what is stored any more; dealt with where it is met
    │   ├── StaleSession            the session moved on, ended or was erased meanwhile
    │   ├── MessageExists           a turn with this message id is there
    │   ├── TurnOver                nothing to claim: finished, expired or erased
    │   ├── TurnBusy                another worker holds a live lease
    │   ├── LostClaim               another worker took the turn over
    │   ├── SendFailed              the queue did not take a message; the turn waits to be sent again
    │   └── StoreAway 503           a table or a bucket does not answer; come back in a moment
    │       └── MailAway            the post did not take a letter
    ├── RotationHeld 500            the edge's token cannot be changed now; says why, and it is tried again
    └── ModelError 503              only ever seen inside the platform: a flow answers without the model
        ├── ModelUnavailable        down, timed out
        │   ├── ModelResting        the breaker keeps calls from it
        │   └── ModelWarming        asleep or waking up: in some minutes it can be asked
        ├── NoModelSlot             all slots of the endpoint are taken
        └── CapacityUnknown         how many copies run could not be read or set

Refuses to know: where an error is logged (nothing personal ever is) and how HTTP is spoken (`lambdas/api`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FieldError:
    """One field that is wrong: its name as the caller wrote it, and a sentence in the caller's language."""

    field: str
    message: str


class AttendantError(Exception):
    """Root of everything that the platform raises on purpose.

    `public_text` may be shown to a visitor; `str(error)` is for engineers and must stay free of what a
    visitor wrote.
    """

    status = 500
    code = "internal"
    public_text = "Что-то пошло не так. Пожалуйста, попробуйте ещё раз."

    def __init__(self, detail: str = "", *, public_text: str | None = None) -> None:
        super().__init__(detail or self.code)
        if public_text is not None:
            self.public_text = public_text


class InvalidInput(AttendantError):
    status = 422
    code = "invalid_input"
    public_text = "Проверьте, пожалуйста, заполнение полей."

    def __init__(
        self, detail: str = "", *, fields: tuple[FieldError, ...] = (), public_text: str | None = None
    ) -> None:
        super().__init__(detail, public_text=public_text)
        self.fields = fields


class InputTooLarge(InvalidInput):
    status = 413
    code = "too_large"
    public_text = "Слишком большой запрос."


class NotSignedIn(AttendantError):
    status = 401
    code = "token_required"
    public_text = "Нужен токен диалога: заголовок Authorization: Bearer <token>."


class OwnerNotSignedIn(NotSignedIn):
    code = "sign_in_required"
    public_text = "Войдите, пожалуйста, заново."


class SignInRefused(NotSignedIn):
    code = "sign_in_refused"
    public_text = "Неверный адрес почты или пароль."


class ForeignToken(AttendantError):
    status = 403
    code = "foreign_token"
    public_text = "Этот диалог открыт с другим токеном."


class NotFound(AttendantError):
    status = 404
    code = "not_found"
    public_text = "Не найдено: такого диалога или сообщения нет, либо срок его хранения истёк."


class Conflict(AttendantError):
    status = 409
    code = "conflict"
    public_text = "Запрос противоречит тому, что уже сохранено."


class MessageChanged(Conflict):
    code = "message_changed"
    public_text = "Сообщение с этим номером уже принято с другим текстом."


class BookingChanged(Conflict):
    code = "booking_changed"
    public_text = "Запись с этим номером уже принята с другими пожеланиями."


class AnswerPending(Conflict):
    code = "answer_pending"
    public_text = "Этот ответ ещё не готов. Оцените его, пожалуйста, когда он закончится."


class DialogueEnded(Conflict):
    code = "dialogue_ended"
    public_text = "Этот диалог завершён. Пожалуйста, начните новый."


class OfficeClosed(Conflict):
    code = "office_closed"
    public_text = "Заявки на обратный звонок принимаются в рабочие часы."


class DocumentChanged(Conflict):
    code = "publication_conflict"
    public_text = "Пока вы правили, опубликована другая версия. Посмотрите её и внесите правки заново."


class CallbackChanged(Conflict):
    code = "callback_changed"
    public_text = "Эту заявку уже изменили. Обновите список."


class MailNotOffered(Conflict):
    code = "mail_not_offered"
    public_text = "Писем здесь не отправляют. Брошюру можно скачать по ссылке из ответа."


class TooManyRequests(AttendantError):
    """Shed load. `retry_after_seconds` goes into the `Retry-After` header."""

    status = 429
    code = "too_many_requests"
    public_text = "Сейчас очень много вопросов. Пожалуйста, повторите чуть позже."

    def __init__(self, detail: str = "", *, retry_after_seconds: int) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class TooManyLetters(TooManyRequests):
    code = "too_many_letters"
    public_text = "Писем отправлено уже много. Брошюру можно скачать по ссылке из ответа."


class TooManySignIns(TooManyRequests):
    code = "too_many_sign_ins"
    public_text = "Слишком много попыток входа. Пожалуйста, повторите позже."


class DocumentError(AttendantError):
    code = "document"


class DocumentMissing(DocumentError):
    code = "document_missing"


class DocumentDamaged(DocumentError):
    code = "document_damaged"


class PublicationConflict(DocumentError):
    code = "publication_conflict"


class PolicyBroken(DocumentError):
    code = "policy_broken"


class ExportRefused(DocumentError):
    """The stock was not published; `reason` is one of empty, shrunk, drifted, unreadable."""

    code = "export_refused"

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class ManifestError(AttendantError):
    code = "manifest"


class PriceUnknown(AttendantError):
    code = "price_unknown"


class FigureUnknown(AttendantError):
    code = "figure_unknown"


class EvaluationRefused(AttendantError):
    code = "evaluation_refused"


class StoreError(AttendantError):
    code = "store"


class StaleSession(StoreError):
    code = "stale_session"


class MessageExists(StoreError):
    code = "message_exists"


class TurnOver(StoreError):
    code = "turn_over"


class TurnBusy(StoreError):
    code = "turn_busy"

    def __init__(self, lease_until: datetime) -> None:
        super().__init__()
        self.lease_until = lease_until


class LostClaim(StoreError):
    code = "lost_claim"


class SendFailed(StoreError):
    code = "send_failed"


class StoreAway(StoreError):
    """Nothing is known of whether a write under way has happened: ask again, by the same name."""

    status = 503
    code = "unavailable"
    public_text = "Сервис сейчас не отвечает. Пожалуйста, повторите через несколько секунд."
    retry_after_seconds = 2


class MailAway(StoreAway):
    """It may be out all the same."""

    code = "mail_away"
    public_text = (
        "Письмо сейчас отправить не получилось. Повторите, пожалуйста, через минуту или скачайте брошюру по"
        " ссылке из ответа."
    )
    retry_after_seconds = 60


class RotationHeld(AttendantError):
    code = "rotation_held"


class ModelError(AttendantError):
    status = 503
    code = "model"


class ModelUnavailable(ModelError):
    code = "model_unavailable"


class ModelResting(ModelUnavailable):
    code = "model_resting"


class ModelWarming(ModelUnavailable):
    code = "model_warming"


class NoModelSlot(ModelError):
    code = "no_model_slot"


class CapacityUnknown(ModelError):
    """Nothing is known of whether a change under way has happened: every change may be asked for again."""

    code = "capacity_unknown"
