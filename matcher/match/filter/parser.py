"""Text of a filter → `Filter`, by the grammar of AIP-160 (google.aip.dev/160).

Enters: at most 2,000 code points. Leaves: a typed `Filter`. Refused with `InvalidFilter`, which names the 1-based column: what
the grammar does not allow, an unknown field, a comparator or value that does not fit the field, more than 32 nested
parentheses, more than 64 comparisons.

    expression = sequence { "AND" sequence }        AND binds loosest
    sequence   = factor { factor }                  a space is AND too
    factor     = term { "OR" term }                 OR binds tighter than AND
    term       = [ "NOT" | "-" ] simple
    simple     = "(" expression ")" | field comparator value | field ":" "*"

So `a = 1 b = 2 OR c = 3` is `a = 1 AND (b = 2 OR c = 3)`. Strings stand in double or single quotes (a backslash escapes a quote
or a backslash); a value of letters, digits, `_ . - / + # * %` and the like needs none. AIP-160's bare words and functions are
refused, and `*` is no wildcard.
"""

from __future__ import annotations

import re
from typing import NoReturn

from rapidfuzz import fuzz, process

from matcher.errors import InvalidFilter
from matcher.match.filter.fields import FIELDS, BadValue, Field, Interval, Value, read_value
from matcher.match.filter.syntax import And, Clause, Comparison, Expression, Filter, Known, Not, Or

MAX_LENGTH = 2_000
MAX_DEPTH = 32
# A comparison costs up to 10 ms at 100k documents (`title`), so 64 bound a filter to well below a second.
MAX_COMPARISONS = 64
_KEYWORDS = ("AND", "OR", "NOT")
_WORD = re.compile(r"[^\s()<>=!:\"',\\（）＜＞＝！：，“”‘’]+")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][^\s()\"',]*")
_COMPARATOR = re.compile(r"<=|>=|!=|=|<|>|:")
_STRING = re.compile(r"\"(?:[^\"\\]|\\[\"'\\])*\"|'(?:[^'\\]|\\[\"'\\])*'")
_ESCAPE = re.compile(r"\\(.)")
_FULL_WIDTH = dict(zip("（）＜＞＝！：，“”‘’", "()<>=!:,\"\"''", strict=True))
_NEAREST = 60.0  # rapidfuzz ratio; below, a suggestion is noise: "place" is no misspelt "language"


def parse_filter(text: str) -> Filter:
    """The filter that `text` says; an empty or blank text passes every document.

    Raises:
        InvalidFilter: with the 1-based column of the fault, in code points.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidFilter(f"a filter has at most {MAX_LENGTH} code points", position=MAX_LENGTH + 1)
    return _Parser(text).parsed()


class _Parser:
    """Recursive descent over one text; `at` is the next code point to be read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.n_comparisons = 0
        self.clauses: list[Clause] = []

    def parsed(self) -> Filter:
        self.skip_space()
        if self.ended():
            return Filter(None)
        expression = self.expression(0)
        if not self.ended():
            self.refuse("there is no parenthesis to close")
        return Filter(expression, tuple(self.clauses))

    def expression(self, depth: int) -> Expression:
        parts = [self.sequence(depth)]
        while self.took_keyword("AND"):
            parts.append(self.sequence(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def sequence(self, depth: int) -> Expression:
        parts = [self.clause(depth)]
        while not self.ended() and self.text[self.at] != ")" and self.word() not in ("AND", "OR"):
            if not self.text[self.at - 1].isspace():
                self.refuse("expected a space, AND or OR")
            parts.append(self.clause(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def clause(self, depth: int) -> Expression:
        """A factor; one outside all parentheses is kept as a clause of the filter."""
        start = self.at
        factor = self.factor(depth)
        if depth == 0:
            self.clauses.append(Clause(factor, start, start + len(self.text[start : self.at].rstrip())))
        return factor

    def factor(self, depth: int) -> Expression:
        parts = [self.term(depth)]
        while self.took_keyword("OR"):
            parts.append(self.term(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def term(self, depth: int) -> Expression:
        if self.took_keyword("NOT"):
            return Not(self.simple(depth))
        if self.text.startswith("-", self.at):
            self.at += 1
            self.skip_space()
            return Not(self.simple(depth))
        return self.simple(depth)

    def simple(self, depth: int) -> Expression:
        if not self.text.startswith("(", self.at):
            return self.comparison()
        if depth == MAX_DEPTH:
            self.refuse(f"parentheses are nested more than {MAX_DEPTH} deep")
        opened = self.at
        self.at += 1
        self.skip_space()
        inner = self.expression(depth + 1)
        if not self.text.startswith(")", self.at):
            self.refuse("this parenthesis is not closed", at=opened)
        self.at += 1
        self.skip_space()
        return inner

    def comparison(self) -> Expression:
        field = self.field()
        comparator_at = self.at
        comparator = _COMPARATOR.match(self.text, self.at)
        if comparator is None:
            self.refuse(f"expected one of {' '.join(_comparators(field))} after {field.name}")
        self.at = comparator.end()
        self.skip_space()
        if comparator[0] == ":" and self.word() == "*":
            self.take_word()
            return Known(field)
        if comparator[0] not in field.comparators:
            self.refuse(f"{field.name} is compared by {' '.join(_comparators(field))}", at=comparator_at)
        value_at = self.at
        value = self.value(field)
        if isinstance(value, Interval) and comparator[0] != ":" and value.low != value.high:
            self.refuse(f"{field.name} is compared with an interval by : only", at=value_at)
        return Comparison(field, comparator[0], value)

    def field(self) -> Field:
        """The field at this place."""
        word, start = self.word(), self.at
        if not word or word in _KEYWORDS:
            self.refuse(
                "expected a field" if not self.text.startswith(("'", '"'), start) else "expected a field, not a value"
            )
        self.n_comparisons += 1
        if self.n_comparisons > MAX_COMPARISONS:
            self.refuse(f"a filter has at most {MAX_COMPARISONS} comparisons")
        field = FIELDS.get(word)
        if field is None:
            self.refuse(_unknown(word), at=start)
        self.take_word()
        return field

    def value(self, field: Field) -> Value:
        start = self.at
        string = _STRING.match(self.text, start)
        plain = _TIME.match(self.text, start) or _WORD.match(self.text, start)
        if string is not None:
            self.at, written = string.end(), _ESCAPE.sub(r"\1", string[0][1:-1])
        elif plain is not None and plain[0] not in _KEYWORDS:
            self.at, written = plain.end(), plain[0]
        elif self.text.startswith(("'", '"'), start):
            self.refuse("this string is not closed, or has an escape other than \\\\, \\\" and \\'")
        else:
            self.refuse(f"expected a value of {field.name}")
        self.skip_space()
        try:
            return read_value(field, written, quoted=string is not None)
        except BadValue as error:
            self.refuse(str(error), at=start)

    def took_keyword(self, keyword: str) -> bool:
        if self.word() != keyword:
            return False
        self.take_word()
        return True

    def word(self) -> str:
        """The word at this place, "" if there is none; it is not taken."""
        found = _WORD.match(self.text, self.at)
        return found[0] if found else ""

    def take_word(self) -> None:
        self.at += len(self.word())
        self.skip_space()

    def skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def ended(self) -> bool:
        return self.at == len(self.text)

    def refuse(self, message: str, at: int | None = None) -> NoReturn:
        at = self.at if at is None else at
        ascii_form = _FULL_WIDTH.get(self.text[at : at + 1])
        hint = f"; this sign is full-width, write {ascii_form}" if ascii_form else ""
        raise InvalidFilter(message + hint, position=at + 1)


def _comparators(field: Field) -> tuple[str, ...]:
    return field.comparators if ":" in field.comparators else (*field.comparators, ":*")


def _unknown(word: str) -> str:
    if word.upper() in _KEYWORDS:
        return f"write {word.upper()} in capitals"
    nearest = process.extractOne(word[:64].lower(), FIELDS.keys(), scorer=fuzz.ratio, score_cutoff=_NEAREST)
    if nearest is not None:
        return f"unknown field; did you mean {nearest[0]}?"
    return f"unknown field; the fields are {', '.join(FIELDS)}"
