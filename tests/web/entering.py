"""Coming in as users do at a first start: by the sign-in address that the server printed."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


def printed_way_in(told: str) -> str:
    """The address among the lines that the server said."""
    found = re.search(r"http://\S+/enter/\S+", told)
    assert found, told
    return found.group()


def signed_in_opener(told: str) -> urllib.request.OpenerDirector:
    """What opens pages as the person whom the printed address lets in."""
    address = printed_way_in(told)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(address, timeout=10).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, page
    opener.open(address, urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1)}).encode(), timeout=10)
    return opener
