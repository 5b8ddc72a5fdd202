"""The codes: each has a title, a place where it is used, and messages in plain words."""

from __future__ import annotations

import re

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.errors import Severity
from bpmn_xml.model.walk import descendants
from tests.compiler import (
    test_begin,
    test_choosing,
    test_conditions,
    test_data,
    test_events,
    test_gate,
    test_links,
    test_nodes,
    test_producers,
    test_repeats,
    test_rules,
    test_values,
    test_wiring,
    test_work,
)
from tests.compiler.drawing import file
