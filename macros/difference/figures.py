"""Figures in sentences, and words that turn what a sentence means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from macros.difference.sentences import Pair

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(rf"\b\d{{1,2}} {_MONTH} \d{{4}}\b|\b{_MONTH} \d{{1,2}}, \d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b")
_UNITS = (
    *("%", "per ?cent", "percent", "°C", "°F", "degrees?", "mm", "cm", "nm", "µm", "μm", "microns?", "inch(?:es)?"),
    *("mg", "mcg", "µg", "g", "grams?", "kg", "ml", "mL", "litres?", "liters?", "ounces?", "IU", "units?", "drops?"),
    *("seconds?", "minutes?", "min", "hours?", "hrs?", "days?", "nights?", "weeks?", "months?", "years?"),
    *("Hz", "kHz", "MHz", "W", "J", "volts?", "times", "dollars?", "pounds?", "euros?", "cents?"),
    *("people", "persons?", "patients?", "adults", "children", "women", "men", "clients?", "users?", "participants"),
    *("sessions?", "treatments?", "visits?", "doses?", "tablets?", "pills?", "studies", "study", "trials?"),
)
_UNIT = rf"(?:{'|'.join(_UNITS)})(?![\w])"
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+)?"
_SPELLED = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
    "|hundred|thousand|half"
)
_RANGE = rf"[$£€]?\s?{_DIGITS}(?:\s?(?:to|or|and|-|\u2013|\u2014)\s?[$£€]?{_DIGITS}(?![\d-]))?"
_LABEL = "(?:SPF|days?|weeks?|months?|aged?|grade|stage) "
_FIGURE = re.compile(
    rf"(?<![\w.])(?:\+?\d+(?:[- ]\d+){{2,}}|(?:{_LABEL})?{_RANGE}(?:[\s-]?{_UNIT})?)"
    rf"|\b(?:{_SPELLED})(?: (?:to|or) (?:{_SPELLED}))? {_UNIT}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+(?:n't)?")
TURNING = frozenset(
    _WORD.findall(
        "not no never none nothing nobody neither nor without cannot don't doesn't isn't can't won't shouldn't mustn't"
        " must may might should can only unless until before after except always most least up more less fewer under"
        " over above below older younger safe unsafe safely approved cleared authorized banned legal illegal proven"
    )
)
"""Words that turn a sentence round; they count where a sentence was edited."""
DANGER = frozenset(
    _WORD.findall(
        "emergency urgent ambulance hospital call stop avoid danger dangerous warning warn severe serious fatal death"
        " die allergy allergic anaphylaxis breathe breathing swollen swelling faint fainting fit seizure seizures pus"
        " heartbeat bleeding fever infection infected sepsis burn burns scar scars pregnant pregnancy breastfeeding"
        " overdose dose poison suicide child children sterile permanent blind vision eye eyes"
    )
)
"""Words of harm and help; they count wherever they come or go."""


@dataclass(frozen=True)
class FigureChange:
    """Figures of a sentence before and after, each a list in words; '' where there was none."""

    old: str
    new: str
    sentences: Pair


def find_figures(sentence: str) -> list[str]:
    """Returns the numbers of a sentence with their units, in their order; whole dates are not figures."""
    found = (" ".join(match.group().split()) for match in _FIGURE.finditer(_DATE.sub(" ", sentence)))
    return [figure.strip() for figure in found]


def find_figure_changes(changed: Iterable[Pair]) -> list[FigureChange]:
    """Returns every changed sentence whose figures are not the same as before."""
    changes = []
    for pair in changed:
        before, after = find_figures(pair.old or ""), find_figures(pair.new or "")
        if before == after:
            continue
        gone, came = _subtract(before, after), _subtract(after, before)
        if not gone and not came:  # the same figures in another order
            gone, came = before, after
        changes.append(FigureChange(", ".join(gone), ", ".join(came), pair))
    return changes


def _subtract(figures: Iterable[str], others: Iterable[str]) -> list[str]:
    """Returns the figures that are not among the others, each as often as it is missing there, in order."""
    left = Counter(others)
    rest = []
    for figure in figures:
        if left[figure]:
            left[figure] -= 1
        else:
            rest.append(figure)
    return rest


def find_safety_words(changed: Iterable[Pair]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the words of meaning, harm and help that went, and those that came."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for pair in changed:
        watched = DANGER | TURNING if pair.old and pair.new else DANGER
        before.update(word for word in _find_words(pair.old) if word in watched)
        after.update(word for word in _find_words(pair.new) if word in watched)
    return tuple(sorted((before - after).elements())), tuple(sorted((after - before).elements()))


def _find_words(sentence: str | None) -> list[str]:
    return _WORD.findall((sentence or "").lower().replace("\u2019", "'"))
