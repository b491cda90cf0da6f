"""Parses timestamp lines: «Published: 12.03.2024, 10:15 Uhr | Updated 13.03.2024»."""

import re
from dataclasses import dataclass

from articles.parsing.dates.parser import PrintedDate, UnclearDate, find_dates
from articles.parsing.dates.vocabulary import FILLERS, UNSURE_ZONES, WEEKDAYS, ZONES
from articles.text.word_lists import words

_LONGEST = 160
_PUBLISHED = words(
    """
    published posted submitted date issued first publication created veröffentlicht veröffentlichung
    erschienen erstellt datum stand opublikowano publikacji data publikacja dodano utworzono publié publiée
    paru parue parution créé mise ligne publicado publicada publicación publicação creado criado fecha
    pubblicato pubblicata
    pubblicazione gepubliceerd geplaatst verschenen publicatiedatum offentliggjort udgivet publiceret
    publicerad publicerat publisert julkaistu julkaisuaika megjelent közzétéve publicat publicată
    опубликовано дата публикации publikováno vydáno yayınlanma yayın tarihi giriş
    """
)
_UPDATED = words(
    """
    updated update modified edited amended changed revised aktualisiert aktualisierung geändert bearbeitet
    zaktualizowano aktualizacja aktualizacji modyfikacja zmieniono mis jour màj modifié modifiée actualisé
    actualizado actualizada modificado actualización atualizado atualizada atualização aggiornato aggiornata
    aggiornamento modificato bijgewerkt gewijzigd laatst opdateret ændret uppdaterad uppdaterat ändrad
    oppdatert endret päivitetty muokattu frissítve frissült módosítva actualizat actualizată обновлено
    изменено aktualizováno upraveno güncelleme güncellenme güncellendi 更新 更新时间 수정 기사수정
    """
)
_FILLERS = FILLERS | words(
    "last zuletzt ostatnia ostatnio this story article was est ist und and et y e i og och ja és și ultima"
    " última último dernière son senest senast sist viimeksi utolsó"
)
_RELATIVE = re.compile(
    r"""(?:(?:published|posted|updated|veröffentlicht|aktualisiert|publié|publicado|pubblicato)?\s*(?::\s*)?
    (?:(?:about\ )?(?:\d{1,3}|an?|one|two|three|four|five|six)
    \ (?:sec|min|hour|hr|day|week|month|year)\w*\ ago
    |(?:vor|il\ y\ a|hace|há|acum)\ (?:\d{1,3}|einer|einem|zwei|drei|une?|una?|uma?)\ \w{2,12}
    |(?:för|for)?\ ?\d{1,3}\ \w{3,9}\ (?:temu|fa|geleden|sedan|siden|sitten|atrás|назад|önce)
    |(?:today|yesterday|heute|gestern|dzisiaj|wczoraj|hier|aujourd['’]hui|ayer|hoy|oggi|ieri|hoje|ontem|vandaag
    |gisteren|i\ dag|i\ går|igår|idag|tänään|eilen|ma|tegnap|azi|сегодня|вчера|bugün|dün)
    (?:,?\ (?:at\ |um\ |o\ |à\ |a\ las\ |alle\ |às\ |om\ |kl\.?\ |klo\ |в\ )?
    \d{1,2}[:.h]\d\d(?:\ (?:uhr|uur))?)?))""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
# Labels and sources in languages without blanks.
_EAST_ASIAN = re.compile("[\u3040-\ud7ff]{1,8}")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class TimestampLine:
    """A parsed timestamp line; `published` is None for an update and for an unclear date."""

    published: PrintedDate | None = None
    updated: PrintedDate | None = None
    notes: tuple[str, ...] = ()
    labelled: bool = False


def read_timestamp_line(line: str, language: str = "") -> TimestampLine | None:
    """Parse a line of only dates and their labels; None for any other line."""
    if not line or len(line) > _LONGEST:
        return None
    if _RELATIVE.fullmatch(line):
        return TimestampLine(notes=(f"«{line}» tells no date by itself",))
    if not _DIGIT.search(line):
        return None
    found, rest = find_dates(line, language)
    if not found or re.search(r"[\d„“”\"?!]", rest):
        return None
    words = [word.casefold() for word in _WORD.findall(rest)]
    if not all(word in _ALLOWED or _EAST_ASIAN.fullmatch(word) for word in words):
        return None
    return _stamp(found, rest.split("\n")[: len(found)])


def says_update(line: str) -> bool:
    """Whether a short line, or label of the next line, is about an update and not the publication."""
    found = set(_WORD.findall(line.casefold())) if len(line) <= _LONGEST else set()
    return not _UPDATED.isdisjoint(found) and _PUBLISHED.isdisjoint(found)


_ALLOWED = _PUBLISHED | _UPDATED | _FILLERS | WEEKDAYS | UNSURE_ZONES | set(ZONES)


def _stamp(found: list[PrintedDate | UnclearDate], labels: list[str]) -> TimestampLine:
    """The first date that is not labelled as an update, and warnings."""
    published: PrintedDate | None = None
    updated: PrintedDate | None = None
    notes: list[str] = []
    for date, label in zip(found, labels, strict=True):
        if not _UPDATED.isdisjoint(_WORD.findall(label.casefold())):
            updated = updated or (date if isinstance(date, PrintedDate) else None)
            continue
        if isinstance(date, UnclearDate):
            notes.append(str(date))
        elif published is None:
            published = date
            notes += [date.note] if date.note else []
    labelled = not (_PUBLISHED | _UPDATED).isdisjoint(_WORD.findall(" ".join(labels).casefold()))
    return TimestampLine(published, updated, tuple(notes), labelled)
