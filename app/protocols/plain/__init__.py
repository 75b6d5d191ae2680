"""Whatever somebody sends who has no client: text, JSON of any shape, forms. All of it becomes an event.

`accept` takes it, `read` finds out what it is, `document` makes an event of one object, `errors` reads the
error within, and `names` knows how people call things.
"""
