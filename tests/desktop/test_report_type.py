"""The type of exported files, as desktops learn it."""

import xml.etree.ElementTree as ET

from app.desktop import report_type
from app.protocols import report_file


def test_it_is_named_by_suffix_and_by_what_every_report_begins_with() -> None:
    root = ET.fromstring(report_type.XML)
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = root.find("m:mime-type", space)
    assert kind is not None
    assert kind.get("type") == report_type.NAME
    glob = kind.find("m:glob", space)
    assert glob is not None
    assert glob.get("pattern") == f"*{report_type.SUFFIX}"
    marks = [match.get("value") or "" for match in kind.iter(f"{{{space['m']}}}match")]
    assert marks == ["POST ", "Arecibo-Report: "]
    assert report_file.VERSION == 1, "a new version may begin differently"
