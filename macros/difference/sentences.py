"""Which sentence became which, and the words that differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from macros.difference.quoting import show_in_diff

MOST_SENTENCES = 1500
"""Sections longer than this are compared from both ends only, so that no text can hang the report."""
MOST_WORDS = 400
_PAIRS_TRIED = 2500
_LIKE = 0.4
_CELL = 3
_END = re.compile(r"(?<=[.!?])\s+(?=[\"'“(]?[A-Z0-9])")


@dataclass(frozen=True)
class Pair:
    """A sentence before and after; None where there was none."""

    old: str | None
    new: str | None

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.old != self.new


def split_sentences(blocks: Iterable[str]) -> list[str]:
    """Returns the sentences of all blocks; none goes over the end of its block."""
    return [sentence for block in blocks for sentence in _END.split(block) if sentence]


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Returns every sentence once, in reading order, beside the sentence it came from."""
    start, end = _find_common_ends(old, new)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    pairs = [Pair(sentence, sentence) for sentence in old[:start]]
    if len(middle_old) + len(middle_new) > MOST_SENTENCES:
        pairs += _pair_like(middle_old, middle_new)
    else:
        for tag, first, last, from_, to in SequenceMatcher(None, middle_old, middle_new).get_opcodes():
            if tag == "equal":
                pairs += [Pair(sentence, sentence) for sentence in middle_old[first:last]]
            else:
                pairs += _pair_like(middle_old[first:last], middle_new[from_:to])
    return [*pairs, *(Pair(sentence, sentence) for sentence in old[len(old) - end :])]


def _find_common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Returns how many sentences are the same at the start, and at the end."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    return start, end


def _pair_like(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Yields pairs of sentences that share many words, in order; the rest went or came alone.

    As many short ones as before are cells of a table, and pair by their place.
    """
    if len(old) == len(new) and all(sentence.count(" ") < _CELL for sentence in (*old, *new)):
        yield from map(Pair, old, new)
        return
    if len(old) * len(new) > _PAIRS_TRIED:
        yield from (Pair(sentence, None) for sentence in old)
        yield from (Pair(None, sentence) for sentence in new)
        return
    at = 0
    for sentence in old:
        scores = [measure_likeness(sentence, other) for other in new[at:]]
        best = max(range(len(scores)), key=scores.__getitem__, default=0)
        if not scores or scores[best] < _LIKE:
            yield Pair(sentence, None)
            continue
        yield from (Pair(None, other) for other in new[at : at + best])
        yield Pair(sentence, new[at + best])
        at += best + 1
    yield from (Pair(None, other) for other in new[at:])


def measure_likeness(old: str, new: str) -> float:
    """Returns the share of words that two texts have in common: 0 for none, 1 for all."""
    before, after = Counter(old.lower().split()), Counter(new.lower().split())
    total = before.total() + after.total()
    return 2 * (before & after).total() / total if total else 1.0


def find_changed(pairs: Iterable[Pair]) -> list[Pair]:
    """Returns the pairs that differ; a sentence that only changed its place is not among them."""
    changed = [pair for pair in pairs if pair.changed]
    gone = Counter(pair.old for pair in changed if pair.new is None)
    came = Counter(pair.new for pair in changed if pair.old is None)
    moved = gone & came
    return [pair for pair in changed if (pair.old and pair.new) or not moved[pair.old or pair.new]]


def render_lines(pairs: Sequence[Pair]) -> list[str]:
    """Returns the lines of a unified diff, a sentence a line, with `[-gone-]` and `{+new+}` words."""
    near = {at + step for at, pair in enumerate(pairs) if pair.changed for step in (-1, 0, 1)}
    lines: list[str] = []
    last = -1
    for at, pair in enumerate(pairs):
        if at not in near:
            continue
        if at != last + 1:
            lines.append("@@ further on @@")
        last = at
        if not pair.changed:
            lines.append(f"  {show_in_diff(pair.old or '')}")
            continue
        old, new = mark_words(pair.old, pair.new)
        lines += [f"- {old}"] if pair.old is not None else []
        lines += [f"+ {new}"] if pair.new is not None else []
    return lines


def mark_words(old: str | None, new: str | None) -> tuple[str, str]:
    """Returns both sentences, shown safely, with the words marked that differ."""
    before, after = show_in_diff(old or "").split(" "), show_in_diff(new or "").split(" ")
    if old is None or new is None or len(before) + len(after) > MOST_WORDS:
        return " ".join(before), " ".join(after)
    gone: list[str] = []
    came: list[str] = []
    for tag, first, last, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        words_old, words_new = " ".join(before[first:last]), " ".join(after[from_:to])
        if tag == "equal":
            gone.append(words_old)
            came.append(words_new)
            continue
        gone += [f"[-{words_old}-]"] if words_old else []
        came += [f"{{+{words_new}+}}"] if words_new else []
    return " ".join(gone), " ".join(came)
