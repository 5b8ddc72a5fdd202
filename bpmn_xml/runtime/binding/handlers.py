"""Look at a callable once: how it is called, where its arguments come from, how it answers.

Arguments are found by parameter name. `gather` makes the whole argument list from the variables
of a moment, so a call that starts later still sees the values of the moment it became ready;
`context` and the result queue of the legacy signature take their places when the call begins.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from enum import Enum, auto
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final, NoReturn

import msgspec

from bpmn_xml.core.values import copied
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.constants import Typed, typed
from bpmn_xml.wording import listed

Arguments = tuple[Any, ...]
Gather = Callable[[Mapping[str, Any]], Arguments]
Source = Callable[[Mapping[str, Any]], Any]

Texts = Mapping[str, str]
NONE: Final[Texts] = MappingProxyType({})

CONTEXT: Final = "context"
QUEUE: Final = "resultQ"
_NOWHERE: Final = -1
_CALL: Final = "__call__"
_WORKER: Final = "_is_worker"
_MOST_METHODS: Final = 3


class Mode(Enum):
    """How a handler answers."""

    CALL = auto()  # by returning
    GENERATOR = auto()  # by yielding, as a producer
    QUEUE = auto()  # by putting into the queue it is given
    COROUTINE = auto()  # by returning, on the loop
    ASYNC_GENERATOR = auto()  # by yielding, on the loop


ONE: Final = frozenset({Mode.CALL, Mode.COROUTINE})
"""How one answer is given."""

YIELDING: Final = frozenset({Mode.GENERATOR, Mode.ASYNC_GENERATOR})
"""How producers answer."""


class Handler(msgspec.Struct, frozen=True, kw_only=True):
    """A callable, ready to be called.

    Attributes:
        function: takes what `gather` made, positionally.
        context_at, queue_at: the places of these two among the arguments, or -1.
        needs: names of the variables without which it cannot be called.
        names: of its arguments, as far as they are known.
        by_keyword: it is passed all variables, by keyword.
        timed: it finds the time of the step among the variables.
        outside: somebody's Python answers, not what the drawing says itself.
    """

    function: Callable[..., Any]
    mode: Mode = Mode.CALL
    gather: Gather
    context_at: int = _NOWHERE
    queue_at: int = _NOWHERE
    needs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    by_keyword: bool = False
    timed: bool = False
    outside: bool = True


def as_worker(function: Callable[..., Any], written: object) -> Callable[..., Any]:
    """Mark what calls a worker that was written for Camunda, and name it as that.

    It does all itself, and is one of many by their topic, of which a drawing need not ask all.
    """
    function.__module__ = getattr(written, "__module__", __name__)
    function.__qualname__ = getattr(written, "__qualname__", type(written).__qualname__)
    vars(function)[_WORKER] = True
    return function


def is_worker(function: object) -> bool:
    """Whether this is marked so."""
    return hasattr(function, _WORKER)


def all_as_one(variables: Mapping[str, Any]) -> Arguments:
    """Gather all variables as the one argument."""
    return (copied(variables),)


def adapt(
    target: Callable[..., Any], fields: Texts = NONE, *, texts: Texts = NONE, legacy: bool = False
) -> Handler:
    """Make a handler of a callable.

    Args:
        target: a function, a class with `__call__` (a fresh object is called each time), or any
            other callable.
        fields: constants, for the parameters of their names.
        texts: constants that variables hold, for parameters that are annotated with other types.
        legacy: a first parameter before `*args, **kwargs` is the queue, whatever its name.

    Raises:
        UsageError: it cannot be called by parameter names, or a constant is not of its type.

    >>> handler = adapt(lambda price, pieces=1: price * pieces)
    >>> handler.function(*handler.gather({"price": 10, "other": 5}))
    10
    """
    function = target
    if inspect.isclass(target):
        function = _fresh(target, _CALL) if _makes_callables(target) else _refuse(target)
    parameters = _parameters(function)
    queue = _queue_parameter(parameters, legacy=legacy)
    layout = _Layout(fields, queue, typed(function, texts))
    for parameter in parameters:
        layout.add(parameter)
    return Handler(
        function=layout.wrapped(function),
        mode=Mode.QUEUE if queue else _mode(function),
        gather=layout.gather(),
        context_at=layout.place_of(CONTEXT),
        queue_at=layout.place_of(queue) if queue else _NOWHERE,
        needs=tuple(layout.needs),
        names=tuple(layout.names),
        by_keyword=layout.all_by_keyword,
    )


def _makes_callables(target: type) -> bool:
    """Whether the objects of a class can be called."""
    return any(_CALL in vars(base) for base in target.__mro__)


def _refuse(target: type) -> NoReturn:
    """Refuse a class that would only be made an object of, and do nothing."""
    made = f"{target.__qualname__}()"
    methods = dict(inspect.getmembers_static(target, inspect.isfunction))
    calls = [f"{made}.{name}" for name in methods if not name.startswith("_")][:_MOST_METHODS]
    remedy = f"give {listed([*calls, 'a function that calls what you want'], 'or')}"
    raise UsageError(f"it is a class, and {made} cannot be called", remedy=remedy)


def method_of(owner: type, name: str) -> Callable[..., Any]:
    """A method of a class, called on a fresh object each time; static ones need no object.

    Raises:
        UsageError: an object cannot be made without arguments.
    """
    if isinstance(inspect.getattr_static(owner, name, None), staticmethod | classmethod):
        function: Callable[..., Any] = getattr(owner, name)
        return function
    return _fresh(owner, name)


def _fresh(owner: type, name: str) -> Callable[..., Any]:
    """A function like the method, which makes a fresh object for each call."""
    method = getattr(owner, name, None)
    if not inspect.isfunction(method):
        raise UsageError(f"{owner.__qualname__} has no method {name!r}")
    try:
        inspect.signature(owner).bind()
    except (TypeError, ValueError) as error:
        message = f"{owner.__qualname__}() cannot be made without arguments: {error}"
        raise UsageError(message, remedy="give its __init__ defaults") from error

    def call(*args: Any, **kwargs: Any) -> Any:
        return method(owner(), *args, **kwargs)

    signature = inspect.signature(method)
    rest = list(signature.parameters.values())[1:]
    call.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined] # set for inspect
    call.__wrapped__ = method  # type: ignore[attr-defined] # how inspect finds the kind
    return call


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError) as error:
        remedy = "wrap it in a function of your own"
        raise UsageError(f"its parameters cannot be seen ({error})", remedy=remedy) from error


def _queue_parameter(parameters: list[inspect.Parameter], *, legacy: bool) -> str:
    """The parameter that takes the result queue: `resultQ`, or by the legacy's shape."""
    for parameter in parameters:
        if parameter.name == QUEUE:
            return QUEUE
    kinds = [parameter.kind for parameter in parameters]
    shape = [
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.VAR_POSITIONAL,
        inspect.Parameter.VAR_KEYWORD,
    ]
    return parameters[0].name if legacy and kinds == shape else ""


def _mode(function: Callable[..., Any]) -> Mode:
    plain = inspect.unwrap(function)
    called = getattr(plain, "__func__", None) or getattr(type(plain), _CALL, None)
    for test, mode in _MODES:
        if test(function) or test(plain) or test(called):
            return mode
    return Mode.CALL


_MODES: Final[tuple[tuple[Callable[[Any], bool], Mode], ...]] = (
    (inspect.iscoroutinefunction, Mode.COROUTINE),
    (inspect.isasyncgenfunction, Mode.ASYNC_GENERATOR),
    (inspect.isgeneratorfunction, Mode.GENERATOR),
)


class _Layout:
    """Where each argument comes from, in the order in which they are passed."""

    def __init__(self, fields: Texts, queue: str, typed: Typed) -> None:
        self.fields, self.queue, self.typed = fields, queue, typed
        self.names: list[str] = []
        self.sources: list[Source] = []
        self.needs: list[str] = []
        self.keywords: list[str] = []
        self.all_by_keyword = False

    def add(self, parameter: inspect.Parameter) -> None:
        """Take the next parameter."""
        if parameter.kind is parameter.VAR_POSITIONAL:
            return
        if parameter.kind is parameter.VAR_KEYWORD:
            self.all_by_keyword = True
            return
        self.names.append(parameter.name)
        self.sources.append(self._source(parameter))
        if parameter.kind is parameter.KEYWORD_ONLY:
            self.keywords.append(parameter.name)

    def _source(self, parameter: inspect.Parameter) -> Source:
        name, default = parameter.name, parameter.default
        if name == CONTEXT:
            return copied
        if name == self.queue:
            return lambda _variables: None
        if name in self.fields:
            constant = self.fields[name]
            return lambda _variables: constant
        if default is parameter.empty:
            self.needs.append(name)
        if name in self.typed:
            text, value = self.typed[name]
            return lambda variables: value if variables.get(name) == text else variables[name]
        if default is parameter.empty:
            return itemgetter(name)
        return lambda variables: variables.get(name, default)

    def place_of(self, name: str) -> int:
        """At which place an argument stands, or -1."""
        return self.names.index(name) if name in self.names else _NOWHERE

    def gather(self) -> Gather:
        """The function from variables to the arguments; as cheap as it can be."""
        sources, needs = tuple(self.sources), tuple(self.needs)
        if self.all_by_keyword:
            rest = self._rest()
            return lambda variables: (*[get(variables) for get in sources], rest(variables))
        if len(needs) < len(sources) or self.typed:
            return lambda variables: tuple([get(variables) for get in sources])
        if not needs:
            return lambda _variables: ()
        if len(needs) == 1:
            name = needs[0]
            return lambda variables: (variables[name],)
        return itemgetter(*needs)

    def _rest(self) -> Source:
        """What `**kwargs` takes: every variable and constant that no parameter took."""
        taken, fields = frozenset(self.names), self.fields
        return lambda variables: {
            name: value for name, value in {**variables, **fields}.items() if name not in taken
        }

    def wrapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with every argument by position."""
        keywords, everything = tuple(self.keywords), self.all_by_keyword
        if not keywords and not everything:
            return function
        first = len(self.names) - len(keywords)
        last = len(self.names)

        def call(*args: Any) -> Any:
            named = dict(zip(keywords, args[first:last], strict=True))
            if everything:
                named.update(args[last])
            return function(*args[:first], **named)

        return call
