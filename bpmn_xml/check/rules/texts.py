"""The formats of texts that rules ask for: media types, URIs, dates, durations, booleans."""

from __future__ import annotations

import re
from typing import Final

from bpmn_xml import model as m

MEDIA_TYPE: Final = re.compile(
    r"(application|audio|example|font|haptics|image|message|model|multipart|text|video|x-[\w.+-]+)"
    r"/[A-Za-z0-9][\w!#$&^.+-]*(\s*;\s*[\w.-]+=(\"[^\"]*\"|[^\s;\"]+))*",
    re.IGNORECASE,
)
URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
MONTH_DAY: Final = r"((0[1-9]|1[0-2])-?(0[1-9]|1\d|2\d)|(0[13-9]|1[0-2])-?30|(0[13578]|1[02])-?31)"
DATE: Final = (
    rf"[+-]?\d{{4,}}(-(?=\d\d-){MONTH_DAY}|-W[0-5]\d(-[1-7])?|-[0-3]\d\d|{MONTH_DAY}(?=T))"
)
TIME: Final = r"T([01]\d|2[0-4])(:?[0-5]\d(:?([0-5]\d|60)([.,]\d+)?)?)?(Z|[+-]\d\d(:?\d\d)?)?"
ZONE: Final = r"(\[[\w/+-]+\])?"
SPAN: Final = (
    r"\+?P(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d|(?=[\dT])(\d+([.,]\d+)?Y)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?W)?(\d+([.,]\d+)?D)?"
    r"(T(?=\d)(\d+([.,]\d+)?H)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?S)?)?)"
)
MOMENT: Final = re.compile(f"{DATE}{TIME}{ZONE}")
DURATION: Final = re.compile(SPAN)
CYCLE: Final = re.compile(
    rf"R(-1|\d*)/({SPAN}|{DATE}({TIME}{ZONE})?/{SPAN}|{SPAN}/{DATE}({TIME}{ZONE})?"
    rf"|{DATE}({TIME})?/{DATE}({TIME})?)"
)
COMPUTED: Final = re.compile(r"=|.*[$#]\{|.*[\w)]\(|.*(\*|\+(?!\d\d(:?\d\d)?(/|\[|$)))", re.DOTALL)
"""What has to be evaluated before anybody can say what it is; the plus of a time zone is not."""

CRON: Final = re.compile(r"[\d*?/,#LW-]+(\s+([\d*?/,#LW-]+|[A-Z]{3}([-,][A-Z]{3})*))+")
"""Times as Unix writes them: the engines of Camunda know them, but the standard does not."""

NOT_BOOLEAN: Final = re.compile(r"[+-]?\d+([.,]\d+)?|\"[^\"]*\"|'[^']*'")
TRUTH: Final = {"boolean", "bool"}


def is_media_type(text: str | None) -> bool:
    """Tell whether a text is a media (MIME) type.

    >>> is_media_type("text/html"), is_media_type("application/x-sh"), is_media_type("html")
    (True, True, False)
    """
    return MEDIA_TYPE.fullmatch((text or "").strip()) is not None


def is_uri(text: str) -> bool:
    """Tell whether a text is a URI with its scheme.

    >>> is_uri("http://www.w3.org/1999/XPath"), is_uri("urn:x:y"), is_uri("XPath")
    (True, True, False)
    """
    return URI.fullmatch(text.strip()) is not None


def is_written(expression: m.Expression | None, form: re.Pattern[str]) -> bool:
    """Tell whether an expression has a form, says nothing, or has to be computed.

    >>> text = m.Expression(body=" PT5M ")
    >>> is_written(text, DURATION), is_written(text, MOMENT), is_written(text, CYCLE)
    (True, False, False)
    >>> is_written(m.Expression(body="R3/2024-01-01T00:00:00Z/P1D"), CYCLE)
    True
    >>> is_written(m.Expression(body="2024-13-01"), MOMENT)
    False
    >>> is_written(m.Expression(body="0 0 9-17 * * MON-FRI"), CYCLE)
    False
    """
    body = expression.body.strip() if expression else ""
    if expression is None or not body:
        return True
    if COMPUTED.match(body) and not CRON.fullmatch(body) and not form.fullmatch(body):
        return True
    named = isinstance(expression, m.FormalExpression) and expression.language
    return bool(named) or form.fullmatch(body) is not None


def may_be_boolean(expression: m.Expression | None, structure: str | None) -> bool:
    """Tell whether an expression can give true or false, given what its type resolves to."""
    if expression is None:
        return True
    if structure and re.split("[}:.]", structure)[-1].lower() not in TRUTH:
        return False
    return NOT_BOOLEAN.fullmatch(expression.body.strip()) is None
