"""What the beginning of a file tells of its format."""

from __future__ import annotations

import re
from typing import Final

BEGINNING: Final = 4096
"""So many bytes are looked at."""


def looks_like_xml(start: bytes) -> bool:
    """Tell whether the first thing is a tag, in any encoding that keeps `<` apart."""
    return start.translate(None, b"\x00\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<")


def looks_like_sections(start: bytes) -> bool:
    """Tell whether the first thing, after comments, is a section as `[model]`."""
    return re.match(rb"(?:\xef\xbb\xbf)?(?:\s*[#;][^\n]*\n)*\s*\[[^\]\r\n]+\]", start) is not None
