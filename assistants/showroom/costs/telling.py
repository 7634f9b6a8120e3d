"""How a calculation is said: every number of it, what it rests on, and that a bank has the last word.

Knows sentences. Every number in them is one of the calculation's. Refuses to calculate.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistants.showroom.costs.loan import Loan
from assistants.showroom.costs.purchase import Bill
from assistants.showroom.costs.terms import Terms
from assistants.showroom.desk import rendering
from assistants.showroom.desk.wording import lowered, money
from assistants.showroom.language.lexicon import Lexicon
from assistants.showroom.language.wish import Wish
from core.facts import Car, Snapshot
from core.russian import plural

ROUNDED = "Платежи округлены до рубля. Расчёт предварительный: точные условия назовёт банк."
OWNERS_RATE = "Ставку для примера указал салон."
_NO_RATE = "Ставку по кредиту назначает банк, а придумывать её не буду."
NAME_THE_RATE = f"{_NO_RATE} Назовите ставку в процентах годовых — посчитаю платёж."
NAME_RATE_AND_TERM = f"{_NO_RATE} Назовите ставку в процентах годовых и срок — посчитаю платёж."
NAME_THE_TERM = "На какой срок нужен кредит? Назовите его в месяцах или годах — посчитаю платёж."
NAME_THE_CAR = "Назовите, пожалуйста, модель или цену автомобиля — посчитаю."
NAME_ONE_CAR = "Остаток посчитаю для одного автомобиля: назовите, пожалуйста, для какого."
NAME_THE_VALUE = (
    "Сколько стоит ваш автомобиль, покажет оценка в салоне, а гадать не буду. "
    "Назовите сумму, на которую рассчитываете, — посчитаю доплату."
)
BY_VALUATION = "Сумма за ваш автомобиль — с ваших слов: точную назовёт оценка в салоне."
PERHAPS_INCLUDED = "Нет ли этих опций уже в самом автомобиле, подскажет менеджер."
BELOW_ZERO = "Сумма, срок и ставка не бывают меньше нуля. Назовите их, пожалуйста, ещё раз."
WRONG_SHARE = "Первый взнос бывает от 0 до 100 % цены. Назовите его, пожалуйста, ещё раз."
WRONG_RATE = "По такой ставке посчитать не могу. Назовите её, пожалуйста, в процентах годовых, от 0 до 100."


def wrong_term(shortest: int, longest: int) -> str:
    months = plural(longest, "месяца", "месяцев", "месяцев")
    return f"Срок кредита — от {shortest} до {longest} {months}. Назовите, пожалуйста, другой срок."


def least_first(least: Decimal) -> str:
    return f"Первый взнос, по данным салона, — от {_percent(least)} цены."


def no_such_options(cars: Sequence[Car], about: str, names: Sequence[str]) -> str:
    """`about` is what the cars are called by; one model goes by its own name."""
    models = {car.model for car in cars}
    whose = models.pop() if len(models) == 1 else about or "этих автомобилей"
    return (
        f"Таких опций нет: {', '.join(names)} — для {whose} в данных салона не указано.\n{rendering.CALLBACK}"
    )


def never_together(cars: Sequence[Car], names: Sequence[str], snapshot: Snapshot | None) -> str:
    """Each of the options can be had with some of the cars, and no car can have them all."""
    rows, models = snapshot.options if snapshot is not None else (), {car.model for car in cars}
    had = {name: [row.model for row in rows if row.option == name and row.model in models] for name in names}
    lines = [f"{name} — для {', '.join(dict.fromkeys(of))}." for name, of in had.items() if of]
    head = f"Вместе таких опций нет: {', '.join(names)} — ни для одного такого автомобиля не указано сразу."
    return "\n".join((head, *lines, rendering.CALLBACK))


def no_sum_of(wish: Wish, lexicon: Lexicon, *, with_option: bool) -> str:
    """Of a car that is not there, with whatever option, or of what is left behind it."""
    none = "Суммы с опцией поэтому нет." if with_option else "Считать остаток поэтому не с чего."
    return f"{rendering.missing_by(wish, lexicon)} {none}\n{rendering.CALLBACK}"


def bills(told: Sequence[Bill], terms: Terms, found: int) -> list[str]:
    """One car at length, several in a line each; `found` is how many there are in all."""
    if len(told) == 1:
        car = told[0].car
        return [f"{rendering.described(car)}." if car is not None else _amount(terms), *_sums(told[0], terms)]
    lines = [
        " ".join([f"{number}. {_short(bill.car)}.", *_sums(bill, terms)])
        for number, bill in enumerate(told, 1)
        if bill.car is not None
    ]
    if found > len(told):
        lines.append(f"Всего таких автомобилей {found}: назовите модель, год или цвет — посчитаю точнее.")
    return lines


def _short(car: Car) -> str:
    return f"{car.model}, {car.year} год, {lowered(car.color)} — {money(car.price_rub)}"


def _amount(terms: Terms) -> str:
    if terms.price_rub is not None:
        return f"Цена автомобиля — {money(terms.price_rub)}."
    return f"Сумма кредита — {money(terms.principal_rub or 0)}."


def _sums(bill: Bill, terms: Terms) -> list[str]:
    """Sentences on the options, the old car, the first payment and the loan, in that order."""
    said = []
    if bill.options:
        names = ", ".join(f"{row.option} — {money(row.price_rub)}" for row in bill.options)
        said.append(f"С опциями ({names}) — {money(bill.total_rub)}.")
    elif terms.options:
        said.append("Таких опций в данных салона для него нет.")
    if bill.trade_in_rub is not None:
        said.append(_surcharge(bill))
    if bill.left_rub is not None:
        said.append(_left(bill, bill.left_rub))
    if bill.rest_rub <= 0 or not terms.loan:
        return said
    if bill.borrowed_rub <= 0:
        paid, rest = money(bill.first_rub or 0), money(bill.rest_rub)
        return [*said, f"Первый взнос {paid} покрывает всю сумму {rest}, кредит не понадобится."]
    if bill.car is not None or terms.price_rub is not None:
        said.append(_borrowed(bill))
    return [*said, *(_payment(loan) for loan in bill.loans)]


def _surcharge(bill: Bill) -> str:
    given = money(bill.trade_in_rub or 0)
    if bill.rest_rub > 0:
        return f"За вычетом вашего автомобиля ({given}) доплата — {money(bill.rest_rub)}."
    over = f", разница в вашу пользу — {money(-bill.rest_rub)}" if bill.rest_rub else ""
    return f"Ваш автомобиль ({given}) покрывает всю цену{over}: как её вернуть, подскажет менеджер."


def _left(bill: Bill, left: int) -> str:
    budget = money(bill.budget_rub or 0)
    if left >= 0:
        return f"Из {budget} останется {money(left)}."
    which = "такого автомобиля с опциями" if bill.options else "такого автомобиля"
    return f"За {budget} {which} нет: не хватает {money(-left)}."


def _borrowed(bill: Bill) -> str:
    if not bill.first_rub:
        return f"Без первого взноса в кредит пойдёт {money(bill.borrowed_rub)}."
    shared = f"{_percent(bill.first_percent)} — " if bill.first_percent is not None else ""
    return f"Первый взнос: {shared}{money(bill.first_rub)}, в кредит пойдёт {money(bill.borrowed_rub)}."


def _payment(loan: Loan) -> str:
    return (
        f"На {_term(loan.months)} по ставке {_percent(loan.annual_percent)} годовых ежемесячный платёж — "
        f"{money(loan.payment_rub)}, проценты за весь срок — {money(loan.interest_rub)}."
    )


def _percent(value: Decimal) -> str:
    """«17,9 %»."""
    return f"{value.normalize():f}".replace(".", ",") + " %"


def _term(months: int) -> str:
    """«60 месяцев (5 лет)»."""
    said = f"{months} {plural(months, 'месяц', 'месяца', 'месяцев')}"
    years, rest = divmod(months, 12)
    return said if rest or not years else f"{said} ({years} {plural(years, 'год', 'года', 'лет')})"
