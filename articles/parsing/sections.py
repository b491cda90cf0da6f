"""Recognises the section names of newspapers, also where one runs into a headline."""

import re

from articles.text.word_lists import phrases

_SECTIONS = phrases(
    """
    local news | world news | uk news | us news | national news | regional news | breaking news
    city news | community news | top news | news | local | world | national | international | region
    regional | politics | business | economy | money | markets | finance | technology | tech | science
    health | education | environment | climate | sport | sports | football | cricket | culture | arts
    books | film | music | travel | food | lifestyle | life | style | opinion | comment | letters
    editorial | obituaries | obituary | crime | courts | transport | weather | society | media
    entertainment | entertainment & arts | science & environment | in pictures | business & economy
    arts & culture | europe | africa | asia | americas | middle east | uk | us | magazine | nachrichten
    lokales | lokalnachrichten | politik | wirtschaft | kultur | gesellschaft | wissen | wissenschaft
    panorama | ausland | inland | meinung | kommentar | feuilleton | regionales | stadt | leben | reise
    medien | digital | netzwelt | gesundheit | bildung | umwelt | wiadomości | wiadomości lokalne | kraj
    świat | polska | polityka | gospodarka | biznes | kultura | nauka | zdrowie | edukacja | opinie
    społeczeństwo | publicystyka | środowisko | technologie | miasto | actualités | monde | politique
    économie | société | santé | planète | sciences | opinions | noticias | mundo | política | economía
    sociedad | cultura | deportes | salud | ciencia | opinión | internacional | nacional | actualité | france
    international | économie et finance | sports | débats | idées | régions | faits divers | médias | sucesos
    educación | tecnología | medio ambiente | economia | politica | cronaca | esteri | interni | salute
    scienza | spettacoli | tecnologia | ambiente | opinioni | binnenland | buitenland | politiek | cultuur
    wetenschap | gezondheid | opinie | regio | onderwijs | maatschappij | brasil | portugal | esportes | saúde
    ciência | sociedade | opinião | cotidiano | país | indland | udland | samfund | erhverv | kultur | debat
    meninger | innenriks | utenriks | næringsliv | samfunn | inrikes | utrikes | näringsliv | ekonomi
    åsikter | kotimaa | ulkomaat | politiikka | talous | kulttuuri | urheilu | mielipide | terveys | tiede
    belföld | külföld | gazdaság | kultúra | egészség | tudomány | vélemény | actualitate | externe | economie
    cultură | sănătate | politică | новости | политика | экономика | общество | культура | спорт | наука
    мнения | мир | в мире | россия
    """
)
_GLUED = re.compile(
    "(" + "|".join(re.escape(name) for name in sorted(_SECTIONS, key=len, reverse=True)) + r")(?=\S)",
    re.IGNORECASE,
)
# The look-behind tries only a whole run of blanks; trying each blank would take quadratic time.
_PATH = re.compile(r"(?:(?<!\s)\s+)?[›»>/|•·]\s*|(?<!\s)\s+-\s+")


def is_section(line: str) -> bool:
    """Whether the whole line is a known section name."""
    return len(line) <= 40 and line.casefold().rstrip(":") in _SECTIONS


def section_of_path(line: str) -> str:
    """The last known section of a breadcrumb trail («Home > News > Local News»), or an empty string."""
    steps = [step for step in _PATH.split(line) if step] if len(line) <= 120 else []
    if len(steps) < 2 or not any(is_section(step) for step in steps):
        return ""
    if any(len(step) > 40 or len(step.split()) > 4 for step in steps):
        return ""
    return next(step for step in reversed(steps) if is_section(step))


def glued_section(line: str) -> str:
    """The section name that runs into a headline without a blank: «Local NewsCouncil votes …».

    >>> glued_section("Local NewsCouncil votes to close the library"), glued_section("Newspapers vote")
    ('Local News', '')
    """
    match = _GLUED.match(line)
    if not match or not match[0][0].isupper() or len(match[0]) == len(line):
        return ""
    behind = line[match.end() :]
    begins_anew = behind[0].isupper() and (match[0][-1].islower() or behind[1:2].islower())
    return match[0] if (begins_anew or behind[0] in '“„«‘"') and len(behind.split()) >= 2 else ""
