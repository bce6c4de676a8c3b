"""What no database and no page can hold: the character NUL, and half of a surrogate pair.

Knows the doors through which they come. An address in which NUL stands is an address that leads nowhere, so there it is
read as the sign for it (U+2400), which is also what is stored and shown of evidence that has it. What somebody wants
kept is never changed silently: a form or a JSON body is refused, and told which field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDict
from django.utils.deprecation import MiddlewareMixin

NUL, SIGN = "\x00", "\u2400"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_UNHELD = re.compile("[\x00\ud800-\udfff]")
# Servers hand over the bytes of headers as characters.
_SIGN_IN_HEADER = SIGN.encode().decode("latin-1")
V = TypeVar("V", bound=Callable[..., Any])


class Unheld(ValueError):
    """A text that cannot be kept as it is; `field` is where it stands: `services.2`."""

    def __init__(self, field: str, text: str) -> None:
        found = _UNHELD.search(text)
        self.field = field
        self.what = "the character NUL (U+0000)" if found and found[0] == NUL else "half of a surrogate pair"
        self.told = f"There is {self.what} in this text, which cannot be kept. Take it out and send it again."
        super().__init__(f"{field or 'The body'}: {self.told}")


class NoJson(ValueError):
    """A body that is not JSON; its text says why."""


def json_of(body: bytes) -> Any:
    """The JSON of a request. Raises NoJson, and Unheld for a text that could not be kept."""
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NoJson(f"The body is not JSON: {error}.") from None
    refuse_unheld(found)
    return found


def sent_json(request: HttpRequest) -> Any:
    """The JSON that a script sent to a page, {} for nothing. Raises NoJson, also for a form, and Unheld."""
    if request.content_type in FORMS:
        raise NoJson("The body is a form, not JSON.")
    return json_of(request.body or b"{}")


def _no_number(name: str) -> NoReturn:
    raise NoJson(f"{name} is no number")


def refuse_unheld(value: Any) -> None:
    """Raises Unheld with the place of the first text, or name, that could not be kept."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        place, each = waiting.pop()
        if isinstance(each, str):
            if _UNHELD.search(each):
                raise Unheld(place, each)
        elif isinstance(each, list):
            waiting.extend((f"{place}.{at}".lstrip("."), item) for at, item in enumerate(each))
        elif isinstance(each, dict):
            for name, item in each.items():
                if _UNHELD.search(name):
                    raise Unheld(f"{place}.{_UNHELD.sub(SIGN, name)}".lstrip("."), name)
                waiting.append((f"{place}.{name}".lstrip("."), item))


class BadField(BadRequest):
    """A field of a form that has NUL."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            f'There is the character NUL (U+0000) in the field "{field.replace("_", " ")}", which cannot be kept. '
            "Nothing was changed. Go back, take it out and send it again."
        )


def takes_any_text(*fields: str) -> Callable[[V], V]:
    """Marks a view: these fields of its form are evidence, whose bytes are frozen whatever they are."""

    def marked(view: V) -> V:
        view.any_text = frozenset(fields)  # type: ignore[attr-defined]
        return view

    return marked


class AddressMiddleware(MiddlewareMixin):
    """Path, query, headers and cookies: what nothing is called. Comes before everything that reads them."""

    def process_request(self, request: HttpRequest) -> None:
        """Reads NUL as its sign, and forgets a cookie that has it."""
        request.path, request.path_info = request.path.replace(NUL, SIGN), request.path_info.replace(NUL, SIGN)
        said = request.META
        for name in [name for name, text in said.items() if isinstance(text, str) and NUL in text]:
            said[name] = said[name].replace(NUL, _SIGN_IN_HEADER)
        if "%00" in said.get("QUERY_STRING", ""):
            said["QUERY_STRING"] = said["QUERY_STRING"].replace("%00", quote(SIGN))
        # A quoted cookie may spell NUL: "\\000".
        for name in [name for name, text in request.COOKIES.items() if NUL in text]:
            del request.COOKIES[name]


class FormMiddleware(MiddlewareMixin):
    """The fields of forms. Comes after the sign-in and the proof of our page, which read them anyway."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, named: Any) -> HttpResponseBase | None:
        """Raises BadField."""
        if request.method == "POST" and request.content_type in FORMS and not getattr(view, "csrf_exempt", False):
            _refuse_fields(request.POST, getattr(view, "any_text", frozenset()))
        return None


def _refuse_fields(form: MultiValueDict[str, str], any_text: frozenset[str]) -> None:
    for name, texts in form.lists():
        if name not in any_text and (NUL in name or any(NUL in text for text in texts)):
            raise BadField(name.replace(NUL, SIGN)[:64])
