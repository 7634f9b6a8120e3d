"""The showroom's way of one question.

screen -> attack? -> readable spelling -> stock -> small talk or FAQ as it stands -> one or two passages,
phrased by the model under guard -> an honest "no fact" or the stub. Knows the order. What a word means, what
is in stock and how it is said stands in the modules beside it. The model is asked for phrasing alone, and
never for a fact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistants.showroom.brochures.asked import read_request, with_pdf
from assistants.showroom.brochures.brochure_desk import BrochureDesk
from assistants.showroom.brochures.shelf import Shelf
from assistants.showroom.closing_question import closing_question
from assistants.showroom.desk.auditing import besides
from assistants.showroom.desk.for_passages import beside_the_car, classes_named, expanded
from assistants.showroom.desk.rendering import leaves_out
from assistants.showroom.desk.stock_desk import StockReply
from assistants.showroom.gate import Decision, Route, decide
from assistants.showroom.joining import found_first, joined
from assistants.showroom.language.asides import taken_back
from assistants.showroom.language.corrected_years import with_corrected_years
from assistants.showroom.language.loans_refused import without_refused_loan
from assistants.showroom.language.look_alikes import without_look_alikes
from assistants.showroom.language.paying import in_words_of_the_trade
from assistants.showroom.language.two_questions import two_questions
from assistants.showroom.phrasing import Phraser, read_prompt
from assistants.showroom.published import Desk, Published
from assistants.showroom.replying import from_stock, plain, remembered, told
from assistants.showroom.second_look import only_describes, second_look
from assistants.showroom.trust import doubts, judged, read_attacks, tells_a_sum
from assistants.showroom.wishes import wished
from core.dialogue import Reply, TurnState
from core.flow import Flow, FlowResources, Question
from core.russian import normalise

_ANSWERING = (Route.VERBATIM, Route.PASSAGE)
_GUESS = "Не уверен, что понял вопрос. Возможно, поможет это:"
_OF_THE_CAR = "Точного ответа на этот вопрос у меня нет. Вот что известно об этой модели:"

__all__ = ["build", "doubts"]  # as `core.flow` looks for them


def build(resources: FlowResources) -> Flow:
    return ShowroomFlow(resources)


class ShowroomFlow:
    """One salon's flow; documents are compiled once a version."""

    def __init__(self, resources: FlowResources) -> None:
        self._resources = resources
        self._published = Published(resources)
        self._prompt = read_prompt(resources.spec.folder)
        self._prompt_version = hashlib.sha256(self._prompt.encode()).hexdigest()[:12]
        self._attacks = read_attacks()

    def answer(self, question: Question, publish: Callable[[str], None]) -> Reply:
        desk = self._published.now()
        refusal = self._refused(desk, question, question.text)
        if refusal is not None:
            return refusal
        text = desk.spelling.readable(with_pdf(question.text))
        text = without_look_alikes(with_corrected_years(text))
        paid = without_refused_loan(text)
        text = paid if desk.stock.is_understood(paid, question.asked_at) else text
        readable = replace(question, text=text)
        reply = self._handed_out(readable, desk)
        if reply is not None:
            publish(reply.text)
        else:
            reply = self._answered(desk, readable, question.text, publish)
        wish = desk.stock.reading(readable.text, question.asked_at).wish
        return reply.model_copy(update={"wishes": wished(wish, desk.stock.lexicon)})

    def _answered(
        self, desk: Desk, readable: Question, as_typed: str, publish: Callable[[str], None]
    ) -> Reply:
        reply = self._both(readable, desk)
        if reply is None:
            found = self._routed(readable, desk)
            if not isinstance(found, StockReply):
                return self._from_knowledge(desk, readable, found, as_typed, publish)
            reply = from_stock(desk, found)
        reply = self._refused(desk, readable, reply.text) or reply  # the stock says words of the visitor back
        publish(reply.text)
        return reply

    def _refused(self, desk: Desk, question: Question, text: str) -> Reply | None:
        """The refusal where a text, the visitor's or our own, touches what is forbidden."""
        verdict = next(judged(text, (desk.policy, self._attacks)), None)
        if verdict is None:
            return None
        refusal = verdict.reply or desk.texts.off_topic
        return plain(desk, question, refusal, f"forbidden:{verdict.topic}", TurnState.REFUSED)

    def _handed_out(self, question: Question, desk: Desk) -> Reply | None:
        """The answer to a message that asks for a brochure, alone or beside something else."""
        parts = two_questions(question.text) or ()
        asking = [part for part in parts if read_request(part) is not None]
        if len(asking) != 1:
            return self._brochure(question, desk)
        if self._brochure(replace(question, text=asking[0]), desk) is None:
            return None
        replies: list[Reply] = []
        memory, handed = question.memory, None
        for part in parts:
            half = replace(question, text=part, memory=memory)
            brochure = self._brochure(half, desk)
            reply = brochure or self._answered(desk, half, part, lambda _: None)
            if brochure is not None or (reply.sources and reply.reason is None):
                replies.append(reply)
            handed, memory = handed or brochure, reply.memory
        return joined(replies, handed.reason) if handed is not None else None

    def _brochure(self, question: Question, desk: Desk) -> Reply | None:
        """Links from the owner's list, beside them what the owner's FAQ says of brochures."""
        if not self._resources.site_url or read_request(question.text) is None:
            return None
        listed = self._published.brochures()
        brochures = BrochureDesk(
            Shelf(listed.brochures if listed is not None else (), desk.stock),
            self._resources.spec.id,
            self._resources.site_url,
            self._resources.by_mail,
        )
        handed = brochures.answer(question.text, question.memory, question.asked_at)
        if handed is None:
            return None
        decision = self._early(question, desk) or self._decide(question, desk)
        passage = decision.hits[0].passage if decision.route in _ANSWERING else None
        if passage is not None and not handed.brochures:
            return None
        memory = remembered(desk, question)
        return brochures.reply(handed, passage, memory, desk.versions)

    def _routed(self, question: Question, desk: Desk) -> StockReply | Decision:
        """Where the whole message is not understood, the one sentence of it that asks is answered."""
        found = self._found(question, desk)
        if _is_whole(found):
            return found
        alone = closing_question(
            question.text, lambda text: desk.stock.reading(text, question.asked_at), desk.stock.lexicon
        )
        if alone is None:
            return found
        again = self._found(replace(question, text=alone), desk)
        if not isinstance(again, StockReply) or not _is_whole(again):
            return found
        return besides(again, (*found.doubts, *found.owned_up) if isinstance(found, StockReply) else ())

    def _found(self, question: Question, desk: Desk) -> StockReply | Decision:
        asked = desk.stock.without_reactions(question.text, question.asked_at)
        first = self._early(question, desk) or desk.costs.answer(asked, question.memory, question.asked_at)
        if first is not None:
            return first
        stock = desk.stock.answer(question.text, question.memory, question.asked_at)
        if stock is None:
            return self._decide(question, desk)
        reading = desk.stock.reading_in(question.text, question.memory, question.asked_at)
        lexicon = desk.stock.lexicon
        return (
            second_look(question.text, reading, stock, lexicon, lambda: self._decide(question, desk)) or stock
        )

    def _both(self, question: Question, desk: Desk) -> Reply | None:
        """Both answers where one half of a message is about the stock and the other has its passage.

        The second half may lean on the first: «Какая гарантия на GLC и сколько он стоит?»
        """
        replies: list[Reply] = []
        memory, parts, bare = question.memory, two_questions(question.text) or (), False
        apart = bool(parts) and desk.stock.sets_apart(parts, question.asked_at)
        if not apart and desk.stock.is_understood(question.text, question.asked_at):
            return None
        corrects = taken_back(normalise(question.text))[0]  # «Бежевый есть? Ой, я имела в виду коричневый»
        tells = desk.stock.tells_beside(parts, question.asked_at)
        if corrects or tells or desk.stock.falls_back(question.text, question.asked_at):
            return None
        for text in parts:
            half = replace(question, text=text, memory=memory)
            found = self._routed(half, desk)
            if isinstance(found, StockReply) and found.reason != "clarify":
                reply = from_stock(desk, found)
                bare = bare or (found.ran is not None and not found.ran.narrows)
            elif (
                isinstance(found, Decision)
                and found.route in _ANSWERING
                and not desk.stock.sets_criteria(text, question.asked_at)
            ):
                passage = found.hits[0].passage
                reply = told(desk, half, (passage,), passage.text)
            else:
                return None
            replies.append(reply)
            memory = reply.memory
        about_stock = [reply for reply in replies if reply.stock_as_of is not None]
        if not any(fact.kind == "calculation" for reply in replies for fact in reply.facts):
            whole = desk.costs.answer(question.text, question.memory, question.asked_at)
            if whole is not None:  # «У меня E 200 за 2 млн. Сколько доплатить за GLC?» is one question
                return None
        alone = bare and desk.stock.reading(question.text, question.asked_at).wish.narrows
        if (len(replies) != len(about_stock) + 1 and not apart) or not about_stock or alone:
            return None  # «Нужен V-класс, возить гостей. Есть что-нибудь?» asks for no other car
        return found_first(replies) if apart else joined(replies, about_stock[0].reason)

    def _early(self, question: Question, desk: Desk) -> Decision | None:
        """What the owner answered word for word goes before everything else, but for the price of a
        car and for a car that is described, and no more.
        """
        entry = desk.knowledge.verbatim(question.text) if desk.knowledge is not None else None
        if entry is None or desk.knowledge is None:
            return None
        reading = desk.stock.reading(question.text, question.asked_at)
        described = entry.kind != "faq" and only_describes(reading, desk.stock.lexicon)
        if described or tells_a_sum(entry.text):
            stock = desk.stock.answer(question.text, question.memory, question.asked_at)
            if stock is not None and (stock.reason != "clarify" or not described):
                return None
        return decide(question.text, desk.knowledge, self._resources.embedder)

    def _decide(self, question: Question, desk: Desk) -> Decision:
        if desk.knowledge is None:
            return Decision(Route.NO_FACT)
        text = in_words_of_the_trade(expanded(question.text))
        embedder, lexicon = self._resources.embedder, desk.stock.lexicon
        beside = beside_the_car(text, lexicon, question.asked_at.year)
        return decide(text, desk.knowledge, embedder, beside, classes_named(text, lexicon))

    def _from_knowledge(
        self,
        desk: Desk,
        question: Question,
        decision: Decision,
        as_typed: str,
        publish: Callable[[str], None],
    ) -> Reply:
        """`question` is in its readable spelling; the model gets it as it was typed."""
        if decision.route is Route.SMALL_TALK and decision.talk is not None:
            publish(decision.talk.reply)
            return plain(desk, question, decision.talk.reply, None)
        if decision.route is Route.OFF_TOPIC:
            return plain(desk, question, desk.texts.off_topic, "off_topic", TurnState.REFUSED)
        if decision.route is Route.NO_FACT or not decision.hits:
            return plain(desk, question, desk.texts.no_fact, "no_fact")
        passage = decision.hits[0].passage
        if decision.route is Route.UNSURE:
            guesses = tuple(hit.passage for hit in decision.hits)
            text = _guessed(decision, [guess.text for guess in guesses])
            publish(text)
            return told(desk, question, guesses, text).model_copy(update={"reason": "unsure"})
        if decision.route is Route.VERBATIM:
            publish(passage.text)
            return told(desk, question, (passage,), passage.text)
        generation = self._resources.spec.generation
        phraser = Phraser(
            self._resources.model,
            self._prompt,
            generation,
            desk.policy,
            question.visitor,
            lambda text: classes_named(text, desk.stock.lexicon),
        )
        patience = generation.patience_seconds - question.waited_seconds
        seconds = min(question.seconds_left, patience)
        phrased = phraser.phrase(as_typed, (passage,), seconds, publish)
        publish(phrased.text)
        versions = desk.versions
        if phrased.by_model:
            versions = versions.model_copy(
                update={
                    "model": phrased.model or self._resources.model.name,
                    "prompt": self._prompt_version,
                }
            )
        return told(desk, question, (passage,), phrased.text).model_copy(
            update={
                "reason": phrased.reason,
                "versions": versions,
                "model_tokens": phrased.tokens,
                "guard_rejected": phrased.rejected,
            }
        )


def _is_whole(found: StockReply | Decision) -> bool:
    """Whether the stock answers all that was said."""
    return isinstance(found, StockReply) and found.reason != "clarify" and not leaves_out(found.text)


def _guessed(decision: Decision, texts: Sequence[str]) -> str:
    """Guesses that are owned up to; two of them as a list."""
    heading = _OF_THE_CAR if decision.of_the_car else _GUESS
    return "\n".join((heading, *((f"• {text}" for text in texts) if len(texts) > 1 else texts)))
