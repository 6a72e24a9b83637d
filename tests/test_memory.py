"""What a live preview need not work out again."""

from __future__ import annotations

from macros.memory import Memory


def test_the_same_question_is_asked_once_and_another_one_again() -> None:
    memory, asked = Memory(), []

    def answer() -> int:
        asked.append(1)
        return len(asked)

    assert [memory.recall("page", question, answer) for question in ("a", "a", "b", "b", "a")] == [1, 1, 2, 2, 3]


def test_each_name_has_its_own_answer() -> None:
    memory = Memory()
    assert memory.recall("one", "?", lambda: 1) == 1
    assert memory.recall("other", "?", lambda: 2) == 2
