"""Why does nothing arrive, and who calls in: what `app.doctor` found, as a page."""
