"""Who may lead to whom, and what is said of the others."""

from __future__ import annotations

import pytest

from tests.formats.conf.models import assert_refused, conf

SUCCESSORS = {
    conf("g generator -> prnt\nprint sink"): [
        (
            "OnSuccess=prnt | error BX060 g: OnSuccess of 'g' leads to 'prnt', which is no key of "
            "[model]; did you mean 'print'?; correct the name"
        )
    ],
    conf("g generator -> a !> b\na sink"): [
        "OnFailure=b | error BX060 g: OnFailure of 'g' leads to 'b', which is no key of [model]"
    ],
    conf("g generator\na sink").replace("method=g", "method=g\nOnSuccess=a ; then"): [
        (
            "OnSuccess=a ; then | error BX060 g: OnSuccess of 'g' leads to 'a ; then', which is no "
            "key of [model]; comments stand on lines of their own"
        )
    ],
    conf("g generator -> a,a\na sink"): [
        "OnSuccess=a,a | error BX061 g: OnSuccess of 'g' names 'a' twice; name it once"
    ],
    conf("g generator -> a\na transfer -> a"): [
        "OnSuccess=a | error BX061 a: OnSuccess of 'a' leads to itself; name another section"
    ],
    conf("g generator -> a\na transfer !> a"): [
        "OnFailure=a | error BX061 a: OnFailure of 'a' leads to itself"
    ],
    conf("g generator -> h\nh generator"): [
        (
            "OnSuccess=h | error BX061 g: OnSuccess of 'g' leads to the generator 'h', which has "
            "no input; make 'h' a transfer"
        )
    ],
    conf("g generator -> c\nc connection"): [
        "OnSuccess=c | error BX061 g: OnSuccess of 'g' leads to the connection 'c', which is no"
    ],
    conf("g generator -> a\na sink -> b\nb sink"): [
        "OnSuccess=b | error BX061 a: 'a' is a sink, but its OnSuccess leads on; make it a"
    ],
    conf("a sink"): [
        " | error BX062: no section is a generator, nothing starts; give the first section"
    ],
    conf("g generator\na sink"): [
        "[model_a] | error BX063 a: no generator leads to 'a'; name it in an OnSuccess, or remove"
    ],
}


@pytest.mark.parametrize("text", SUCCESSORS)
def test_what_may_not_follow_is_refused(text):
    assert_refused(text, SUCCESSORS[text])
