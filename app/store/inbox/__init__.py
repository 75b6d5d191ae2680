"""Issues and events: listed, searched, counted, and acted on."""
