"""Errors that come by e-mail: Django's to its admins, the old Arecibo client's, and any other program's.

`accept` finds the project of a mail, `read` makes an event of it; `mail` parses the message, and
`arecibo_fields`, `django_text` and `django_page` what is written in it.
"""
