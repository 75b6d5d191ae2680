"""How an app is pointed here: the clients, their lines to copy, and a test error to try the way."""
