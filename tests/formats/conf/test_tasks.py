"""The options of a section: what they may be, and what is said of others."""

from __future__ import annotations

import pytest

from tests.formats.conf.models import assert_refused, conf

OPTIONS = {
    "module=": "error BX056 g: 'g' has no module; add module=...",
    "thread_count=many": "error BX057 g: thread_count of 'g': 'many' is not a whole number from 1",
    "thread_pool_max=0": "error BX057 g: thread_pool_max of 'g': '0' is not a whole number",
    "queue_count=-1": "error BX057 g: queue_count of 'g': '-1' is not a whole number",
    "thread_count=\u0663": "error BX057 g: thread_count of 'g': ",
    "delay=-1": "error BX057 g: delay of 'g': '-1' is not a number of seconds up to 999,999,999",
    "delay=nan": "error BX057 g: delay of 'g': 'nan' is not a number of seconds",
    "module=os.path/x": "error BX058 g: module of 'g': 'os.path/x' is not a name of Python",
    "method=run()": "error BX058 g: method of 'g': 'run()' is not a name of Python",
    "class=..C": "error BX058 g: class of 'g': '..C' is not a name of Python",
    "input_ports=al": "error BX066 g: input_ports of 'g': 'al' is neither 'all' nor 'any'; did you",
}


@pytest.mark.parametrize("option", OPTIONS)
def test_a_wrong_option_is_refused(option):
    assert_refused(conf(f"g generator {option}"), [f"{option} | {OPTIONS[option]}"])
