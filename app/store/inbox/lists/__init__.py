"""Lists of issues and events: filtered, searched, sorted, a page at a time."""
