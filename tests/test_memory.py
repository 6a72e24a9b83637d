"""What need not be worked out again, or not yet."""

from __future__ import annotations

import pytest

from macros.memory import Late, Memory


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


def test_a_late_value_is_made_when_it_is_first_asked_for_and_then_kept() -> None:
    made = []

    def make(name: str) -> str:
        made.append(name)
        return name.upper()

    late = Late(["crust", "crumb"], make)
    assert (list(late), len(late), "crust" in late, "salt" in late, made) == (["crust", "crumb"], 2, True, False, [])
    assert (late["crumb"], late["crumb"], made) == ("CRUMB", "CRUMB", ["crumb"])
    with pytest.raises(KeyError):
        late["salt"]
