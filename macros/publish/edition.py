"""Everything that the products draw from: the built pages, the places on them, and what was promised."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from macros.models import Permalink, Redirect
from macros.places import Place, absolute_address, permanent_address
from macros.publish.built import PageFacts
from macros.publish.lines import Line, Shown

LICENSE = "CC BY 4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
REPORT_FORM = "wrong-or-unclear.yml"
"""The form that a report fills in; it stands in `.github/ISSUE_TEMPLATE/`."""


@dataclass(frozen=True)
class Edition:
    """A built site with its promises; `places` and `permalinks` go by id, `pages` by address."""

    url: str
    """Where the site will stand, ending with a slash."""
    pages: Mapping[str, PageFacts]
    places: Mapping[str, Place]
    permalinks: Mapping[str, Permalink]
    redirects: Sequence[Redirect] = ()
    scripts: Collection[str] | None = None
    """The hashes of the scripts that may stand inside a page; None when pages have no policy."""
    source: str = ""
    """Where files of the repository are edited, ending with a slash; nothing where no page says it."""
    shown: Mapping[str, Sequence[Shown]] = field(default_factory=dict)
    """The records of `data/` that each page shows, by its address."""

    @property
    def home(self) -> PageFacts:
        """The page whose looks a page without an own one takes: the first of the guide."""
        return self.pages.get("/") or next(iter(self.pages.values()))

    @property
    def name(self) -> str:
        """The name of the site."""
        return self.home.site_name or self.home.title

    def name_page(self, address: str) -> str:
        """Returns a page's title, or its address when there is no such page any more."""
        page = self.pages.get(address)
        return page.title if page else address

    def find_present(self, id: str) -> Place | None:
        """Returns the place to read now: that of the id, or of its successor when it is gone."""
        entry = self.permalinks.get(id)
        return self.places.get(entry.successor if entry and entry.successor else id)

    def permanent(self, id: str) -> str:
        """Returns the whole permanent address of an id, as it is printed on paper."""
        return absolute_address(self.url, permanent_address(id))

    def find_form(self, id: str) -> str:
        """Returns the form that reports a problem with a place, filled in as far as the guide knows; or nothing."""
        if not self.home.repository:
            return ""
        fields = urlencode({"template": REPORT_FORM, "section": id, "address": self.permanent(id)}, safe=":/")
        return f"{self.home.repository}/issues/new?{fields}"

    def find_editor(self, line: Line) -> str:
        """Returns where a line of `data/` is edited."""
        return f"{self.source}{line.path}#L{line.number}"

    def find_editor_of(self, place: Place) -> str:
        """Returns where the words of a place are edited: the line of its record, or its page; or nothing."""
        line = self._lines.get(place.id)
        if line and self.source:
            return self.find_editor(line)
        return self.pages[place.page].editor or ""

    @cached_property
    def _lines(self) -> dict[str, Line]:
        """The lines of records that have an id."""
        return {line.id: line for groups in self.shown.values() for group in groups for line in group.lines if line.id}
