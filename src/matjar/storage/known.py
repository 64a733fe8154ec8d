"""What a writer knows of a shop from one group to the next, so that it need not ask the database again.

A shop's head is locked while a group writes, and every group leaves a new ``last_id`` in it. Who finds the head as they
left it knows that nobody else has written to the shop since: all that they knew then is still so.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from matjar.core.limits import KNOWN_ANSWERS, KNOWN_SHOPS

T = TypeVar("T")
D = TypeVar("D")


class Known:
    """Answers by topic and detail; what a command learned can be taken back if it is refused."""

    def __init__(self) -> None:
        self._topics: dict[str, dict[Any, Any]] = {}
        self._learned: list[tuple[str, Any]] = []

    def once(self, topic: str, detail: Any, question: Callable[[], T]) -> T:
        """The answer, asked for if it is not known. That there is nothing is not kept: strangers could ask for ever."""
        answers = self._topics.get(topic)
        if answers is not None and detail in answers:
            known: T = answers[detail]
            return known
        answer = question()
        if answer is not None:
            self.know(topic, detail, answer)
        return answer

    def once_each(self, topic: str, details: Iterable[D], question: Callable[[list[D]], dict[D, T]]) -> dict[D, T]:
        """The answers to several questions at once, of which only those that are not known are asked."""
        answers = self._topics.get(topic, {})
        found = {detail: answers.get(detail) for detail in details}
        missing = [detail for detail, answer in found.items() if answer is None]
        for detail, answer in question(missing).items() if missing else ():
            found[detail] = answer
            self.know(topic, detail, answer)
        return {detail: answer for detail, answer in found.items() if answer is not None}

    def know(self, topic: str, detail: Any, answer: Any) -> None:
        """From now on this is the answer; the oldest of a topic goes when there are too many."""
        answers = self._topics.setdefault(topic, {})
        answers[detail] = answer
        self._learned.append((topic, detail))
        if len(answers) > KNOWN_ANSWERS:
            del answers[next(iter(answers))]

    def forget(self, topic: str, *details: Any) -> None:
        """Nothing is known any more of these details of a topic; with none named, of the whole topic."""
        if not details:
            self._topics.pop(topic, None)
        for detail in details:
            self._topics.get(topic, {}).pop(detail, None)

    def begin(self) -> None:
        """A command begins: what it learns may have to be taken back."""
        self._learned.clear()

    def take_back(self) -> None:
        """The command is refused: what it learned may be of rows that it wrote, and that are not there any more."""
        for topic, detail in self._learned:
            self.forget(topic, detail)
        self._learned.clear()


class Memory:
    """What is known of each shop that a writer lately wrote to, and the version at which it left the shop's head."""

    def __init__(self) -> None:
        self._shops: OrderedDict[int, tuple[object, Known]] = OrderedDict()

    def recall(self, shop_id: int, version: object) -> Known:
        """What is known of a shop whose head is at this version; nothing, if it was left at another."""
        left, known = self._shops.pop(shop_id, (version, Known()))
        return known if left == version else Known()

    def keep(self, shop_id: int, version: object, known: Known) -> None:
        """Remember until the shop's next group, now that this one is durable."""
        self._shops[shop_id] = (version, known)
        if len(self._shops) > KNOWN_SHOPS:
            self._shops.popitem(last=False)
