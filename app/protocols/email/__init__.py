"""Errors that come by e-mail: Django's to its admins, the old Arecibo client's, and any other program's.

`accept` tells whose a mail is, `read` what it says; `mail` takes a message apart, and `arecibo_fields`,
`django_text` and `django_page` know what is written in it.
"""
