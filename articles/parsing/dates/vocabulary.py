"""Months, weekdays and time zones as printed in the languages that the archive stems, in one table."""

from articles.text.word_lists import words

# English, German, French, Spanish, Italian, Portuguese, Dutch, Danish, Swedish, Norwegian, Finnish,
# Hungarian, Romanian, Russian, Polish, Czech, Turkish. Each line has a number, then names and abbreviations.
_MONTHS = """
1 january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari tammikuuta tammikuu tammi
1 január ianuarie ian января январь янв stycznia styczeń sty ledna leden led ocak oca
2 february feb februar feber février févr fév fevrier fevr febrero febbraio febbr febb fevereiro fev februari
2 helmikuuta helmikuu helmi február febr februarie февраля февраль фев февр lutego luty lut února únor úno
2 şubat şub
3 march mar märz mär mars marzo março mrt maart marts maaliskuuta maaliskuu maalis március márc martie
3 марта март мар marca marzec března březen bře mart
4 april apr avril avr abril abr aprile huhtikuuta huhtikuu huhti április ápr aprilie апреля апрель апр
4 kwietnia kwiecień kwi dubna duben dub nisan nis
5 may mai maja maj mayo maggio magg mag maio mei toukokuuta toukokuu touko május máj мая май května květen kvě
5 mayıs
6 june jun juni juin junio giugno giu junho kesäkuuta kesäkuu kesä június jún iunie iun июня июнь июн
6 czerwca czerwiec cze června červen čvn haziran haz
7 july jul juli juillet juil julio luglio lug julho heinäkuuta heinäkuu heinä július júl iulie iul июля июль
7 июл lipca lipiec lip července červenec čvc temmuz tem
8 august aug août aout agosto ago augustus augusti elokuuta elokuu elo augusztus августа август авг
8 sierpnia sierpień sie srpna srpen srp ağustos ağu
9 september sept sep septembre septiembre setiembre settembre sett set setembro syyskuuta syyskuu syys
9 szeptember szept septembrie сентября сентябрь сент сен września wrzesień wrz září zář eylül eyl
10 october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu loka október
10 octombrie октября октябрь окт października październik paź října říjen říj ekim eki
11 november nov novembre noviembre novembro marraskuuta marraskuu marras noiembrie noi ноября ноябрь ноя нояб
11 listopada listopad listopadu lis kasım kas
12 december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des joulukuuta
12 joulukuu joulu decembrie декабря декабрь дек grudnia grudzień gru prosince prosinec aralık ara
"""
MONTHS = {name: int(line.split()[0]) for line in _MONTHS.strip().splitlines() for name in line.split()[1:]}
# Finnish feeds shorten names to three letters, of which «mar» is another month elsewhere.
FINNISH_MONTHS = {
    name: number
    for number, name in enumerate("tam hel maa huh tou kes hei elo syy lok mar jou".split(), 1)  # noqa: SIM905
}
# Common words of some language; they are months only between a day and a year.
COMMON_WORDS = words(
    "gen mag set sett out ago ott des dic led dub lis lip sie ara elo tem kas nis ian noi mart"
)

# Without abbreviations that are common words («to», «la», «man»): before «,» any word may name the weekday.
WEEKDAYS = words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    poniedziałek wtorek środa czwartek piątek sobota niedziela śr czw pt niedz
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo mié jue vie sáb dom
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    lunedì martedì mercoledì giovedì venerdì sabato domenica gio sab
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta feira
    mandag tirsdag onsdag torsdag fredag lørdag søndag tir ons fre lør søn
    måndag tisdag lördag söndag mån tis lör sön
    maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
    maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina
    hétfő kedd szerda csütörtök péntek szombat vasárnap luni marți marţi miercuri joi vineri sâmbătă duminică
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
    pondělí úterý středa čtvrtek pátek neděle čt pá pazartesi salı çarşamba perşembe cuma cumartesi pazar
    """
)

# Small words between a day, its year and its time: «March 4, 2021 at 10:15», «den 4. marts 2021 kl. 10.15».
FILLERS = words(
    """
    at on the uhr um am vom den der dem von o godz godzina dnia r roku le la à a el de del las los h heure
    heures op em na no da hs hrs às as do il alle ore om uur kl klo kello d v в г года ve saat ora orele ob
    hodin hod local time
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
    "jst": 540,
    "aest": 600,
    "aedt": 660,
    "nzst": 720,
    "nzdt": 780,
}
UNSURE_ZONES = frozenset(["et", "ct", "mt", "pt", "cst", "ist", "ast"])
