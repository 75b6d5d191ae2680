"""What is loaded after the first rows are shown, off the UI thread, so that no person waits for it later.

Each function runs in the background and only loads: what it names is made on the UI thread afterwards.
"""

from typing import TYPE_CHECKING

import ui
from app import digest, sharing, source, store, trace_detail
from ui import (
    connect,
    detail,
    doctor,
    grouping,
    keyboard,
    notifications,
    palette,
    preferences,
    queue,
    runs,
    sessions,
    sidebar,
    trash,
)
from ui import sharing as sharing_dialogs
from ui.issues import facets, search

if TYPE_CHECKING:
    from app.store.database import Connection


def load_pages() -> tuple[object, ...]:
    """Load the pages that are not shown at first, and the controllers of the dialogs."""
    return (
        notifications.controller,
        connect.controller,
        connect.assistant_controller,
        grouping.controller,
        trash.controller,
        preferences.controller,
        sharing_dialogs.controller,
        sharing_dialogs.issue_controller,
        sidebar.controller,
        sessions.controller,
        runs.controller,
        store.place_counts,
        store.run_numbers,
        store.saved_views,
        ui.first_window,
        ui.notices,
        ui.empty_state,
        queue.view,
        doctor.view,
        search.completing,
        facets.column,
        keyboard.chord_hint,
    )


def load_detail() -> object:
    """Load the detail pane and what serves it, which bring half of the window's code."""
    return ui.detail_services, sharing.copies, source.enrichment, palette.controller


def read_an_event(connection: "Connection") -> object:
    """Read the newest event as if it was opened, and drop it.

    The first one that is opened then waits neither for the adapters of all clients, which take 0.15 s to
    load, nor for statements to be compiled.
    """
    newest = store.issues.page(connection, store.issues.IssueFilter(), limit=1)
    read = [detail.loader.read_newest(connection, issue.id) for issue in newest]
    around = [trace_detail.read_around(connection, each.event, each.pk) for each in read if each is not None]
    return around or (
        (store.events, store.changes, store.history, store.releases),
        (digest.understanding, digest.grouping, digest.known_rules),
        store.trace_lookup,
    )
