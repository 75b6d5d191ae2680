"""Many issues at once: which are meant, what can be done to them, and the bar that offers it."""
