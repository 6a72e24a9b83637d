"""What the pages and scripts of a site mention: a rule of a style sheet that needs anything else applies to nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser

STATES = frozenset({"open", "hidden", "checked", "disabled"})
"""Attributes that a browser or a script sets on elements that every page may have."""
_SHORT = 32
"""Letters of a value that a rule may ask for; what is longer is an address or a sentence."""
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_TEXT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)""")
_QUOTE = re.compile(r"""["'`]""")


@dataclass
class Names:
    """Tags, classes, ids and attributes of pages, and the words of scripts: a script may set any name it mentions."""

    tags: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=lambda: set(STATES))
    values: set[tuple[str, str]] = field(default_factory=set)
    """Attributes with their values."""
    words: set[str] = field(default_factory=set)
    scripts_set_classes: bool = True
    """Whether a word of a script may be a class."""

    def add_page(self, tree: LexborHTMLParser) -> None:
        """Adds every name of a page."""
        for node in tree.css("*"):
            self.tags.add(str(node.tag))
            for name, value in node.attributes.items():
                self.attributes.add(name)
                if name == "class":
                    self.classes.update((value or "").split())
                elif name == "id":
                    self.ids.add(value or "")
                elif len(value or "") <= _SHORT:
                    self.values.add((name, value or ""))

    def add_script(self, code: str) -> None:
        """Adds every word in quotes of a script without comments; of a line where that is not sure, every word."""
        for line in code.split("\n"):
            sure = _QUOTE.search(_TEXT.sub("", line)) is None
            self.words.update(_WORD.findall(" ".join(_TEXT.findall(line)) if sure else line))

    def add_template(self, text: str) -> None:
        """Adds every word of a template of pages to come."""
        found = _WORD.findall(text)
        self.words.update(found)
        self.classes.update(found)

    def of_theme(self) -> Names:
        """Returns the same for the sheet of a theme none of whose scripts runs: they set classes, and sort tables."""
        return replace(self, scripts_set_classes=False, values=self.values - {("role", "columnheader")})

    def has_tag(self, name: str) -> bool:
        """Whether an element may have this name."""
        return name in self.tags or name in self.words

    def has_class(self, name: str) -> bool:
        """Whether an element may have this class."""
        return name in self.classes or (self.scripts_set_classes and name in self.words)

    def has_id(self, name: str) -> bool:
        """Whether an element may have this id."""
        return name in self.ids or name in self.words

    def has_attribute(self, name: str) -> bool:
        """Whether an element may have this attribute."""
        return name in self.attributes or name in self.words

    def has_value(self, name: str, value: str) -> bool:
        """Whether an attribute may have this value."""
        written = (name, value) in self.values or all(word in self.words for word in value.split())
        return name in STATES or written or len(value) > _SHORT
