"""Months, weekdays and time zones as printed in the languages in which quotes are looked for."""

from articles.parsing.vocabulary import words

_MONTHS = """
1 january jan januar jänner jän stycznia styczeń sty janvier janv enero ene januari gennaio gen janeiro
2 february feb februar feber lutego luty lut février févr fév febrero februari febbraio fevereiro fev
3 march mar märz mär marca marzec mars marzo maart mrt março
4 april apr kwietnia kwiecień kwi avril avr abril abr aprile
5 may mai maja maj mayo mei maggio maio
6 june jun juni czerwca czerwiec cze juin junio giugno giu junho
7 july jul juli lipca lipiec lip juillet juil julio luglio lug julho
8 august aug sierpnia sierpień sie août agosto ago augustus
9 september sept sep września wrzesień wrz septembre septiembre settembre setembro
10 october oct oktober okt października październik paź octobre octubre ottobre ott outubro
11 november nov listopada listopad lis novembre noviembre novembro
12 december dec dezember dez grudnia grudzień gru décembre déc diciembre dic dicembre dezembro
"""
MONTHS = {name: int(line.split()[0]) for line in _MONTHS.strip().splitlines() for name in line.split()[1:]}

WEEKDAYS = words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    poniedziałek wtorek środa czwartek piątek sobota niedziela lundi mardi mercredi jeudi vendredi
    samedi dimanche lunes martes miércoles jueves viernes sábado domingo maandag dinsdag woensdag
    donderdag vrijdag zaterdag zondag lunedì martedì mercoledì giovedì venerdì sabato domenica
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
    """
)

# Minutes east of UTC, without abbreviations of several zones (CST, IST, ET, PT …).
ZONES = {
    "z": 0,
    "utc": 0,
    "ut": 0,
    "gmt": 0,
    "wet": 0,
    "bst": 60,
    "cet": 60,
    "mez": 60,
    "west": 60,
    "cest": 120,
    "mesz": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
    "est": -300,
    "edt": -240,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "aest": 600,
    "aedt": 660,
    "nzst": 720,
    "nzdt": 780,
}
UNSURE_ZONES = frozenset(["et", "ct", "mt", "pt", "cst", "ist", "ast"])
