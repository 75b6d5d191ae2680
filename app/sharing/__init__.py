"""What leaves Arecibo, and what comes back: copies, files and their import. Pure text, without a window.

`what_goes.py` leaves out what must not go. Of what remains, `markdown.py`, `plain.py`, `failing_test.py` and
`html_page.py` make texts; `raw_report.py` makes the file of a whole report. `import_files.py` recognises
files, and `sending.py` posts them to a running engine, as any client would.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.sharing import copies as copies
    from app.sharing import exports as exports
    from app.sharing import failing_test as failing_test
    from app.sharing import forms as forms
    from app.sharing import history as history
    from app.sharing import html_page as html_page
    from app.sharing import import_files as import_files
    from app.sharing import issue_list as issue_list
    from app.sharing import markdown as markdown
    from app.sharing import plain as plain
    from app.sharing import raw_report as raw_report
    from app.sharing import scrub_preview as scrub_preview
    from app.sharing import sending as sending
    from app.sharing import what_goes as what_goes

__getattr__ = lazy_door(
    __name__,
    {
        "": "copies exports failing_test forms history html_page import_files issue_list markdown plain"
        " raw_report scrub_preview sending what_goes",
    },
)
