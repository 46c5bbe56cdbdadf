"""One address on the way to an answer: what may be asked at all, and where a redirect leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from httpx2 import URL, InvalidURL

from ..errors import Unread
from . import addresses
from .addresses import shown
from .answers import Redirect

SCHEMES = {"http": 80, "https": 443}
LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Hop:
    """One address on the way to an answer. `host` is a lower-case name or a plain IP address, `url` has no fragment."""

    url: URL
    scheme: str
    host: str
    port: int

    @classmethod
    def to(cls, address: str | URL) -> Self:
        """Reads one address. Raises Unread where it is not a plain http(s) address."""
        try:
            url = URL(address).copy_with(fragment=None)
        except (InvalidURL, UnicodeError, ValueError):
            raise Unread("is not a web address") from None
        if url.scheme not in SCHEMES:
            raise Unread("does not begin with https:// or http://")
        if len(str(url)) > LONGEST:
            raise Unread(f"the address is longer than {LONGEST} characters")
        if url.userinfo:
            raise Unread("the address holds a user name or a password", "leave out what stands before the @")
        port = SCHEMES[url.scheme] if url.port is None else url.port
        return cls(url, url.scheme, addresses.host_name(url.raw_host.decode("ascii")), port)

    @property
    def server(self) -> str | tuple[str, int]:
        """What gets one request at a time: a host, for http and https alike, or a port of its own."""
        return self.host if self.port in addresses.PORTS else (self.host, self.port)

    @property
    def origin(self) -> str:
        """The value of a Host header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == SCHEMES[self.scheme] else f"{name}:{self.port}"


def after(hop: Hop, redirect: Redirect) -> Hop:
    """Where a redirect leads. Raises Unread where that is no address to go to, or from https to http."""
    try:
        onward = Hop.to(hop.url.join(redirect.location))
    except (InvalidURL, UnicodeError, ValueError):
        raise Unread(f"redirects to {shown(redirect.location)}, which is not a web address") from None
    except Unread as unread:
        raise unread.after(shown(redirect.location)) from None
    if (hop.scheme, onward.scheme) == ("https", "http"):
        raise Unread(f"redirects from https to http ({shown(str(onward.url))})")
    return onward
