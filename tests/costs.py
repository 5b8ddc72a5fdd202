"""What something costs, counted: the same on every machine, and however busy that is."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable


def calls(function: Callable[[], object]) -> int:
    """Return how many calls a function makes in this thread, of functions of Python and of C.

    A step of a generator is a call. What goes on inside of one function of C is not seen, and no
    garbage is looked for meanwhile, as that calls whoever wants to know of it.
    """
    made = 0

    def count(_frame: object, event: str, _of: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before, looks = sys.getprofile(), gc.isenabled()
    gc.disable()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
        if looks:
            gc.enable()
    return made
