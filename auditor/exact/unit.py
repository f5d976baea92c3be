"""unit: what a printed number counts in, and how many of one unit make another.

A small table on purpose: importing pint costs more than replaying an audit, and few of
its units stand in reports and charts. A word that is not in the table is no unit.
"""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct


class Unit(Struct, frozen=True):
    """A unit of measure."""

    name: str
    """Canonical symbol, such as `s` or `MB/s`."""
    dimension: str
    """What it measures; units of one dimension convert into one another."""
    factor: Fraction
    """Size in the base unit of the dimension."""


def words_in(text: str) -> frozenset[str]:
    """The words of a list that is written as a sentence."""
    return frozenset(text.split())


# dimension, name, size in the base unit, other spellings
_TABLE = """
percent      %       1/100         percent
percent      ‰       1/1000
points       points  1             point pp pts pt ppt %-points %-point
points       bp      1/100         bps
factor       x       1             × X times fold
time         ns      1/1000000000  nanosecond nanoseconds
time         µs      1/1000000     μs us microsecond microseconds
time         ms      1/1000        msec msecs millisecond milliseconds
time         s       1             sec secs second seconds
time         min     60            mins minute minutes
time         h       3600          hr hrs hour hours
time         day     86400         d days
time         week    604800        weeks
calendar     month   1             months
calendar     year    12            years yr yrs
information  bit     1             bits
information  kbit    1000          Kbit kb
information  Mbit    1000000       Mb megabit megabits
information  Gbit    1000000000    Gb gigabit gigabits
information  B       8             byte bytes
information  kB      8000          KB kilobyte kilobytes
information  MB      8000000       megabyte megabytes
information  GB      8000000000    gigabyte gigabytes
information  TB      8000000000000 terabyte terabytes
information  PB      8000000000000000 petabyte petabytes
information  KiB     8192          kiB
information  MiB     8388608
information  GiB     8589934592
information  TiB     8796093022208
bandwidth    kbit/s  1000          kbps Kbps
bandwidth    Mbit/s  1000000       Mbps
bandwidth    Gbit/s  1000000000    Gbps
length       nm      1/1000000000  nanometre nanometres nanometer nanometers
length       µm      1/1000000     μm um micrometre micrometres micrometer micrometers
length       mm      1/1000        millimetre millimetres millimeter millimeters
length       cm      1/100         centimetre centimetres centimeter centimeters
length       m       1             metre metres meter meters
length       km      1000          kilometre kilometres kilometer kilometers
length       ft      3048/10000    feet
length       mi      1609344/1000  mile miles
mass         mg      1/1000        milligram milligrams
mass         g       1             gram grams
mass         kg      1000          kilogram kilograms
mass         t       1000000       tonne tonnes
frequency    Hz      1             hertz
frequency    kHz     1000
frequency    MHz     1000000
frequency    GHz     1000000000
power        mW      1/1000        milliwatts
power        W       1             watt watts
power        kW      1000          kilowatts
power        MW      1000000       megawatts
power        GW      1000000000    gigawatts
energy       mJ      1/1000
energy       J       1             joule joules
energy       kJ      1000
energy       MJ      1000000
energy       Wh      3600
energy       kWh     3600000
energy       MWh     3600000000
arithmetic   GFLOPS  1000000000    GFLOP/s
arithmetic   TFLOPS  1000000000000 TFLOP/s
arithmetic   PFLOPS  1000000000000000 PFLOP/s
$            $       1             USD dollar dollars
€            €       1             EUR euro euros
£            £       1             GBP
£            pence   1/100         penny
cent         cents   1/100         cent
¥            ¥       1             JPY yen
°C           °C      1             ℃
°F           °F      1             ℉
dB           dB      1
frame/time   frame/s 1             fps FPS
req/time     req/s   1             rps RPS
query/time   query/s 1             qps QPS
"""


def _spelled(row: str) -> tuple[Unit, list[str]]:
    dimension, name, size, *spellings = row.split()
    over, _, under = size.partition("/")
    return Unit(name, dimension, Fraction(int(over), int(under or 1))), [name, *spellings]


_UNITS = {spelling: unit for unit, spellings in map(_spelled, _TABLE.strip().splitlines()) for spelling in spellings}
del _UNITS["t"]  # as often the name of a statistic or of a time

_PHRASES = {
    "per cent": "%",
    **dict.fromkeys(("% point", "% points", "percent point", "percent points"), "points"),
    **dict.fromkeys(("percentage point", "percentage points"), "points"),
    **dict.fromkeys(("basis point", "basis points"), "bp"),
}

_THINGS = {
    spelling: row.split()[0]
    for row in (
        "batch batches", "call calls", "day", "epoch epochs", "event events", "example examples", "file files",
        "frame frames", "image images img", "iteration iterations iter iters it", "item items", "message messages",
        "op ops operations", "person", "query queries", "record records", "req reqs request requests", "row rows",
        "run runs", "sample samples", "step steps", "task tasks", "token tokens tok toks", "user users",
    )
    for spelling in row.split()
}  # fmt: skip
"""What a rate may count, by its spellings; each thing is a dimension of its own."""

_GAPS = frozenset(" \u00a0\u2009\u202f")
_AFTER = re.compile(r"°?[^\W\d_]++(?:/[A-Za-z]++)?|\\{0,2}%")
_WORD = re.compile(r"[A-Za-z]{1,12}(?![A-Za-z0-9_])")
_SIGNS = frozenset("‰×€£¥℃℉")
_PHRASE_HEADS = frozenset(("%", "percent", "percentage", "per", "basis"))
_LOOSE = frozenset(("second", "bit", "X", "points", "times", "fold", "d"))
"""Spellings that may be other words behind a year: "in 2019 second place"."""
_YEAR_DIGITS = 4
_COUNTED = words_in(
    "step epoch layer model method task dataset benchmark run seed trial round participant user person student game "
    "goal match token parameter request image sample example question line bar panel chart curve group category "
    "country city region season episode iteration head block stage gpu node server core thread worker file function "
    "test case bug paper author page word sentence paragraph language player team medal win loss draw vote seat item "
    "row column cell subject bin class label cluster neuron turn attempt level size configuration setting "
    "variant system algorithm experiment repetition rephrasing replica batch record event call message "
    "patient respondent adult child employee company country document claim error failure domain metric "
    "series axis color colour state party race event track song album film movie book title club"
)
_PLURALS = {
    "people", "children", "men", "women", "matches", "losses", "classes", "batches", "categories", "countries",
    "cities", "companies", "parties", "axes", "series", "params", "queries", "entries", "GPUs", "CPUs", "TPUs",
} | {f"{thing}s" for thing in _COUNTED}  # fmt: skip
_SINGULARS_TOO = _PLURALS | _COUNTED
_PLACED = words_in(
    "step steps epoch epochs iteration iterations layer layers round rounds year years level size seed n rank week "
    "day month season episode k"
)
"""Nouns that stand before an exact number: step 80, n = 120."""
_NO_ADJECTIVES = words_in(
    "a across after an and as at before between but by compared during for from in into is less more of on or over "
    "per than that the then times to under vs when where while with"
)
_WORDS_AFTER = re.compile(r"[*_`\"]{0,3}([ \u00a0-])([A-Za-z-]{1,30})(?: ([a-z-]{1,30}))?(?: ([a-z-]{1,30}))?")


def parse_unit(text: str) -> Unit | None:
    """The unit that the whole text spells, None where it spells none."""
    spelling = text.strip()
    known = _UNITS.get(spelling) or _UNITS.get(_PHRASES.get(spelling.casefold(), ""))
    if known is None and len(spelling) > _LONGEST_SYMBOL:  # long words are words, short ones symbols whose case tells
        known = _UNITS.get(spelling.casefold())
    if known is not None:
        return known
    return _rate(spelling) if "/" in spelling or " per " in spelling else None


_LONGEST_SYMBOL = 3


def _rate(spelling: str) -> Unit | None:
    """A quotient of two units, or of a unit and a counted thing."""
    sign = "/" if "/" in spelling else " per "
    numerator, _, denominator = spelling.partition(sign)
    over, under = (_UNITS.get(part) or _thing(part) for part in (numerator.strip(), denominator.strip()))
    if over is None or under is None or over.dimension == under.dimension:
        return None
    dimension = f"{over.dimension}/{under.dimension}"
    factor = over.factor / under.factor
    return Unit(f"{over.name}/{under.name}", "bandwidth" if dimension == "information/time" else dimension, factor)


def _thing(word: str) -> Unit | None:
    thing = _THINGS.get(word.casefold())
    return None if thing is None else Unit(thing, thing, Fraction(1))


def unit_after(text: str, end: int) -> tuple[Unit, int] | None:
    """The unit behind the number that ends at `end`, and where it ends: attached, or after one space or hyphen."""
    gap = text[end : end + 1]
    apart = gap in _GAPS
    begin = end + 1 if apart or gap == "-" else end
    spelling, stop = text[begin : begin + 1], begin + 1
    if spelling not in _SIGNS:
        found = _AFTER.match(text, begin)
        if found is None:
            return None
        spelling, stop = found[0].lstrip("\\"), found.end()
    if _is_other_word(text, spelling, begin - end, stop):
        return None
    if apart and spelling in _LOOSE and end >= _YEAR_DIGITS and text[end - _YEAR_DIGITS : end].isdigit():
        return None
    if text[stop : stop + 1] in {" ", "-"}:
        phrase = _phrase(text, spelling, stop)
        if phrase is not None:
            return phrase
    known = _UNITS.get(spelling)
    if known is None and len(spelling) > _LONGEST_SYMBOL:
        known = parse_unit(spelling)
    if known is not None:
        return known, stop
    head = spelling.partition("/")[0]  # "10 s/run" is seconds, whatever they are per
    known = _UNITS.get(head) if head != spelling else None
    return None if known is None else (known, begin + len(head))


def _is_other_word(text: str, spelling: str, gap: int, stop: int) -> bool:
    """Whether what follows a spelling makes it part of another word or of a product: "5 m²", "3 × 4", "3d", "€5"."""
    following = text[stop : stop + 1]
    if spelling != "%" and (following.isalnum() or (following != "" and following in "_^")):
        return True
    return (gap > 0 and spelling in "×xX" and text[stop + 1 : stop + 2].isdigit()) or (gap == 0 and spelling == "d")


def _phrase(text: str, spelling: str, stop: int) -> tuple[Unit, int] | None:
    """The unit of more than one word that begins with a spelling: "percentage points", "tokens per second"."""
    if spelling.casefold() in _PHRASE_HEADS:
        word = _WORD.match(text, stop + 1)
        unit = None if word is None else _UNITS.get(_PHRASES.get(f"{spelling} {word[0]}".casefold(), ""))
    elif text.startswith(" per ", stop):
        word = _WORD.match(text, stop + len(" per "))
        unit = None if word is None else _rate(f"{spelling}/{word[0]}")
    else:
        return None
    return None if word is None or unit is None else (unit, word.end())


def commensurable(one: Unit, other: Unit) -> bool:
    """Whether numbers in the two units can be compared."""
    return one.dimension == other.dimension


_ONE = Fraction(1)
_CENTS = ({"cent", "$"}, {"cent", "€"})
"""Cents are those of whatever has cents."""


def conversion(from_: Unit, to: Unit) -> Fraction | None:
    """What a number in the first unit is multiplied by to give the second, None where that has no meaning."""
    if {from_.dimension, to.dimension} in _CENTS:
        return from_.factor / to.factor
    if from_.factor == to.factor:
        return _ONE if commensurable(from_, to) else None
    return from_.factor / to.factor if commensurable(from_, to) else None


def counted_after(text: str, end: int, *, one: bool = False) -> bool:
    """Whether a noun behind a whole number makes it a count: "120 training steps", "10-epoch", "1 model"."""
    found = _WORDS_AFTER.match(text, end)
    if found is None:
        return False
    nouns = _SINGULARS_TOO if one or found[1] == "-" else _PLURALS
    for word in found.groups()[1:]:
        if word is None or word in _NO_ADJECTIVES:
            return False
        if word in nouns or word.rpartition("-")[2] in nouns:
            return True
    return False


def counted_before(before: str) -> bool:
    """Whether a noun at the end of the text before a whole number makes it a place or a count: "step 80"."""
    words = before.rstrip(" \u00a0=(*_~").rsplit(None, 1)
    return bool(words) and words[-1].lstrip('([*_"').casefold() in _PLACED
