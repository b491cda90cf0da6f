"""Labels, help texts and messages in plain words. They change no table."""

from django.db import migrations
from django.db.migrations.operations.base import Operation

# By model: its names, the texts of its fields, and the messages of its constraints.
TEXTS = {
    "alias": {
        "names": {"verbose_name": "other name", "verbose_name_plural": "other names"},
        "fields": {
            "speaker": {"verbose_name": "speaker"},
            "name": {"verbose_name": "name"},
            "kind": {
                "verbose_name": "type",
                "choices": [
                    ("spelling", "Spelling"),
                    ("former", "Former name"),
                    ("transliteration", "Transliteration"),
                    ("pen name", "Pen name"),
                ],
            },
            "import_batch": {"verbose_name": "import"},
        },
    },
    "article": {
        "names": {"verbose_name": "article", "verbose_name_plural": "articles"},
        "fields": {
            "publication": {"verbose_name": "publication"},
            "section": {"verbose_name": "section"},
            "headline": {"verbose_name": "headline"},
            "kicker": {"verbose_name": "kicker"},
            "standfirst": {"verbose_name": "standfirst"},
            "byline": {"verbose_name": "byline", "help_text": "As published."},
            "dateline": {"verbose_name": "dateline"},
            "body": {"verbose_name": "text"},
            "language": {"verbose_name": "language"},
            "edition": {"verbose_name": "edition"},
            "page": {"verbose_name": "page", "help_text": "As published."},
            "source_url": {"verbose_name": "link"},
            "canonical_url": {"verbose_name": "canonical link"},
            "archived_url": {"verbose_name": "archived copy"},
            "external_id": {"verbose_name": "ID at the source"},
            "published_on": {
                "verbose_name": "date published",
                "help_text": "For a month or a year, its first day.",
            },
            "published_precision": {"verbose_name": "precision of the date"},
            "published_at": {"verbose_name": "time published"},
            "visible_from": {"verbose_name": "visible from", "help_text": "Not public before this time."},
            "first_public_at": {"verbose_name": "first public at"},
            "modified_at": {"verbose_name": "last changed"},
            "retrieved_at": {"verbose_name": "retrieved at"},
            "status": {
                "verbose_name": "status",
                "choices": [
                    ("draft", "Draft"),
                    ("usable", "Published"),
                    ("withheld", "Withheld"),
                    ("canceled", "Withdrawn"),
                ],
            },
            "withheld_reason": {
                "verbose_name": "reason for withholding",
                "help_text": "Shown to editors only.",
            },
            "review_on": {
                "verbose_name": "review on",
                "help_text": "Day on which to review a withheld article.",
            },
            "quotes_state": {
                "verbose_name": "quotes",
                "choices": [
                    ("unread", "Not checked yet"),
                    ("rule", "Found automatically, not checked"),
                    ("part", "Partly checked by an editor"),
                    ("read", "Checked by an editor"),
                ],
            },
            "body_hash": {
                "verbose_name": "hash of the text",
                "help_text": "SHA-256, computed by the database.",
            },
            "version": {"verbose_name": "version", "help_text": "Number of saves."},
            "copy_of": {
                "verbose_name": "copy of",
                "help_text": "The article in another publication with the same text.",
            },
            "version_of": {"verbose_name": "version of", "help_text": "The newer version of this article."},
            "import_batch": {"verbose_name": "import"},
            "extra": {
                "verbose_name": "other data",
                "help_text": "Data from the import that has no field of its own.",
            },
            "topics": {"verbose_name": "topics"},
            "authors": {"verbose_name": "authors"},
        },
        "constraints": {
            "article_same_text_and_headline": "The archive already has an article with this text, headline, publication and date.",
            "article_published_precision": "Enter both a date and its precision. For a month or a year, enter its first day.",
            "article_published_at_has_day": "To give a time, enter the day and choose the precision “day”.",
            "article_not_its_own_copy": "An article cannot be a copy or version of itself.",
        },
    },
    "articletopic": {
        "names": {"verbose_name": "topic of an article", "verbose_name_plural": "topics of articles"},
        "fields": {
            "article": {"verbose_name": "article"},
            "topic": {"verbose_name": "topic"},
        },
    },
    "authorship": {
        "names": {"verbose_name": "author", "verbose_name_plural": "authors"},
        "fields": {
            "article": {"verbose_name": "article"},
            "speaker": {"verbose_name": "author"},
            "position": {"verbose_name": "position"},
        },
    },
    "creditdecision": {
        "names": {"verbose_name": "decision on same words", "verbose_name_plural": "decisions on same words"},
        "fields": {
            "words": {"help_text": "The first words of the quotes."},
        },
    },
    "deed": {
        "fields": {
            "through": {"help_text": "Editors’ pages, public pages or command; empty for the shell."},
            "kind": {
                "choices": [
                    ("add", "Added"),
                    ("change", "Changed"),
                    ("delete", "Deleted"),
                    ("import", "Imported"),
                    ("login", "Signed in"),
                    ("account", "Changed an account"),
                    ("role", "Changed permissions"),
                    ("act", "Made a group of changes"),
                    ("taken back", "Undid a group of changes"),
                ]
            },
            "about": {"help_text": "Type of record."},
            "what": {"help_text": "Fields changed, or a summary of the change."},
            "act": {"help_text": "Group of changes that is undone together."},
        },
    },
    "failedsearch": {
        "names": {
            "verbose_name": "search without results",
            "verbose_name_plural": "searches without results",
        },
        "fields": {
            "kind": {"choices": [("articles", "Articles"), ("quotes", "Quotes")]},
            "words": {"help_text": "The query in canonical form."},
        },
    },
    "holding": {
        "fields": {
            "thing_id": {"help_text": "Null for quotes without a speaker."},
            "period": {
                "help_text": "First day of the month (publications) or of the year (sections, topics)."
            },
            "whole_year": {"help_text": "Whether only the year is known."},
            "quotes_state": {"help_text": "State of the articles’ quotes; for quotes, who checked them."},
            "embargo": {"help_text": "Not counted before this time."},
        },
    },
    "image": {
        "names": {"verbose_name": "picture", "verbose_name_plural": "pictures"},
        "fields": {
            "article": {"verbose_name": "article"},
            "caption": {"verbose_name": "caption"},
            "credit": {"verbose_name": "credit"},
            "url": {"verbose_name": "link"},
            "position": {"verbose_name": "position"},
        },
    },
    "importbatch": {
        "names": {"verbose_name": "import", "verbose_name_plural": "imports"},
        "fields": {
            "source": {"verbose_name": "source", "help_text": "Name of the file or link."},
            "options": {"verbose_name": "options"},
            "started_by": {"verbose_name": "started by"},
            "started_at": {"verbose_name": "started at"},
            "finished_at": {"verbose_name": "finished at"},
            "undone_at": {"verbose_name": "undone at"},
            "rows_read": {"verbose_name": "rows read"},
            "rows_added": {"verbose_name": "rows added"},
            "rows_present": {
                "verbose_name": "rows already in the archive",
                "help_text": "Already in the archive and unchanged.",
            },
            "rows_changed": {"verbose_name": "rows changed"},
            "rows_bad": {"verbose_name": "rows with errors"},
            "quotes_proposed": {"verbose_name": "quotes found"},
            "quotes_accepted": {"verbose_name": "quotes accepted"},
            "speakers_created": {"verbose_name": "speakers added"},
        },
    },
    "importerror": {
        "names": {"verbose_name": "row with an error", "verbose_name_plural": "rows with errors"},
        "fields": {
            "batch": {"verbose_name": "import"},
            "row": {"verbose_name": "row", "help_text": "The first row is 1."},
            "column": {"verbose_name": "column"},
            "value": {"verbose_name": "value", "help_text": "First 500 characters."},
            "reason": {"verbose_name": "reason"},
        },
    },
    "namedecision": {
        "names": {"verbose_name": "name decision", "verbose_name_plural": "name decisions"},
        "fields": {
            "meaning": {
                "choices": [
                    ("speaker", "This speaker"),
                    ("description", "A description, not a name"),
                    ("no source", "Not a speaker"),
                ]
            },
        },
    },
    "namescope": {
        "names": {
            "verbose_name": "scope of a name decision",
            "verbose_name_plural": "scopes of name decisions",
        },
    },
    "note": {
        "names": {
            "verbose_name": "editor’s note in the text",
            "verbose_name_plural": "editor’s notes in the text",
        },
        "fields": {
            "article": {"verbose_name": "article"},
            "start": {"verbose_name": "start"},
            "end": {"verbose_name": "end"},
        },
    },
    "notice": {
        "names": {"verbose_name": "notice", "verbose_name_plural": "notices"},
        "fields": {
            "article": {"verbose_name": "article"},
            "quote": {"verbose_name": "quote"},
            "kind": {"verbose_name": "type"},
            "whose": {
                "verbose_name": "published by",
                "choices": [("ours", "This archive"), ("the paper's", "The publication")],
            },
            "text": {"verbose_name": "text"},
            "dated": {"verbose_name": "date"},
        },
    },
    "oldaddress": {
        "names": {"verbose_name": "former link", "verbose_name_plural": "former links"},
        "fields": {
            "address": {"help_text": "The former name in the link, or the whole former path."},
        },
    },
    "pastquotedocument": {
        "fields": {
            "published_until": {"help_text": "For a month or a year, its last day."},
            "lossy": {"help_text": "Whether some word positions did not fit; phrases then need the text."},
            "checked": {"help_text": "Either “person” or “rule”."},
        },
    },
    "pastsearchdocument": {
        "fields": {
            "published_until": {"help_text": "For a month or a year, its last day."},
            "lossy": {"help_text": "Whether some word positions did not fit; phrases then need the text."},
            "speaker_ids": {"help_text": "Speakers of the accepted quotes."},
            "kinds": {"help_text": "Types of the accepted quotes: 1 direct, 2 mixed, 4 question, 8 answer."},
        },
    },
    "publication": {
        "names": {"verbose_name": "publication", "verbose_name_plural": "publications"},
        "fields": {
            "name": {"verbose_name": "name"},
            "slug": {"verbose_name": "name in the link"},
            "aliases": {"verbose_name": "other names"},
            "homepage": {"verbose_name": "website"},
            "country": {"verbose_name": "country", "help_text": "Two-letter ISO 3166 code, such as IE."},
            "language": {"verbose_name": "language"},
            "time_zone": {"verbose_name": "time zone", "help_text": "For example Europe/Dublin."},
            "full_text": {
                "verbose_name": "text shown to readers",
                "choices": [("public", "Full text"), ("excerpt", "Extract only")],
            },
        },
        "constraints": {"publication_time_zone": "Enter a time zone such as Europe/Dublin."},
    },
    "quote": {
        "names": {"verbose_name": "quote", "verbose_name_plural": "quotes"},
        "fields": {
            "article": {"verbose_name": "article"},
            "part": {
                "verbose_name": "part",
                "choices": [
                    ("headline", "Headline"),
                    ("standfirst", "Standfirst"),
                    ("caption", "Caption"),
                    ("body", "Text"),
                ],
            },
            "image": {"verbose_name": "image", "help_text": "The picture whose caption contains the quote."},
            "speaker": {"verbose_name": "speaker"},
            "source": {
                "verbose_name": "named as",
                "help_text": "The words in the article that name the speaker.",
            },
            "cue": {"verbose_name": "reporting verb"},
            "role_as_printed": {"verbose_name": "role in the article"},
            "name_as_printed": {
                "verbose_name": "full name in the article",
                "help_text": "The fullest name of the speaker in the article, or a description.",
            },
            "name_decision": {
                "verbose_name": "name decision",
                "help_text": "The decision on a name that linked the speaker.",
            },
            "kind": {
                "verbose_name": "type",
                "choices": [
                    ("direct", "Full quote"),
                    ("mixed", "Partial quote"),
                    ("question", "Question"),
                    ("answer", "Answer"),
                ],
            },
            "turn": {"verbose_name": "turn"},
            "inside": {"verbose_name": "inside quote"},
            "channel": {"verbose_name": "channel"},
            "start": {"verbose_name": "start"},
            "end": {"verbose_name": "end"},
            "spans": {"verbose_name": "spans"},
            "text": {"verbose_name": "text"},
            "prefix": {"verbose_name": "prefix"},
            "suffix": {"verbose_name": "suffix"},
            "lost_at": {
                "verbose_name": "lost at",
                "help_text": "When an edit of the article removed these words.",
            },
            "status": {
                "verbose_name": "decision",
                "choices": [("pending", "Undecided"), ("accepted", "Accepted"), ("rejected", "Rejected")],
            },
            "standing": {
                "verbose_name": "status",
                "choices": [
                    ("unreviewed", "Not reviewed"),
                    ("confirmed", "Confirmed"),
                    ("disputed", "Disputed"),
                    ("misattributed", "Misattributed"),
                    ("corrected", "Corrected"),
                    ("withdrawn", "Withdrawn"),
                ],
            },
            "credited_to": {
                "verbose_name": "misattributed to",
                "help_text": "The speaker whom the publication named by mistake.",
            },
            "said_on": {"verbose_name": "date said"},
            "said_precision": {"verbose_name": "precision of the date said"},
            "said_as_printed": {"verbose_name": "date said, as published"},
            "translated": {"verbose_name": "translated"},
            "original_url": {"verbose_name": "link to the original"},
            "rule": {"verbose_name": "rule"},
            "confidence": {"verbose_name": "confidence"},
            "words_corrected": {
                "verbose_name": "words corrected",
                "help_text": "Whether an editor changed the words we found.",
            },
            "speaker_corrected": {
                "verbose_name": "speaker corrected",
                "help_text": "Whether an editor changed the speaker we found.",
            },
            "decided_by": {"verbose_name": "checked by"},
            "decided_through": {
                "verbose_name": "decided on",
                "choices": [("desk", "Editors’ pages"), ("batch", "Import"), ("command", "Command line")],
            },
            "decided_at": {"verbose_name": "decided at"},
            "first_public_at": {"verbose_name": "first public at"},
            "position": {"verbose_name": "position"},
        },
        "constraints": {
            "quote_said_precision": "Enter both a date and its precision. For a month or a year, enter its first day."
        },
    },
    "quotedocument": {
        "fields": {
            "published_until": {"help_text": "For a month or a year, its last day."},
            "lossy": {"help_text": "Whether some word positions did not fit; phrases then need the text."},
            "written_at": {"help_text": "Start of the transaction that wrote this version."},
            "checked": {"help_text": "Either “person” or “rule”."},
        },
    },
    "rawdocument": {
        "names": {"verbose_name": "original document", "verbose_name_plural": "original documents"},
        "fields": {
            "article": {"verbose_name": "article"},
            "bytes": {"verbose_name": "content"},
            "media_type": {"verbose_name": "media type"},
            "sha256": {"verbose_name": "SHA-256", "help_text": "Computed by the database."},
            "origin": {"verbose_name": "origin", "help_text": "Pasted text, name of the file, or link."},
            "received_at": {"verbose_name": "received at"},
        },
    },
    "report": {
        "names": {"verbose_name": "report", "verbose_name_plural": "reports"},
        "fields": {
            "remark": {"help_text": "The reader’s message; deleted after some months."},
            "token_hash": {"help_text": "Hash of the secret part of the reader’s link."},
            "outcome": {
                "choices": [
                    ("ours", "Our mistake"),
                    ("the paper's", "The publication’s mistake"),
                    ("refused", "No change"),
                ]
            },
            "reason": {"help_text": "Reason shown to the reader."},
            "decision": {"help_text": "Group of changes that decided this report."},
        },
    },
    "role": {
        "names": {"verbose_name": "role", "verbose_name_plural": "roles"},
        "fields": {
            "speaker": {"verbose_name": "speaker"},
            "title": {"verbose_name": "title"},
            "organisation": {"verbose_name": "organisation"},
            "since": {"verbose_name": "from"},
            "until": {"verbose_name": "to", "help_text": "Last day in the role."},
            "import_batch": {"verbose_name": "import"},
        },
        "constraints": {"role_period": "The last day must be on or after the first day."},
    },
    "ruleswitch": {
        "names": {"verbose_name": "rule turned off", "verbose_name_plural": "rules turned off"},
        "fields": {
            "since": {"help_text": "Published on or after this day; empty for all articles."},
        },
    },
    "searchdocument": {
        "fields": {
            "published_until": {"help_text": "For a month or a year, its last day."},
            "lossy": {"help_text": "Whether some word positions did not fit; phrases then need the text."},
            "written_at": {"help_text": "Start of the transaction that wrote this version."},
            "speaker_ids": {"help_text": "Speakers of the accepted quotes."},
            "kinds": {"help_text": "Types of the accepted quotes: 1 direct, 2 mixed, 4 question, 8 answer."},
        },
    },
    "section": {
        "names": {"verbose_name": "section", "verbose_name_plural": "sections"},
        "fields": {
            "name": {"verbose_name": "name"},
            "slug": {"verbose_name": "name in the link"},
            "aliases": {"verbose_name": "other names"},
        },
    },
    "signature": {
        "fields": {
            "made_by": {"help_text": "Version of the method."},
        },
    },
    "speaker": {
        "names": {"verbose_name": "speaker", "verbose_name_plural": "speakers"},
        "fields": {
            "name": {"verbose_name": "name"},
            "slug": {"verbose_name": "name in the link"},
            "kind": {"verbose_name": "type"},
            "description": {"verbose_name": "description"},
            "sort_name": {
                "verbose_name": "sort name",
                "help_text": "Name for alphabetical lists, for example Okafor, Ada.",
            },
            "same_as": {"verbose_name": "link to the same speaker elsewhere"},
            "merged_into": {"verbose_name": "merged into"},
            "noindex": {
                "verbose_name": "hide from search engines",
                "help_text": "Ask search engines not to list this speaker’s page.",
            },
            "import_batch": {"verbose_name": "import", "help_text": "The import that added this speaker."},
        },
        "constraints": {
            "speaker_not_merged_into_itself": "Choose a different speaker.",
            "speaker_slug_is_no_page": "This name in the link is used by a page of the archive. Choose another.",
        },
    },
    "speakerstoldapart": {
        "names": {
            "verbose_name": "pair of different speakers",
            "verbose_name_plural": "pairs of different speakers",
        },
    },
    "suggestedsearch": {
        "names": {"verbose_name": "suggested search"},
        "fields": {
            "kind": {
                "verbose_name": "searched in",
                "choices": [("articles", "Articles"), ("quotes", "Quotes")],
            },
            "words": {"verbose_name": "words", "help_text": "The query in canonical form."},
            "leads_to": {
                "verbose_name": "search to suggest",
                "help_text": "Words to search for instead, or a link to a search in this archive.",
            },
            "note": {"verbose_name": "note", "help_text": "Why you suggest this search. Shown to readers."},
        },
    },
    "toldapart": {
        "names": {
            "verbose_name": "pair of different articles",
            "verbose_name_plural": "pairs of different articles",
        },
    },
    "topic": {
        "names": {"verbose_name": "topic", "verbose_name_plural": "topics"},
        "fields": {
            "name": {"verbose_name": "name"},
            "slug": {"verbose_name": "name in the link"},
            "aliases": {"verbose_name": "other names"},
        },
    },
    "turn": {
        "names": {"verbose_name": "interview turn", "verbose_name_plural": "interview turns"},
        "fields": {
            "article": {"verbose_name": "article"},
            "start": {"verbose_name": "start"},
            "end": {"verbose_name": "end"},
            "role": {
                "verbose_name": "role",
                "choices": [("question", "Question"), ("answer", "Answer"), ("narration", "Not a turn")],
            },
            "source": {"verbose_name": "source", "help_text": "The label in the article."},
            "speaker": {"verbose_name": "speaker"},
            "labelled": {
                "verbose_name": "labelled",
                "help_text": "Whether the article labels this turn. If not, its start is inferred.",
            },
            "confidence": {"verbose_name": "confidence"},
            "position": {"verbose_name": "position"},
        },
    },
}


class ChangeTexts(Operation):
    """One step in place of 375 operations, each of which would build the models again."""

    def state_forwards(self, app_label, state):
        for name, texts in TEXTS.items():
            model = state.models[app_label, name]
            model.options.update(texts.get("names", {}))
            model.options["constraints"] = [
                _with_message(one, texts.get("constraints", {}))
                for one in model.options.get("constraints", [])
            ]
            for changed in (model, state.models.get((app_label, f"{name}event"))):
                for field, words in texts.get("fields", {}).items():
                    if changed and field in changed.fields:
                        changed.fields[field] = _with_words(changed.fields[field], words)
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        pass

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass

    def describe(self):
        return "Change labels, help texts and messages"


def _with_words(field, words):
    _, _, args, kwargs = field.deconstruct()
    return type(field)(
        *args, **{**kwargs, **{key: value for key, value in words.items() if value is not None}}
    )


def _with_message(constraint, messages):
    if constraint.name not in messages:
        return constraint
    _, args, kwargs = constraint.deconstruct()
    return type(constraint)(*args, **{**kwargs, "violation_error_message": messages[constraint.name]})


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_quote_shares")]

    operations = [ChangeTexts()]
