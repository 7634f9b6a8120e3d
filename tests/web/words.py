"""What a visitor reads and presses, in both languages; and what a few questions to the salon are.

Written down apart from the widget, which has its own. Knows no page.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """`…_like` are patterns of what comes with a number, a name or a time in it."""

    language: str
    bubble: str
    invitation: str
    storage: str
    kept_like: str
    terms: str
    need_consent: str
    begin: str
    call_me: str
    call_in_the_morning: str
    office_is_open: str
    open_like: str
    closed_like: str
    morning: str
    name: str
    phone: str
    convenient_time: str
    need_name: str
    need_phone: str
    request_call: str
    request_taken: str
    field: str
    send: str
    sample_of_stock: str
    further: str
    cheaper: str
    cars: str
    price_like: str
    year_like: str
    photo: str
    test_drive_like: str
    car: str
    day: str
    time: str
    book: str
    booked: str
    sources: str
    as_of_like: str
    copy: str
    copied: str
    thumb_down: str
    why_down: str
    send_reason: str
    thanks_for_thumb: str
    notice: str
    stop: str
    stopped: str
    offline: str
    resend: str
    busy_like: str
    leave_request: str
    back: str
    finish: str
    ended: str
    usefulness: str
    recommend: str
    comment: str
    rate: str
    need_rating: str
    thanks: str
    erase: str
    erase_for_good: str
    erased: str


RU = Words(
    language="ru",
    bubble="Спросить помощника",
    invitation="Подскажу, что есть в наличии",
    storage="Хранение диалога",
    kept_like=r"Храним {}\s(день|дня|дней), затем удаляем\.",
    terms="Условия обработки данных",
    need_consent="Без согласия на хранение",
    begin="Начать диалог",
    call_me="Перезвоните мне",
    call_in_the_morning="Перезвоните утром",
    office_is_open="Салон сейчас открыт",
    open_like=r"^Салон открыт до \d\d:\d\d$",
    closed_like=r"^Салон закрыт, откроется \S.* в \d\d:\d\d$",
    morning="вам перезвонят в рабочее время",
    name="Как к вам обращаться",
    phone="Телефон",
    convenient_time="Когда удобно",
    need_name="Напишите, как к вам обращаться.",
    need_phone="Укажите телефон полностью",
    request_call="Жду звонка",
    request_taken="Заявка принята",
    field="Ваш вопрос",
    send="Отправить вопрос",
    sample_of_stock="Что есть в наличии до 5 миллионов?",
    further="Что ещё спросить",
    cheaper="А есть подешевле?",
    cars="Автомобили",
    price_like=r"^\d{1,3}(\s\d{3})+\s₽$",
    year_like=r"^20\d\d год\s· ",
    photo="Фото появится позже",
    test_drive_like="Тест-драйв: {}",
    car="Автомобиль: модель или VIN",
    day="День",
    time="Время",
    book="Записаться",
    booked="Заявка на тест-драйв принята",
    sources="Источники",
    as_of_like=r"(Наличие по данным на|данным на) .*\d\d:\d\d",
    copy="Копировать",
    copied="Скопировано",
    thumb_down="Ответ не помог",
    why_down="Что не так с ответом?",
    send_reason="Отправить отзыв",
    thanks_for_thumb="Спасибо, передадим салону.",
    notice="Ваш запрос обрабатывается, ожидайте ответа",
    stop="Остановить",
    stopped="Ответ остановлен",
    offline="Нет связи. Ничего не потеряется",
    resend="Отправить ещё раз",
    busy_like=r"Сейчас очень много вопросов. Отправим ваш через \d+.секунд",
    leave_request="Оставить заявку на звонок",
    back="Назад",
    finish="Завершить",
    ended="Диалог завершён",
    usefulness="Насколько полезным был разговор?",
    recommend="Порекомендуете ли вы наш салон друзьям?",
    comment="Комментарий",
    rate="Отправить оценку",
    need_rating="Выберите, пожалуйста, оценку от 1 до 10.",
    thanks="Спасибо за оценку!",
    erase="Удалить диалог",
    erase_for_good="Удалить",
    erased="Диалог удалён.",
)
EN = Words(
    language="en",
    bubble="Ask the assistant",
    invitation="I know what is in stock",
    storage="Storing the conversation",
    kept_like=r"We keep it for {}\sdays?, then delete it\.",
    terms="Terms of data processing",
    need_consent="Without your consent to storage",
    begin="Start the conversation",
    call_me="Call me back",
    call_in_the_morning="Call me in the morning",
    office_is_open="The dealership is open",
    open_like=r"^Open until \d\d:\d\d$",
    closed_like=r"^Closed, opens on \S.* at \d\d:\d\d$",
    morning="you will be called in working hours",
    name="Your name",
    phone="Phone",
    convenient_time="Convenient time",
    need_name="Please enter your name.",
    need_phone="Please enter the full number",
    request_call="Call me",
    request_taken="Your request was taken",
    field="Your question",
    send="Send the question",
    sample_of_stock="What is in stock under 5 million?",
    further="What to ask next",
    cheaper="Anything cheaper?",
    cars="Cars",
    price_like=r"^\d{1,3}(,\d{3})+\s₽$",
    year_like=r"^20\d\d\s· ",
    photo="Photo to follow",
    test_drive_like="Test drive: {}",
    car="Car: model or VIN",
    day="Day",
    time="Time",
    book="Book",
    booked="Your request was taken",
    sources="Sources",
    as_of_like=r"(Stock as of|данным на) .*\d\d:\d\d",
    copy="Copy",
    copied="Copied",
    thumb_down="The answer did not help",
    why_down="What is wrong with the answer?",
    send_reason="Send feedback",
    thanks_for_thumb="Thank you, we will pass it on.",
    notice="Your request is being processed, please wait for the answer",
    stop="Stop",
    stopped="Ответ остановлен",  # the salon's own words, as all that is answered
    offline="No connection. Nothing is lost",
    resend="Send again",
    busy_like=r"There are very many questions right now. We will send yours in \d+.seconds?",
    leave_request="Request a call",
    back="Back",
    finish="Finish",
    ended="The conversation is over",
    usefulness="How useful was the conversation?",
    recommend="Would you recommend us to your friends?",
    comment="Comment",
    rate="Send the rating",
    need_rating="Please choose a rating from 1 to 10.",
    thanks="Thank you for the rating!",
    erase="Delete the conversation",
    erase_for_good="Delete",
    erased="The conversation was deleted.",
)
