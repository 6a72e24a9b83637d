"""Everything that the products draw from: the built pages, the places on them, and what was promised."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from macros.models import Permalink, Redirect
from macros.places import Place, absolute_address, permanent_address
from macros.publish.built import PageFacts

LICENSE = "CC BY 4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"


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
