"""Hostile texts of FEEL that need no data, by shape: each is refused in the steps of a text.

Two hundred ways to loop, to grow, to nest and to repeat what takes long.
"""

from __future__ import annotations

from typing import Final


def chained(entry: str, times: int = 60) -> str:
    """Return entries of a context, each made of the one before."""
    return ", ".join(entry.format(n, n - 1) for n in range(1, times))


LISTS, OTHERS = chained("a{0}: [a{1}, a{1}]"), chained("b{0}: [b{1}, b{1}]")
N = "for i in 1..90000 return "
W = '"' + "x" * 9000 + '"'

SHAPES: Final[dict[str, str]] = {
    "loop": N + "i",
    "loop plus": N + "i+1",
    "loop big": "for i in 1..1000000000 return i",
    "loops3": "for a in 1..999, b in 1..999, c in 1..999 return a",
    "loops nested": "for a in 1..999 return for b in 1..999 return count([a, b])",
    "loops 2": "for a in 1..5000, b in 1..5000 return 0",
    "some": "some i in 1..99999, j in 1..99999 satisfies false",
    "every": "every i in 1..99999, j in 1..99999 satisfies true",
    "wide lists": N + "[" + "i," * 4900 + "i]",
    "wide lists 10": N + "[i,i,i,i,i,i,i,i,i,i]",
    "wide contexts": N + "{" + ",".join(f"a{n}:i" for n in range(1200)) + "}",
    "ctx1": N + "{a:i}",
    "ctx3": N + "{a:i,b:i,c:i}",
    "deep contexts": N + "{a:" * 90 + "i" + "}" * 90,
    "deep lists": N + "[" * 90 + "i" + "]" * 90,
    "wide calls": N + "sum(" + "i," * 4900 + "i)",
    "wide tests": N + "i in (" + "0," * 4900 + "0)",
    "wide ranges": N + "i in (" + "[1..2]," * 1300 + "0)",
    "chain plus": N + "i" + "+i" * 95,
    "chain mul dec": N + "1.1" + "*1.0000001" * 95,
    "chain div": N + "i" + "/7" * 95,
    "chain pow": N + "i" + "**1.01" * 90,
    "wide functions": N + "[" + "function(x) x," * 690 + "i]",
    "function": N + "(function(x) x)",
    "call function": "{f:function(x) x, r:" + N + "f(i)}.r",
    "wide filters": "(1..50000)[count([" + "item," * 1900 + "item]) > 9999]",
    "filter": "(for i in 1..90000 return i)[item > 0]",
    "filter range": "(1..90000)[item>0]",
    "filter count": "(for i in 1..99999 return i)[count([1..1][item > 0]) > 0]",
    "filter ctx": "(for i in 1..9000 return {a:i})[a > 0]",
    "filter ctx wide": "{c:{"
    + ",".join(f"a{n}:1" for n in range(1100))
    + "},r:("
    + N
    + "c)[a1>0]}.r",
    "filter in loop": N + "[1,2,3][item>i]",
    "wide bodies": "{f: function(n) [" + "n," * 4800 + "n], r: " + N + "f(i)}.r",
    "dates": N + "[" + '@"2020-01-01"<@"2020-01-02",' * 330 + "i]",
    "date calls": N + "date(2020,1,1)",
    "date text": N + 'date("2020-01-01")',
    "dt text": N + 'date and time("2020-01-01T10:00:00@Europe/Paris")',
    "date parse wide": N + "[" + 'date("2020-01-01"),' * 440 + "i]",
    "zones": N + "[" + '@"2020-01-01T00:00:00@Europe/Paris"+@"P1D",' * 200 + "i]",
    "many zones": N + 'date and time(@"2020-01-01T00:00:00Z", "Europe/" + string(i))',
    "date add": N + '@"2020-01-01"+@"P1D"*i',
    "dt add months": N + '@"2020-01-01T00:00:00@Europe/Paris"+@"P1M"',
    "time add": N + '@"10:00:00"+@"PT1H"',
    "date part": N + '@"2020-01-01T00:00:00@Europe/Paris".time offset',
    "duration text": N + 'string(duration("P1DT2H3M4.5S"))',
    "ym": N + 'years and months duration(@"2020-01-01",@"2021-01-01")',
    "week": N + 'week of year(@"2020-01-01")',
    "day of week": N + 'day of week(@"2020-01-01")',
    "last day": N + 'last day of month(@"2020-01-01")',
    "dt range": 'for d in @"2000-01-01"..@"2200-12-31" return d',
    "range of dates": 'for d in @"0001-01-01"..@"9999-12-31" return d',
    "range fn": N + 'range("[1..10]")',
    "range fn long": N + 'range("[' + "1" * 300 + '..10]")',
    "intervals": N + "before([1..2],[3..4])",
    "overlaps": N + "overlaps([1..2],[i..4])",
    "during": N + "during(i,[1..4])",
    "power": N + "1.23456789 ** 98765.4321",
    "power2": N + "i ** 3",
    "power tower": "9 ** 9 ** 9 ** 9 ** 9",
    "power big": N + "9.99999**6000",
    "exp": N + "exp(i)",
    "log": N + "exp(log(i))",
    "sqrt": N + "sqrt(i)",
    "modulo": N + "modulo(i,7.3)",
    "decimal": N + "decimal(i/3, 2)",
    "round": N + "round up(i/3, 2)",
    "decimal wide": N + "decimal(1e6000, 6000)",
    "floor wide": N + "floor(1.1e6000)",
    "round neg": N + "round half up(1e6144, -6000)",
    "big mul": N + "1e6000*1e-6000",
    "long digits": N + "9" * 9000,
    "string num": N + "string(1e6000)",
    "string num small": N + "string(1e-6000)",
    "number": N + 'number("1,000.5", ",", ".")',
    "number long": N + 'number("' + "1" * 1300 + '")',
    "number longer": N + 'number("' + "1" * 9000 + '")',
    "number grouping": N + 'number("' + "1," * 600 + '1",",",".")',
    "string": N + "string(i)",
    "string ctx": N + "string({a:i,b:[1,2]})",
    "to json": N + "to json([i,i])",
    "from json": N + 'from json("[1,2,3]")',
    "from json deep": N + 'from json("' + "[" * 4000 + '")',
    "from json wide": N + 'from json("[' + "[]," * 3000 + '[]]")',
    "concat chars": N + '"a"+"b"',
    "concat long": "{a:" + W + ",r:" + "for i in 1..9999 return a+a}.r",
    "doubling": '{a0:"x",' + chained("a{0}: a{1} + a{1}") + "}",
    "doubling partial": 'for i in 1..50 return if i=1 then "xxxxxxxx" else partial[-1]+partial[-1]',
    "growing partial": 'for i in 1..99999 return if i=1 then "x" else partial[-1]+"xxxxxxxx"',
    "string join loop": N + 'string join(for j in 1..999 return "xxxxxxxxxxxx")',
    "join long": "{a:" + W + ",r:string join(for i in 1..99999 return a)}.r",
    "join delim": 'string join(for i in 1..9999 return "a", ' + W + ")",
    "upper": "{a:" + W + ",r:" + N + "upper case(a)}.r",
    "substring": "{a:" + W + ",r:" + N + "substring(a,2)}.r",
    "contains": "{a:" + W + ",r:" + N + 'contains(a,"y")}.r',
    "starts": "{a:" + W + ",r:" + N + 'starts with(a,"y")}.r',
    "sub before": "{a:" + W + ",r:" + N + 'substring before(a,"y")}.r',
    "sub after": "{a:" + W + ",r:" + N + 'substring after(a,"x")}.r',
    "trim": "{a:" + W + ",r:" + N + "trim(a)}.r",
    "length": "{a:" + W + ",r:" + N + "string length(a)}.r",
    "base64": "{a:" + W + ",r:" + N + "to base64(a)}.r",
    "compare long": "{a:" + W + ",b:upper case(a),c:lower case(b),r:" + N + "a=c}.r",
    "less long": "{a:" + W + ",b:upper case(a),c:lower case(b),r:" + N + "a<c}.r",
    "is blank": '{a:substring("' + " " * 9000 + '",1),r:' + N + "is blank(a)}.r",
    "contains bad": '{a:"'
    + "a" * 4500
    + '",b:"'
    + "a" * 2200
    + "b"
    + "a" * 2200
    + '",r:'
    + N
    + "contains(a,b)}.r",
    "distinct": "{a:1..90000,r:distinct values(for i in a return i)}",
    "distinct lists": "distinct values(for i in 1..90000 return [i])",
    "distinct ctx": "distinct values(for i in 1..9000 return {a:i})",
    "union": "{a:for i in 1..20000 return i, r:" + N + "union(a,a)}.r",
    "concatenate": "{a:for i in 1..20000 return i, r:" + N + "concatenate(a,a)}.r",
    "append": "{a:for i in 1..20000 return i, r:" + N + "append(a,i)}.r",
    "insert": "{a:for i in 1..20000 return i, r:" + N + "insert before(a,1,i)}.r",
    "remove": "{a:for i in 1..20000 return i, r:" + N + "remove(a,1)}.r",
    "reverse": "{a:for i in 1..20000 return i, r:" + N + "reverse(a)}.r",
    "list replace": "{a:for i in 1..20000 return i, r:" + N + "list replace(a,1,i)}.r",
    "list replace fn": "{a:for i in 1..20000 return i, r:"
    + N
    + "list replace(a,function(x,y) true,i)}.r",
    "sublist": "{a:for i in 1..20000 return i, r:" + N + "sublist(a,2)}.r",
    "index of": "{a:for i in 1..20000 return i, r:" + N + "index of(a,1)}.r",
    "list contains": "{a:for i in 1..20000 return i, r:" + N + "list contains(a,-1)}.r",
    "in list": "{a:for i in 1..20000 return i, r:" + N + "-1 in a}.r",
    "equal lists": "{a:for i in 1..10000 return i,b:for i in 1..10000 return i, r:" + N + "a=b}.r",
    "flatten": "{a:for i in 1..10000 return [i], r:" + N + "flatten(a)}.r",
    "partition": "{a:for i in 1..20000 return i, r:" + N + "partition(a,1)}.r",
    "duplicates": "{a:for i in 1..20000 return i, r:" + N + "duplicate values(a)}.r",
    "sum": "{a:for i in 1..20000 return i, r:" + N + "sum(a)}.r",
    "sum dec": "{a:for i in 1..15000 return i/7, r:" + N + "sum(a)}.r",
    "product dec": "{a:for i in 1..15000 return i/7, r:" + N + "product(a)}.r",
    "mean": "{a:for i in 1..15000 return i/7, r:" + N + "mean(a)}.r",
    "median": "{a:for i in 1..15000 return i/7, r:" + N + "median(a)}.r",
    "stddev": "{a:for i in 1..15000 return i/7, r:" + N + "stddev(a)}.r",
    "mode": "{a:for i in 1..15000 return i/7, r:" + N + "mode(a)}.r",
    "max": "{a:for i in 1..15000 return i/7, r:" + N + "max(a)}.r",
    "max str": "{a:for i in 1..9000 return string(i), r:" + N + "max(a)}.r",
    "max dates": '{a:for i in @"2000-01-01"..@"2020-01-01" return i, r:' + N + "max(a)}.r",
    "all": "{a:for i in 1..15000 return true, r:" + N + "all(a)}.r",
    "any": "{a:for i in 1..15000 return false, r:" + N + "any(a)}.r",
    "count": "{a:for i in 1..20000 return i, r:" + N + "count(a)}.r",
    "is empty": "{a:for i in 1..20000 return i, r:" + N + "is empty(a)}.r",
    "sort": "{a:for i in 1..9000 return -i, r:" + N + "sort(a)}.r",
    "sort fn": "sort(for i in 1..9000 return modulo(i*7919,9001), function(a,b) a<b)",
    "sort fn bad": "sort(for i in 1..9000 return i, function(a,b) true)",
    "sort fn wide": "sort(for i in 1..900 return -i, function(a,b) sum([" + "a," * 900 + "b])>0)",
    "members": "{a:for i in 1..9000 return {n:i}, r:" + N + "a.n}.r",
    "path deep": "{a0:[{n:1}]," + LISTS + ",s:a59.n}",
    "get entries": "{c:{"
    + ",".join(f"a{n}:1" for n in range(1000))
    + "},r:"
    + N
    + "get entries(c)}.r",
    "context put": "{c:{"
    + ",".join(f"a{n}:1" for n in range(1000))
    + "},r:"
    + N
    + 'context put(c,"z",i)}.r',
    "context merge": "{c:{"
    + ",".join(f"a{n}:1" for n in range(1000))
    + "},r:"
    + N
    + "context merge([c,c])}.r",
    "context()": "{c:get entries({"
    + ",".join(f"a{n}:1" for n in range(1000))
    + "}),r:"
    + N
    + "context(c)}.r",
    "put deep": N + 'context put({},["a","b","c","d"],1)',
    "put deep 90": N + "context put({},[" + ",".join(f'"a{n}"' for n in range(90)) + "],1)",
    "get value": N + 'get value({a:1},"a")',
    "put growing": N + "if i=1 then {} else context put(partial[-1],string(i),i)",
    "shared text": "{a0:[1]," + LISTS + ",s:string(a59)}",
    "shared json": "{a0:[1]," + LISTS + ",s:to json(a59)}",
    "shared flat": "{a0:[1]," + LISTS + ",s:flatten(a59)}",
    "shared equal": "{a0:[1]," + LISTS + ",b0:[1]," + OTHERS + ",s:a59=b59}",
    "shared distinct": "{a0:[1]," + LISTS + ",s:distinct values([a59])}",
    "shared in": "{a0:[1]," + LISTS + ",b0:[1]," + OTHERS + ",s:a59 in [[b58]]}",
    "shared count": "{a0:[1]," + LISTS + ",s:concatenate(a59,a59)}",
    "shared result": "{a0:[1]," + LISTS + "}",
    "doubled lists": "{a0:[1]," + chained("a{0}: concatenate(a{1},a{1})") + "}",
    "shared instance": "{a0:[1]," + LISTS + ",s:a59 instance of list<list<list<number>>>}",
    "shared member": "{a0:[{n:1}]," + LISTS + ",s:a59.n.n}",
    "recursion": "{f:function(n) f(n+1), r:f(1)}.r",
    "deep calls in brackets": "{f:function(n) " + "[" * 80 + "f(n+1)" + "]" * 80 + ", r:f(1)}.r",
    "deep calls of two": "{f:function(n) if n>900 then 0 else f(n+1)+f(n+1), r:f(1)}.r",
    "deep calls in a filter": "{f:function(n) [f(n+1)][item>0], r:f(1)}.r",
    "deep calls in sorting": "{f:function(n) sort([2,1], function(a,b) f(n+1)>0), r:f(1)}.r",
    "deep calls that loop at the end": "{f:function(n) if n<900 then f(n+1) else "
    + N
    + "[i], r:f(1)}.r",
    "fib": "{f:function(n) if n<1 then 1 else f(n-1)+f(n-1), r:f(30)}.r",
    "ackermann": "{f:function(m,n) if m=0 then n+1 else if n=0 then f(m-1,1)"
    " else f(m-1,f(m,n-1)), r:f(3,9)}.r",
    "mutual": "{f:function(g,n) g(g,n+1), r:f(f,1)}.r",
    "y comb": "(function(x) x(x))(function(x) x(x))",
    "tree rec": "{f:function(n) if n=0 then [] else [f(n-1),f(n-1),f(n-1)], r:f(20)}.r",
    "rec string": '{f:function(s) f(s+s), r:f("x")}.r',
    "rec list": "{f:function(s) f(concatenate(s,s)), r:f([1])}.r",
    "fn of fn": "{f:function(n) function(m) n, r:" + N + "f(i)}.r",
    "compose": "{f0:function(n) n,"
    + chained("f{0}: function(n) f{1}(f{1}(n))", 40)
    + ",r:f39(1)}.r",
    "partial": N + "partial",
    "partial count": N + "count(partial)",
    "partial nest": "for i in 1..3000 return [partial]",
    "pattern": "{a:" + W + ',r:matches(a,"(x+x+)+y")}',
    "patterns": N + 'matches("xxxxxxxxxxxxxxxx","(x+x+)+y")',
    "big pattern": '{a:"' + "x" * 5000 + '",r:matches(a,"' + "x?" * 900 + '")}',
    "big pattern2": "matches(" + '"' + "x" * 2000 + '","(((((x{0,30}){0,10})))){0,5}")',
    "backref": "{a:" + W + ',r:matches(a,"(x*)\\\\1y")}',
    "backref2": 'matches("' + "x" * 300 + '","(x+)(x+)(x+)\\\\1\\\\2\\\\3y")',
    "compile patterns": N + 'matches("a", string(i) + "(a|b|c|d)*[a-z]{1,50}")',
    "class pattern": '{a:"' + "x" * 8000 + '",r:matches(a,"[\\\\p{L}-[a-y]]{50}")}',
    "unicode pattern": N + 'matches("é","\\\\p{IsGreek}|\\\\p{Lu}","i")',
    "alternation": 'matches("' + "ab" * 2000 + '","(' + "|".join(["ab"] * 400) + ')*c")',
    "empty alternation": 'matches("' + "a" * 2000 + '","(|a|||)*{9}")',
    "nested star": 'matches("' + "a" * 4000 + '","((((a*)*)*)*)*b")',
    "replacing": "{a:" + W + ',r:replace(a,"x","' + "x" * 800 + '")}'[:10000],
    "replacing empty": "{a:" + W + ',r:replace(a,"y","x")}',
    "splitting": "{a:" + W + ',r:split(a,"x")}',
    "split loop": N + 'split("a,b,c",",")',
    "extract": "{a:" + W + ',r:extract(a,"x")}',
    "extract loop": N + 'extract("aaa","a")',
    "replace loop": N + 'replace("abc","b","$0$0")',
    "replace grow": '{a0:"x",' + chained('a{0}: replace(a{1},"x","xxxxxxxxx")', 30) + "}",
    "instance": N + "i instance of number",
    "instance list": "{a:for i in 1..9000 return i,r:" + N + "a instance of list<number>}.r",
    "instance ctx": N + "{a:1} instance of context<a: number>",
    "typed fn": "{a:for i in 1..9000 return i,f:function(x: list<number>) 1,r:" + N + "f(a)}.r",
    "if": N + "if i>1 then i else 0",
    "between": N + "i between 1 and 3",
    "in range": N + "i in [1..3]",
    "in text": N + '"b" in ["a".."c"]',
    "not": N + "not(i>1)",
    "assert": N + "assert(i,true)",
    "is": N + "is(i,1)",
    "get or else": N + "get or else(null,i)",
    "is defined": N + "is defined(i)",
    "uuid": N + "uuid()",
    "random": N + "random number()",
    "now": N + "now()",
    "today": N + "today()",
    "from ai": N + "fromAi(i)",
    "names": "{" + ",".join(f"a-{n}:1" for n in range(1000)) + "}",
    "brackets": "(" * 9999,
    "filters": "a" + "[1" * 4999,
    "calls": "f(" * 4999,
    "contexts": "{a:" * 3333,
    "ifs": "if a then b else " * 580,
    "functions": "function(a) " * 830,
    "words": "a " * 4999 + "+",
    "types": "1 instance of " + "list<" * 1900,
    "comments": "/*" * 4999,
    "quotes": '"\\' * 4999,
    "at": "@" * 9999,
    "ranges": "[1.." * 2499,
    "sort list of lists": "sort(for i in 1..9000 return [i])",
    "max mixed": "max(for i in 1..90000 return i, null)",
    "for in string": N + '"a"',
    "for some in": N + "some x in [1,2,3] satisfies x>5",
    "for each list": N + "(for x in [1,2,3] return x)",
    "deep if": N + "if i>0 then " * 60 + "1" + " else 0" * 60,
}

HARMLESS: Final = frozenset(
    {
        "filter ctx", "class pattern", "replacing empty", "wide filters", "sort list of lists",
        "big pattern2", "empty alternation", "filter range", "power tower",
    }
)  # fmt: skip
"""Those that have a value: they are soon done."""

GROWING: Final = (
    "wide lists", "wide contexts", "deep contexts", "deep lists", "wide functions", "wide bodies",
    "ctx3", "fn of fn", "get entries", "context put", "put growing", "put deep 90", "partial",
    "partial nest", "partition", "append", "concatenate", "join long", "doubling",
    "growing partial", "string ctx", "from json wide", "extract", "splitting", "replacing",
    "replace grow", "tree rec", "range of dates", "zones", "chain mul dec",
)  # fmt: skip
"""Those that make much of what they keep."""
