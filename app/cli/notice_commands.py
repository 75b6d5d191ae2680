"""The commands about notices: `channels` and `notices`. A channel's URL is never printed."""

import sys
from argparse import Namespace
from contextlib import closing

from app import cli, notifications, store
from app.cli.exit_codes import FAILED
from app.cli.json_lines import as_json
from app.clock import now_micros
from app.model import Level, from_micros
from app.notifications import directory
from app.notifications.channel_words import USABLE
from app.plain_text import say
from app.program_command import NAME
from app.settings import Settings
from app.store.database import Database, open_existing
from app.store.notices.channels import Channel, NameTaken

TRIED_TITLE = "A test from Arecibo"
TRIED_BODY = "Somebody tries whether notices arrive here. They do."


def channels(settings: Settings, given: Namespace) -> int:
    """List channels, or add, remove or try one, as `given.act` says."""
    if given.act == "check":
        return _check(given.url)
    with closing(open_existing(settings.data_dir)) as database:
        if given.act is None:
            return _list_channels(database, given)
        if given.act == "add":
            return _add(database, given)
        with database.reading() as connection:
            channel = store.channels.named(connection, given.name)
        if channel is None:
            say(f"There is no channel named {given.name}. `{NAME} channels` lists them.", error=True)
            return FAILED
        return _try(database, channel) if given.act == "try" else _remove(database, channel)


def notices(settings: Settings, given: Namespace) -> int:
    """List the notices that were sent, wait to be sent or were not sent, and why."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        found = store.notice_list.listed(connection, given.limit)
    if given.json:
        for notice in found:
            print(as_json(notice))
        return 0
    cli.printing.print_notices(cli.printing.terminal(), found)
    return 0


def _list_channels(database: Database, given: Namespace) -> int:
    with database.reading() as connection:
        found = directory.all_channels(connection)
    if given.json:
        for channel in found:
            sent = None if channel.last_sent is None else from_micros(channel.last_sent)
            about = {
                "id": channel.id,
                "name": channel.name,
                "where": channel.where,
                "enabled": channel.enabled,
            }
            print(as_json(about | {"last_sent": sent, "last_error": channel.last_error}))
        return 0
    cli.printing.print_channels(cli.printing.terminal(), found)
    return 0


def _add(database: Database, given: Namespace) -> int:
    # Arguments are visible to all users of this machine while the process runs: `-` reads the URL from stdin.
    url = sys.stdin.readline().strip() if given.url == "-" else given.url
    try:
        notifications.channels.check(url)
        with database.writing() as connection:
            channel = directory.add_channel(connection, given.name, url)
    except (notifications.channels.ChannelUnusable, NameTaken) as error:
        say(error, error=True)
        return FAILED
    say(f"Added {channel.name}: {channel.where}. A rule decides what it is told of.")
    return 0


def _check(url: str) -> int:
    """Say whether a service is known for the URL; with `-`, for each line of stdin, in a line of its own."""
    # Loaded before the first line is there: that takes longest.
    check, unusable = notifications.channels.check, notifications.channels.ChannelUnusable
    outcome = 0
    for line in (text.strip() for text in sys.stdin) if url == "-" else (url,):
        try:
            check(line)
        except unusable as error:
            say(error, error=url != "-", flush=True)
            outcome = FAILED
        else:
            say(USABLE, flush=True)
    return outcome


def _remove(database: Database, channel: Channel) -> int:
    with database.writing() as connection:
        directory.remove_channel(connection, channel)
    say(f"Removed {channel.name}.")
    return 0


def _try(database: Database, channel: Channel) -> int:
    error = notifications.channels.deliver(channel.url, Level.INFO, TRIED_TITLE, TRIED_BODY)
    with database.writing() as connection:
        store.channels.record_outcome(connection, channel.id, error=error, now=now_micros())
    if error is not None:
        say(f"{channel.name} did not take it: {error}", error=True)
        return FAILED
    say(f"{channel.name} took it.")
    return 0
