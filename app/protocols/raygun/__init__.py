"""Raygun's API: what raygun4py, raygun for Node, raygun4js and their relatives send.

`accept` finds the project and answers, `read` makes events of one entry or many; `errors` reads the
exceptions and their frames, `event_context` the request, the user and the breadcrumbs.
"""
