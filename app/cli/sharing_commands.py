"""The commands that write an event as a file, and import such files."""

import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from app import preferences, private_files, sharing
from app.cli.exit_codes import DONE, FAILED
from app.plain_text import plural, say
from app.preferences import PreferencesError
from app.settings import Settings
from app.sharing.exports import HTML, Export, Source
from app.store.database import open_existing
from app.store.inbox.lists import events as event_store


def import_files(settings: Settings, given: Namespace) -> int:
    """Post each file to the running engine; fails when one of them was not imported."""
    done = 0
    for path in given.files:
        try:
            body = sharing.import_files.read(path)
        except sharing.import_files.CannotImport as error:
            say(error, error=True)
            continue
        result = sharing.sending.send(settings, body, path.name)
        say(result.message, error=not result.ok)
        done += result.ok
    if len(given.files) > 1:
        say(f"{done:,} of {plural(len(given.files), 'file')} imported.")
    return DONE if done == len(given.files) else FAILED


def export(settings: Settings, given: Namespace) -> int:
    """Write one event as a file, or to stdout."""
    source = _source(settings, given.event_id)
    if source is None:
        say(f"There is no event {given.event_id} in {settings.data_dir}.", error=True)
        return FAILED
    try:
        chosen = preferences.read(settings.data_dir)
    except PreferencesError as error:
        # Without them a person's own patterns would not be applied: nothing goes.
        say(error, error=True)
        return FAILED
    parts = sharing.what_goes.Parts(**dict.fromkeys(given.without, False))
    made = sharing.exports.made(source, given.form or HTML, chosen, parts)
    if not made.is_searched and not given.as_it_came:
        say(f"{' '.join(made.notes)} Give --as-it-came to write it all the same.", error=True)
        return FAILED
    return _written(made, given.output)


def _source(settings: Settings, event_id: str) -> Source | None:
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        pk = event_store.find(connection, event_id)
        return None if pk is None else sharing.exports.read(connection, pk)


def _written(made: Export, output: Path | None) -> int:
    for sentence in (*made.notes, sharing.exports.hidden_text(made)):
        say(sentence, error=True)
    if output is None:
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
        return DONE
    try:
        private_files.write(output, made.data)
    except OSError as error:
        say(f"{output} cannot be written: {error.strerror or error}.", error=True)
        return FAILED
    say(f"Written to {output}.", error=True)
    return DONE
