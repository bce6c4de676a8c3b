"""`make openapi`: writes the description of the API.

Knows how the file is laid out, so that a change of the API is a readable difference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def written() -> str:
    """The description as the repository keeps it."""
    from afteraction.web.api.application import described

    return json.dumps(described(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    import django

    django.setup()
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")
