"""Reports without a client's format: text, JSON of any shape, forms. All of it becomes an event.

`accept` accepts it, `read` recognises what it is, `document` makes an event of one object, `errors` reads the
error within, and `field_names` lists the names that people give to fields.
"""
