"""Import speakers from a CSV table: create new ones, fill in existing ones, overwrite nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from articles.ingest.advisory_locks import lock
from articles.ingest.pipeline.importer import Fault
from articles.ingest.speakers.outcomes import Entry, SpeakerRowOutcome, Summary
from articles.models import Alias, ImportBatch, ImportError, Role, Speaker, clock
from articles.models.audit import audit_context
from articles.parsing import RowError
from articles.parsing.decoding import broken_utf16, detect_encoding, no_text
from articles.parsing.tabular.csv_rows import sniff_dialect
from articles.parsing.tabular.speaker_rows import Line, RoleRow, SpeakerRow, SpeakerTableError, speaker_lines
from articles.search.query import fold
from articles.speakers.duplicates import identifier
from articles.speakers.names import free_slugs, speakers_named
from articles.speakers.sort_names import sort_name
from articles.text.folding import name_key

FORMAT = "speakers"
CHUNK_SIZE = 2_000
FILLED = ("description", "sort_name", "same_as")


def read_table(raw: bytes) -> tuple[list[str], Iterable[Line]]:
    """Return the names of unknown columns and the rows of a CSV file; raises `NoTable`."""
    if kind := no_text(raw[:65_536]):
        raise SpeakerTableError(gettext("The file is %(kind)s, not CSV.") % {"kind": kind})
    if broken_utf16(raw):
        raise SpeakerTableError(gettext("The file is damaged: it is not valid UTF-16."))
    coded = detect_encoding(raw)
    text = raw.decode(coded, "replace") if coded == "utf-16" else ""
    raw = text.encode("utf-8", "replace") if text else raw
    return speaker_lines(raw.splitlines(keepends=True), sniff_dialect(raw))


def import_speakers(
    lines: Iterable[Line],
    *,
    source: str,
    started_by: User | None = None,
    pretend: bool = False,
    on_row: Callable[[SpeakerRowOutcome | Fault], None] = lambda one: None,
) -> Summary:
    """Import all valid rows in one transaction; with `pretend` it is rolled back."""
    summary = Summary()
    with transaction.atomic():
        # Two concurrent imports could both create the same speaker.
        lock([FORMAT])
        batch = ImportBatch.objects.create(
            source=source[:2000], options={"door": FORMAT}, started_by=started_by
        )
        table = _Table(batch)
        waiting = iter(lines)
        while chunk := list(islice(waiting, CHUNK_SIZE)):
            table.learn([line.row for line in chunk if line.row])
            for line in chunk:
                one = _import_row(table, line)
                if isinstance(one, Fault):
                    summary.faults.append(one)
                else:
                    summary.outcomes.append(one)
                on_row(one)
            with audit_context(through="import", batch=batch.pk):
                table.store()
        _close(batch, summary)
        summary.batch = batch
        transaction.set_rollback(pretend)
    if pretend:
        summary.batch = None
    return summary


def _not_changed(column: str, stored: str, given: str) -> str:
    return gettext("%(column)s not changed: %(stored)s here, %(given)s in the file") % {
        "column": column,
        "stored": stored,
        "given": given,
    }


def _not_imported(problem: RowError) -> str:
    return gettext("%(column)s not imported: %(value)s %(reason)s") % {
        "column": problem.column,
        "value": f"“{str(problem.value)[:100]}”",
        "reason": problem.reason,
    }


def _import_row(table: _Table, line: Line) -> SpeakerRowOutcome | Fault:
    try:
        if line.row is None:
            raise line.error or RowError("", "", gettext("cannot be read"))
        return table.take(line.number, line.row)
    except RowError as error:
        return Fault(line.number, error.column, str(error.value)[:500], error.reason)


def _close(batch: ImportBatch, summary: Summary) -> None:
    ImportError.objects.bulk_create(
        ImportError(batch=batch, row=f.row, column=f.column[:200], value=f.value, reason=f.reason[:1000])
        for f in summary.faults
    )
    batch.rows_read, batch.rows_bad = summary.read, len(summary.faults)
    batch.rows_added = batch.speakers_created = summary.made
    batch.rows_changed, batch.rows_present = summary.changed, summary.present
    batch.options |= {
        "kept": [
            f"row {one.number}, {one.entry.speaker.name}: {k}" for one in summary.outcomes for k in one.kept
        ]
    }
    batch.finished_at = clock.now()
    batch.save()


class _Table:
    """The speakers that the rows are about, indexed by name and identifier."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.entries: dict[int, Entry] = {}
        self.named: dict[Hashable, list[Entry]] = defaultdict(list)
        self.known: dict[str, list[Entry]] = defaultdict(list)
        # Those that this table makes, by all spellings of their names.
        self.made: dict[str, list[Entry]] = defaultdict(list)
        self.slugs: dict[str, str] = {}
        self._elsewhere: dict[str, list[int]] | None = None
        self._touched: dict[int, Entry] = {}
        self._aliases: list[Alias] = []
        self._roles: list[Role] = []

    def learn(self, rows: list[SpeakerRow]) -> None:
        """Load all speakers that these rows may be about."""
        if self._elsewhere is None:
            self._elsewhere = defaultdict(list)
            addresses = Speaker.objects.canonical().exclude(same_as="").values_list("pk", "same_as")
            for pk, same_as in addresses:
                self._elsewhere[identifier(same_as)].append(pk)
        names = {row.name for row in rows} | {alias for row in rows for alias, _ in row.aliases}
        bearing = speakers_named(names)
        identifiers = {identifier(row.same_as) for row in rows if row.same_as}
        wanted = {pk for ids in bearing.values() for pk in ids}
        wanted |= {pk for one in identifiers for pk in self._elsewhere.get(one, ())}
        unnamed = set(_unnamed(rows))
        wanted |= unnamed
        found = Speaker.objects.prefetch_related("aliases", "roles").in_bulk(wanted - self.entries.keys())
        for pk, speaker in found.items():
            self.entries[pk] = _entry_of(speaker)
        for name, ids in bearing.items():
            self._put(self.named[name], (self.entries[pk] for pk in ids))
        for pk in unnamed:
            self._put(self.named[_key(self.entries[pk].speaker)], [self.entries[pk]])
        for one in identifiers:
            self._put(self.known[one], (self.entries[pk] for pk in self._elsewhere.get(one, ())))
        fresh = {row.name for row in rows if row.name not in self.slugs and not self.named.get(_key(row))}
        self.slugs |= free_slugs(Speaker, sorted(fresh)) if fresh else {}

    @staticmethod
    def _put(entries: list[Entry], more: Iterable[Entry]) -> None:
        entries.extend(entry for entry in more if entry not in entries)

    def take(self, number: int, row: SpeakerRow) -> SpeakerRowOutcome:
        """Make or complete the speaker that the row is about; raises `RowError`, having changed nothing."""
        entry = self._about(row)
        self._refuse_names_of_others(row, entry)
        made = entry is None
        kept = [_not_imported(problem) for problem in row.problems]
        if entry is None:
            entry = self._make(row)
        added = [
            *self._fill(entry, row, kept, made),
            *self._add_aliases(entry, row, kept),
            *self._add_roles(entry, row, kept),
        ]
        return SpeakerRowOutcome(number, entry, made, tuple(added), tuple(kept))

    def _about(self, row: SpeakerRow) -> Entry | None:
        """Find the speaker by identifier, then by name; raises `RowError` if ambiguous."""
        if row.same_as and (known := self.known.get(identifier(row.same_as), [])):
            if len(known) > 1:
                raise RowError(
                    "same_as",
                    row.same_as,
                    gettext("used by %(speakers)s: merge them first") % {"speakers": _list(known)},
                )
            return known[0]
        named = self.named.get(_key(row), []) or self._spelt(row)
        if len(named) > 1:
            raise RowError(
                "name",
                row.name,
                gettext("name of %(speakers)s: add the identifier of the right one")
                % {"speakers": _list(named)},
            )
        entry = named[0] if named else None
        if entry and row.same_as and entry.speaker.same_as:
            raise RowError(
                "same_as",
                row.same_as,
                gettext("%(speaker)s has this name and the identifier %(link)s")
                % {"speaker": entry.shown, "link": entry.speaker.same_as},
            )
        return entry

    def _spelt(self, row: SpeakerRow) -> list[Entry]:
        return [] if row.kind == Speaker.Kind.UNNAMED else self.made.get(name_key(row.name), [])

    def _refuse_names_of_others(self, row: SpeakerRow, entry: Entry | None) -> None:
        borne = [("name", row.name, _key(row)), *(("aliases", alias, alias) for alias, _ in row.aliases)]
        for column, name, key in borne:
            others = [other for other in self.named.get(key, []) if other is not entry]
            if others:
                words = {"others": _list(others), "speaker": entry.shown if entry else ""}
                of_another = gettext("name of %(others)s; this row is about %(speaker)s")
                raise RowError(column, name, (of_another if entry else gettext("name of %(others)s")) % words)

    def _make(self, row: SpeakerRow) -> Entry:
        kind = row.kind or Speaker.Kind.PERSON
        speaker = Speaker(
            name=row.name,
            slug=self.slugs[row.name],
            kind=kind,
            description=row.description,
            sort_name=row.sort_name or sort_name(row.name, kind)[:500],
            same_as=row.same_as,
            noindex=bool(row.noindex),
            import_batch=self.batch,
        )
        entry = Entry(speaker, new=True)
        self.named[_key(row)].append(entry)
        if kind != Speaker.Kind.UNNAMED:
            self.made[name_key(row.name)].append(entry)
        if row.same_as:
            self.known[identifier(row.same_as)].append(entry)
        self._touched[id(entry)] = entry
        return entry

    def _fill(self, entry: Entry, row: SpeakerRow, kept: list[str], made: bool) -> Iterable[str]:
        """Fill in empty columns; add values that differ from stored ones to `kept`."""
        if made:
            return
        speaker = entry.speaker
        for name in FILLED:
            given, stored = getattr(row, name), getattr(speaker, name)
            if given and not stored:
                self._set(entry, name, given)
                yield f"{name}: {given}"
            elif (
                given
                and given != stored
                and not (name == "same_as" and identifier(given) == identifier(stored))
            ):
                kept.append(_not_changed(name, f"“{stored}”", f"“{given}”"))
        if row.kind and row.kind != speaker.kind:
            kept.append(_not_changed("kind", speaker.kind, row.kind))
        if row.noindex and not speaker.noindex:
            self._set(entry, "noindex", True)
            yield "noindex"
        elif row.noindex is False and speaker.noindex:
            kept.append(_not_changed("noindex", "yes", "no"))

    def _set(self, entry: Entry, name: str, value: str | bool) -> None:
        setattr(entry.speaker, name, value)
        entry.filled.add(name)
        self._touched[id(entry)] = entry
        if name == "same_as":
            self.known[identifier(str(value))].append(entry)

    def _add_aliases(self, entry: Entry, row: SpeakerRow, kept: list[str]) -> Iterable[str]:
        """Add the row's aliases; if its name differs from the speaker's, add it as a spelling."""
        given = {row.name: Alias.Kind.SPELLING.value} | dict(row.aliases)
        for name, kind in given.items():
            if name == entry.speaker.name:
                continue
            if name in entry.aliases:
                if entry.aliases[name] != kind and name != row.name:
                    kept.append(_not_changed(f"alias {name}", entry.aliases[name], kind))
                continue
            entry.aliases[name] = kind
            self.named[name].append(entry)
            self._aliases.append(Alias(speaker=entry.speaker, name=name, kind=kind, import_batch=self.batch))
            yield f"alias: {name}"

    def _add_roles(self, entry: Entry, row: SpeakerRow, kept: list[str]) -> Iterable[str]:
        for role in row.roles:
            if role in entry.roles:
                continue
            if same := next((one for one in entry.roles if _meet(one, role)), None):
                kept.append(_not_changed("role", _role_text(same), _role_text(role)))
                continue
            entry.roles.append(role)
            self._roles.append(
                Role(
                    speaker=entry.speaker, title=role.title, organisation=role.organisation,
                    since=role.since, until=role.until, import_batch=self.batch,
                )
            )  # fmt: skip
            yield f"role: {_role_text(role)}"

    def store(self) -> None:
        """Write the speakers, aliases and roles that rows have added since the last call."""
        touched = list(self._touched.values())
        Speaker.objects.bulk_create(entry.speaker for entry in touched if entry.speaker.pk is None)
        for entry in touched:
            if not entry.new:
                entry.speaker.save(update_fields=sorted(entry.filled))
            entry.new = False
            entry.filled.clear()
        # They were created before their speaker had an id; assigning it again sets the column.
        for alias in self._aliases:
            alias.speaker = alias.speaker
        for role in self._roles:
            role.speaker = role.speaker
        Alias.objects.bulk_create(self._aliases)
        Role.objects.bulk_create(self._roles)
        self._touched, self._aliases, self._roles = {}, [], []


def _key(one: Speaker | SpeakerRow) -> Hashable:
    """Return the key by which rows and speakers match; unnamed speakers match only one another."""
    return (one.kind, one.name) if one.kind == Speaker.Kind.UNNAMED else one.name


def _unnamed(rows: Iterable[SpeakerRow]) -> Iterable[int]:
    names = {row.name for row in rows if row.kind == Speaker.Kind.UNNAMED}
    found = Speaker.objects.canonical().filter(kind=Speaker.Kind.UNNAMED, name__in=names)
    return found.values_list("pk", flat=True) if names else ()


def _entry_of(speaker: Speaker) -> Entry:
    return Entry(
        speaker,
        new=False,
        aliases={alias.name: alias.kind for alias in speaker.aliases.all()},
        roles=[
            RoleRow(role.title, role.organisation, role.since, role.until) for role in speaker.roles.all()
        ],
    )


def _list(entries: Iterable[Entry]) -> str:
    return " and ".join(entry.shown for entry in entries)


def _meet(one: RoleRow, other: RoleRow) -> bool:
    """Whether both are the same role at overlapping or unknown times, so that they contradict each other."""
    if (fold(one.title), fold(one.organisation)) != (fold(other.title), fold(other.organisation)):
        return False
    apart = (one.until and other.since and one.until < other.since) or (
        other.until and one.since and other.until < one.since
    )
    return not apart


def _role_text(role: RoleRow) -> str:
    name = f"{role.title}, {role.organisation}" if role.organisation else role.title
    return f"{name} ({role.since or ''}–{role.until or ''})" if role.since or role.until else name
