"""Words as the search compares them: without endings, and one form for British and American spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

FOLDS = (
    # British and American spelling, and letters that sound alike
    ("[ao]e", "e"),
    ("our", "or"),
    ("ph", "f"),
    ("z", "s"),
    ("c(?=[eiy])", "s"),
    ("([tb])re$", "$1er"),
    ("geing$", "ging"),
    # endings: allergies, scars; scarring, scared, peeling, peeled; infection, redness; bruise, allergy
    ("(..)ies$", "$1y"),
    ("(.[^sui])s$", "$1"),
    ("^(.*[aeiouy].*)([^aeiou])\\2(ing|ed)$", "$1$2"),
    ("^([^aeiou]{0,2}[aeiou][^aeiouwxy])(ing|ed)$", "$1e"),
    ("^(.*[aeiouy].+)ing$", "$1"),
    ("^(.*[aeiouy].*[^e])ed$", "$1"),
    ("(...[st])ion$", "$1"),
    ("(...)(ness|ful|ly|ment|less)$", "$1"),
    ("([^aeiou])\\1$", "$1"),
    ("^(?![^aeiou]{0,2}[aeiou][^aeiouwxy]e$)(...+)e$", "$1"),
    ("([^aeiou])y$", "$1i"),
)
"""Pattern and form, one after the other, in what Python and JavaScript share; `$1` is the first group."""
# fmt: off
SKIPPED = frozenset({
    "a", "about", "am", "an", "and", "any", "are", "as", "ask", "at", "be", "been", "being", "but", "by", "can",
    "could", "did", "do", "does", "doing", "done", "for", "from", "get", "gets", "getting", "go", "going", "got",
    "had", "has", "have", "having", "he", "her", "here", "his", "i", "id", "if", "im", "in", "into", "is", "it",
    "its", "ive", "just", "know", "make", "makes", "may", "me", "might", "more", "most", "much", "my", "need",
    "needs", "of", "on", "one", "ones", "or", "our", "out", "please", "put", "really", "say", "says", "she", "should",
    "so", "some", "tell", "than", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "things",
    "this", "those", "to", "too", "up", "us", "use", "used", "using", "very", "want", "wants", "was", "we", "were",
    "will", "with", "would", "you", "your",
})
ASKING = frozenset({
    "how", "what", "when", "where", "which", "who", "why",
})
# fmt: on
_RULES = [(re.compile(pattern), form.replace("$", "\\")) for pattern, form in FOLDS]
_NOT = re.compile(r"\b(ca|do|does|did|has|have|is|are|was)n? ?not\b")
"""What people shorten: "can not", "cannot" and "can't" are one word."""
_WORD = re.compile(r"\d+(?:\.\d+)?|[a-z]+")


def split_words(text: str) -> list[str]:
    """Returns words and numbers in small letters, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower())
    for sign in set(plain):
        if sign in "'\u2019" or unicodedata.combining(sign):
            plain = plain.replace(sign, "")
    return _WORD.findall(_NOT.sub(r"\1nt", plain))


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Returns what is compared: one form for a word, its endings and its spellings."""
    if len(word) > 2 and word[0].isalpha():
        for pattern, form in _RULES:
            word = pattern.sub(form, word)
    return word


def find_leaders(groups: Iterable[Iterable[str]]) -> dict[str, str]:
    """Returns the first word of its group by each other word, all folded."""
    leaders: dict[str, str] = {}
    for group in groups:
        first, *others = [fold_word(word) for word in group]
        leaders |= dict.fromkeys((other for other in others if other != first), first)
    return leaders


def find_terms(text: str, leaders: Mapping[str, str], *, heading: bool = False) -> list[str]:
    """Returns the words that count, folded, and each as the leader of its group.

    Args:
        text: what is read.
        leaders: what `find_leaders` returned.
        heading: whether words that ask, such as "how", count.
    """
    skipped = SKIPPED if heading else SKIPPED | ASKING
    terms = [fold_word(word) for word in split_words(text) if word not in skipped]
    return [leaders.get(term, term) for term in terms]
