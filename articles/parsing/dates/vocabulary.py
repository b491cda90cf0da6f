"""Months, weekdays and time zones as printed in English, German, Polish, French and Spanish."""

from articles.parsing.vocabulary import words

_MONTHS = """
1 january jan januar jänner jän stycznia styczeń sty janvier janv enero ene
2 february feb februar feber lutego luty lut février févr fév febrero
3 march mar märz mär marca marzec mars marzo
4 april apr kwietnia kwiecień kwi avril avr abril abr
5 may mai maja maj mayo
6 june jun juni czerwca czerwiec cze juin junio
7 july jul juli lipca lipiec lip juillet juil julio
8 august aug sierpnia sierpień sie août agosto ago
9 september sept sep września wrzesień wrz septembre septiembre
10 october oct oktober okt października październik paź octobre octubre
11 november nov listopada listopad lis novembre noviembre
12 december dec dezember dez grudnia grudzień gru décembre déc diciembre dic
"""
MONTHS = {name: int(line.split()[0]) for line in _MONTHS.strip().splitlines() for name in line.split()[1:]}

WEEKDAYS = words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    poniedziałek wtorek środa czwartek piątek sobota niedziela lundi mardi mercredi jeudi vendredi
    samedi dimanche lunes martes miércoles jueves viernes sábado domingo
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
