"""Airbrake's API, third version: what pybrake, airbrake, airbrake-js and their relatives send.

`accept` finds the project and answers, `read` makes an event of a notice; `errors` reads the exceptions and
their frames, `event_context` the request, the user and the breadcrumbs. `xml_notice` translates the second.
"""
