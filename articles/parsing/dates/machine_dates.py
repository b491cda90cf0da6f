"""Converts dates of feeds, scripts and databases into a form that `dates.parser.read_date` accepts."""

import re

# Months in further languages. Some are common words elsewhere, so they count only between a day and a year.
_MONTHS = """
January gennaio gen januari января янв tammikuuta tammi tam ocak oca janeiro ledna leden января
February febbraio februari fevereiro fev февраля фев helmikuuta helmi hel şubat şub února únor
March maart mrt março марта maaliskuuta maalis maa března březen
April aprile april апреля апр huhtikuuta huhti huh nisan nis dubna duben
May maggio mag mei maio мая май toukokuuta touko tou mayıs května květen
June giugno giu juni junho июня июн kesäkuuta kesä kes haziran haz června červen
July luglio lug juli julho июля июл heinäkuuta heinä hei temmuz tem července červenec
August augusti augustus авг августа elokuuta elo ağustos ağu srpna srpen
September settembre set setembro сентября сент сен syyskuuta syys syy eylül eyl září
October ottobre ott outubro out октября окт lokakuuta loka lok ekim eki října říjen
November novembro ноября нояб ноя marraskuuta marras kasım kas listopadu
December dicembre dezembro декабря дек joulukuuta joulu jou aralık ara prosince
"""
_ENGLISH = {word: line.split()[0] for line in _MONTHS.strip().splitlines() for word in line.split()[1:]}
_COMPACT = re.compile(
    r"([12]\d{3})([01]\d)([0-3]\d)(?:[T ]?([0-2]\d)([0-5]\d)([0-5]\d)?(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
_SLASHED = re.compile(r"([12]\d{3})/(\d{1,2})/(\d{1,2})(?!\d)")
_WEEKDAY = re.compile(r"([^\W\d_]{2,14})\.?,\s*(?=\d{1,2}[ .-]+[^\W\d_])")
_DAY = re.compile(r"(\d{1,2})([ -])([^\W\d_]{2,14})\.?\2(\d{2}(?!\d)|\d{4})(?=(?:,?\s+\d{1,2}:)?)")
_FINNISH_DAYS = frozenset(("ma", "ti", "ke", "to", "pe", "la", "su"))
# JavaScript appends the zone's name: «GMT+0100 (Central European Time)».
_NAME_OF_A_ZONE = re.compile(r"(?<=\d)\s*\([^()\d]{2,60}\)$")


def plain_form(value: str) -> str:
    """The same date in ISO form or with an English month; any other value is returned unchanged.

    >>> plain_form("Ke, 30 Lok 2013 11:34:37 +0000"), plain_form("20210304T101500Z")
    ('30 October 2013 11:34:37 +0000', '2021-03-04T10:15:00Z')
    """
    if compact := _COMPACT.fullmatch(value):
        return _from_figures(compact)
    value = _SLASHED.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", value, count=1)
    value = _NAME_OF_A_ZONE.sub("", value)
    weekday = _WEEKDAY.match(value)
    rest = value[weekday.end() :] if weekday else value
    found = _DAY.match(rest)
    if not found:
        return value
    finnish = weekday is not None and weekday[1].casefold() in _FINNISH_DAYS
    return _with_month_and_year(rest, found, finnish=finnish)


def _from_figures(compact: re.Match[str]) -> str:
    year, month, day, hour, minute, second, zone = compact.groups()
    time = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    return f"{year}-{month}-{day}{time}"


def _with_month_and_year(value: str, found: re.Match[str], *, finnish: bool) -> str:
    day, _, month, year = found.groups()
    month = _ENGLISH.get(month.casefold(), month)
    if finnish and month.casefold() == "mar":
        month = "November"
    after = value[found.end() :]
    # RFC 822 allows two-digit years and RFC 2822 defines their century; only before a time with a zone.
    if len(year) == 2:
        if not re.match(r"\s+\d{1,2}:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|[A-Z]{1,4})$", after):
            return value
        year = f"{'20' if int(year) < 50 else '19'}{year}"
    return f"{day} {month} {year}{after}"
