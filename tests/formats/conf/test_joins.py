"""Joins that could wait for ever, or cannot tell what they wait for, are refused."""

from __future__ import annotations

import pytest

from bpmn_xml.formats.conf.reader import read_conf
from tests.formats.conf.models import assert_refused, conf

JOINS = {
    conf("g generator -> s,a\na transfer -> s\ns transfer -> b ports=all\nb transfer -> a"): [
        (
            "input_ports=all | error BX064 s: a cycle leads through the join of 's': s -> b -> "
            "a -> s; write input_ports=any, or break the cycle"
        )
    ],
    conf(
        "g generator -> a\nh generator -> b\na transfer -> s\nb transfer -> s\ns sink ports=all"
    ): [
        (
            "input_ports=all | error BX065 s: the join of 's' waits for results of different "
            "generators: 'a' by g; 'b' by h; write input_ports=any"
        )
    ],
    conf(
        "g generator -> a,b\nh generator -> b\na transfer -> s\nb transfer -> s\ns sink ports=all"
    ): [
        (
            "input_ports=all | error BX065 s: the join of 's' waits for results of different "
            "generators: 'a' by g; 'b' by g, h; write input_ports=any"
        )
    ],
    conf("g generator -> a,b,c\na transfer -> s\nb transfer -> s\nc sink !> s\ns sink ports=all"): [
        (
            "OnFailure=s | error BX068 c: the failure of 'c' leads to the join of 's', but 'c' "
            "leads to none of what that waits for; write input_ports=any in 's'"
        )
    ],
    conf("g generator -> a\na transfer -> s\nb transfer -> s\ns sink ports=all"): [
        "[model_b] | error BX063 b: no generator leads to 'b'"
    ],
}


@pytest.mark.parametrize("text", JOINS)
def test_what_cannot_be_joined_is_refused(text):
    assert_refused(text, JOINS[text])


def test_a_loop_beside_a_join_is_fine():
    model = "g generator -> a\na transfer -> s\nb transfer -> a\ns transfer -> b ports=all"
    assert read_conf(conf(model).encode())[1] == ()


def test_two_generators_may_meet_where_both_lead_to_all():
    model = "g generator -> m\nh generator -> m\nm transfer -> a,b\na transfer -> s\n"
    model += "b transfer -> s\ns sink ports=all"
    assert read_conf(conf(model).encode())[1] == ()
